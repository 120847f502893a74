"""Prints the progress and the results of a rehearsal."""

from collections import Counter
from collections.abc import Sequence

from rich.table import Table

from service.cli.speaking import LOCALE, out, say, show_table, spoken
from service.rehearsal.driving import Doings, Driver
from service.rehearsal.summary import Summary
from service.wording import STAGES, capacity_name, outcome_name, stage_name, trigger_name
from states.stages import Stage
from states.triggers import Outcome
from store.cycle.outcomes import OpenCase
from store.cycle.repository import StageCount
from translations import format_date
from translations import mark as _

_BAR = 40
_ROLES = {"staff": _("Staff"), "supervisor": _("Supervisors"), "hr": _("Personnel officers")}


def picture(counts: Sequence[StageCount], sent: int, driver: Driver) -> Table:
    """The number of appraisals in each stage now, as bars."""
    appraisals = {count.stage: count.appraisals for count in counts}
    largest = max(appraisals.values(), default=1)
    table = Table(
        title=format_date(driver.business_now.astimezone().date(), LOCALE.get()),
        caption=spoken(
            _("{acted} actions, {refused} refused, {sent} messages sent"),
            acted=driver.doings.acted.total(),
            refused=driver.doings.refused.total(),
            sent=sent,
        ),
        show_header=False,
        box=None,
        title_justify="left",
        caption_justify="left",
    )
    for stage in Stage:
        number = appraisals.get(stage, 0)
        table.add_row(spoken(STAGES[stage]), str(number), "█" * round(_BAR * number / largest))
    return table


def print_summary(found: Summary, doings: Doings) -> None:
    """Prints the results of the year."""
    show_table(
        spoken(_("Outcomes")),
        (spoken(_("Outcome")), spoken(_("Appraisals"))),
        [(_ended_how(what), number) for what, number in found.ended],
    )
    show_table(
        spoken(_("Deadlines")),
        (spoken(_("Rule")), spoken(_("Begun")), spoken(_("Lapsed"))),
        [(each.rule, each.begun, each.lapsed) for each in found.deadlines],
    )
    _print_messages(found)
    show_table(
        spoken(_("What people did")),
        (spoken(_("Action")), spoken(_("Times"))),
        [*_by_name(doings.acted), *doings.refused.most_common()],
    )
    if found.waiting:
        show_table(
            spoken(_("Not closed")),
            (spoken(_("Employee")), spoken(_("Stage")), spoken(_("Why")), "id"),
            [
                (each.employee, _ended_how(each.stage), _why(each, doings), each.appraisal)
                for each in found.waiting
            ],
        )
    for each in found.broken:
        out().print(f"{each.appraisal}: {each.describe(LOCALE.get())} [{each.kind}]")
    say(_("{broken} of {count} records are broken."), broken=len(found.broken), count=found.appraisals)


def _print_messages(found: Summary) -> None:
    show_table(
        spoken(_("Notices")),
        (
            spoken(_("Kind")),
            spoken(_("Rung")),
            *(spoken(each) for each in (_("Written"), _("Sent"), _("Dropped"))),
        ),
        [(each.template, each.rung, each.written, each.sent, each.cancelled) for each in found.notices],
    )
    messages = found.messages
    say(
        _("{sent} messages to {people} people: {median} for one in the middle, {most} at most."),
        sent=messages.sent,
        people=messages.people,
        median=messages.median,
        most=messages.most,
    )
    columns = (
        _("Role"),
        _("People"),
        _("Messages"),
        _("Median a day"),
        _("Most a day"),
        _("Most notices a day"),
    )
    show_table(
        spoken(_("Messages a day")),
        tuple(spoken(each) for each in columns),
        [
            (spoken(_ROLES[each.role]), each.people, each.messages, each.median, each.most, each.most_notices)
            for each in found.days
        ],
    )


def _why(case: OpenCase, doings: Doings) -> str:
    if not case.awaited:
        return spoken(_("waits on nobody"))
    refused = doings.given_up.get(case.appraisal)
    if refused is not None:
        return spoken(_("the next action is refused: {code}"), code=refused)
    holder = capacity_name(case.holder, LOCALE.get())
    return spoken(_("waits on {holder}, due {day}"), holder=holder, day=case.due_on or "-")


def _ended_how(what: str) -> str:
    outcome = outcome_name(what, LOCALE.get()) if what in set(Outcome) else None
    return outcome or stage_name(what, LOCALE.get())


def _by_name(acted: Counter[str]) -> list[tuple[str, int]]:
    return [(trigger_name(trigger, LOCALE.get()), number) for trigger, number in acted.most_common()]
