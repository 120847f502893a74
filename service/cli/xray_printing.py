"""Prints an X-ray as a timeline that fits a terminal."""

import datetime as dt
from itertools import groupby
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from service.cli.speaking import spoken
from service.notices.schemas import AttemptLine, NoticeLine
from service.notices.xray import Report
from translations import mark as _


def print_report(report: Report) -> None:
    """Prints the heading, the counts, the notices in the order of time, and the notices to come."""
    page = _Page(ZoneInfo(report.zone))
    page.heading(report)
    if not report.items:
        page.line(spoken(_("Nothing was written.")))
    if report.older:
        page.line(spoken(_("{count} older notices are not shown; raise --limit."), count=report.older))
    for _cause, lines in groupby(report.items, key=_cause_of):
        page.told(list(lines), of_case=report.cycle is not None)
    page.evidence(report)
    page.coming(report)


def _cause_of(line: NoticeLine) -> tuple[object, ...]:
    """The properties that the same notice has on every channel."""
    return line.appraisal_id, line.stage, line.rule, line.template, line.recipient_id, line.written_at


class _Page:
    """The console, with the time zone in which moments are printed."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._console = Console(highlight=False, markup=False)
        self._zone = zone

    def line(self, text: str, indent: int = 0, style: str = "") -> None:
        """Prints one paragraph, wrapped to the terminal and indented throughout."""
        for wrapped in Text(text).wrap(self._console, self._console.width - indent):
            wrapped.rstrip()
            self._console.print(Text(" " * indent) + wrapped, style=style)

    def moment(self, moment: dt.datetime) -> str:
        """A moment in local time of the zone."""
        return f"{moment.astimezone(self._zone):%Y-%m-%d %H.%M}"

    def heading(self, report: Report) -> None:
        parts = [report.of, *(part for part in (report.cycle, report.stage_name) if part)]
        self.line(" · ".join(parts), style="bold")
        self.line(spoken(_("Moments are those of {zone}."), zone=report.zone))
        if report.rehearsal:
            self.line(spoken(_("A rehearsal has a clock of its own; when something was sent is real time.")))
        for count in report.counts:
            self.line(
                spoken(
                    _(
                        "{channel}: {sent} sent ({seen} seen), {waiting} waiting, {failed} failed, "
                        "{cancelled} cancelled, {suppressed} suppressed."
                    ),
                    channel=count.channel_name,
                    sent=count.sent,
                    seen=count.seen,
                    waiting=count.waiting,
                    failed=count.failed,
                    cancelled=count.cancelled,
                    suppressed=count.suppressed,
                )
            )

    def told(self, lines: list[NoticeLine], *, of_case: bool) -> None:
        """Prints one notice, channel by channel."""
        first = lines[0]
        self.line("")
        self.line(
            f"{self.moment(first.written_at)}  {first.kind_name} · {first.stage_name} ({first.rule})",
            style="bold",
        )
        about = first.recipient if of_case else f"{first.employee}, {first.cycle}"
        parts = [spoken(_("to {name}"), name=about) if of_case else spoken(_("about {name}"), name=about)]
        if first.due_on:
            parts.append(spoken(_("due {day}"), day=first.due_on))
        if first.nudged_by:
            parts.append(spoken(_("asked for by {name}"), name=first.nudged_by))
        self.line(", ".join(parts), 2)
        for line in lines:
            self._through(line)

    def _through(self, line: NoticeLine) -> None:
        ended = line.seen_at if line.channel == "inbox" else line.message and line.message.sent_at
        self.line(
            f"{line.channel_name}: {line.state_name}{f' {self.moment(ended)}' if ended else ''}",
            2,
        )
        if line.why:
            self.line(line.why, 4)
        if line.waiting and line.waiting.until:
            self.line(spoken(_("next attempt {moment}"), moment=self.moment(line.waiting.until)), 4)
        if line.waiting and line.waiting.channel_paused_since:
            self.line(
                spoken(
                    _("the channel is paused since {moment}: {reason}"),
                    moment=self.moment(line.waiting.channel_paused_since),
                    reason=line.waiting.pause_reason or "-",
                ),
                4,
            )
        message = line.message
        if message is None:
            return
        parts = [f"{message.template} v{message.template_version}"] if message.template else []
        if message.digest:
            parts.append(spoken(_("digest of {count}"), count=message.notices))
        if message.address:
            parts.append(message.address)
        if message.reference:
            parts.append(message.reference)
        self.line(" · ".join([*parts, str(message.id)]), 4)
        for attempt in message.attempts:
            self._attempt(attempt)

    def _attempt(self, attempt: AttemptLine) -> None:
        said = f"{attempt.provider}: {attempt.answer}" if attempt.provider else attempt.answer
        self.line(f"{attempt.number}. {self.moment(attempt.at)} {attempt.outcome_name} · {said}", 4)

    def evidence(self, report: Report) -> None:
        if not report.receipt:
            return
        self.line("")
        self.line(spoken(_("Receipt of the result:")), style="bold")
        for each in report.receipt:
            self.line(f"{self.moment(each.at)}  {each.level_name} ({each.source})", 2)

    def coming(self, report: Report) -> None:
        if not report.coming:
            return
        self.line("")
        self.line(spoken(_("Still to come, if nothing happens before:")), style="bold")
        for each in report.coming:
            told = ", ".join(each.audience_names)
            self.line(f"{self.moment(each.at)}  {each.kind_name} ({each.rule}) → {told}", 2)
