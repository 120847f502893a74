"""What a digest shows, in the order in which its reader needs it: what is late first, and news last. Pure."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from notifications.content import (
    DIGEST,
    MOST_ITEMS,
    Content,
    Item,
    Line,
    asked_beside,
    holder_of,
    owed,
    place_of,
)
from notifications.days import in_words
from translations import Locale


class SectionName(StrEnum):
    """The sections of a digest, in the order in which the message shows them."""

    LATE = "late"
    """The reader's own tasks whose due day has passed."""
    ASKED = "asked"
    """The reader's own tasks that somebody asks for personally."""
    WAITING = "waiting"
    """The reader's own tasks that are not due yet."""
    EXTENDED = "extended"
    """Tasks whose due day was moved to later: the reader's own and those of others."""
    LATE_BELOW = "late_below"
    """Overdue tasks of others, in the reader's area of responsibility."""
    WAITING_BELOW = "waiting_below"
    """Tasks of others that are not done yet."""
    NEWS = "news"
    """Events that ask nothing of the reader."""


_OF_TASKS = {
    "nudge": (SectionName.ASKED, SectionName.ASKED),
    "escalation": (SectionName.LATE, SectionName.LATE_BELOW),
    "reminder": (SectionName.WAITING, SectionName.WAITING_BELOW),
    "task_opened": (SectionName.WAITING, SectionName.WAITING_BELOW),
    "extended": (SectionName.EXTENDED, SectionName.EXTENDED),
    "deadline_moved": (SectionName.EXTENDED, SectionName.EXTENDED),
    "duty_escalation": (SectionName.LATE, SectionName.LATE_BELOW),
    "duty_reminder": (SectionName.WAITING, SectionName.WAITING_BELOW),
    "duty_opened": (SectionName.WAITING, SectionName.WAITING_BELOW),
    "survey_invited": (SectionName.WAITING, SectionName.WAITING),
    "survey_reminder": (SectionName.WAITING, SectionName.WAITING),
    "team_result_asked": (SectionName.WAITING, SectionName.WAITING),
    "team_result_reminder": (SectionName.WAITING, SectionName.WAITING),
    "improvement_reminder": (SectionName.WAITING, SectionName.WAITING),
    "improvement_test_due": (SectionName.WAITING, SectionName.WAITING),
}
"""The section of a template for the reader's own tasks, and for those of others. Other templates are news."""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything on which the words of a line or a case depend."""

    template: str
    stage: str
    """As templates name what is to be done: the stage, or what is owed beside it."""
    holder: str
    own_task: bool
    news: bool
    count: int
    due_on: str | None
    """The earliest due day, in words."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Numbers of cases for the sentence that sums up a digest."""

    tasks: int
    """The reader's own tasks, including the overdue ones."""
    late: int
    late_below: int
    waiting_below: int


@dataclass(frozen=True, slots=True)
class Section:
    """The lines under one heading, in words."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedCase:
    """One of the cases that are named one by one."""

    number: int
    words: str
    link: str


class Wording(Protocol):
    """Puts the parts of a digest into words. It may cache its answers."""

    def line(self, told: Told) -> str:
        """A line of a section."""
        ...

    def item(self, told: Told) -> str:
        """A case."""
        ...

    def summary(self, totals: Totals) -> str:
        """The whole digest in a few words."""
        ...


def as_single(content: Content) -> Content:
    """The content about the single case of a digest that has only one; any other content unchanged.

    A nudge that names no nudger has no message of its own and stays a digest.
    """
    if content.template != DIGEST or content.total != 1 or len(content.oldest) != 1:
        return content
    (item,) = content.oldest
    if item.template == "nudge" and content.nudger is None:
        return content
    return replace(
        content,
        template=item.template,
        stage=item.stage,
        duty=item.duty,
        own_task=item.own_task,
        due_on=item.due_on,
        appraisal_id=item.appraisal_id,
        awaits=item.awaits,
        received_on=item.received_on,
        deemed_after=item.deemed_after,
        attended=item.attended,
        lines=(),
        oldest=(),
        total=0,
    )


def shown(content: Content, base: str, wording: Wording) -> dict[str, object]:
    """What the templates of a digest may print. Every link begins with ``base``.

    Raises `ValueError` if the digest is empty, because nobody may get one, or names more than `MOST_ITEMS` cases.
    """
    if not content.lines or content.total < 1:
        raise ValueError("a digest needs at least one line and one case")
    if len(content.oldest) > MOST_ITEMS:
        raise ValueError(f"a digest names {MOST_ITEMS} cases at most, not {len(content.oldest)}")
    grouped = _grouped(content.lines)
    return {
        "summary": wording.summary(_totals(grouped)),
        "sections": tuple(
            Section(name.value, tuple(wording.line(_told(line, content.locale)) for line in _ordered(lines)))
            for name, lines in grouped.items()
        ),
        "oldest": tuple(
            NamedCase(
                number,
                wording.item(_told(item, content.locale)),
                f"{base}/{place_of(item.template, item.appraisal_id, item.attended)}",
            )
            for number, item in enumerate(content.oldest, 1)
        ),
        "others": content.total - len(content.oldest),
    }


def _grouped(lines: tuple[Line, ...]) -> dict[SectionName, tuple[Line, ...]]:
    """Lines by section. Lines that read the same are added together."""
    found: dict[SectionName, dict[tuple[str, str, bool], Line]] = {}
    for line in lines:
        section = section_of(line)
        news = section is SectionName.NEWS
        what = "" if news else _what(line)
        key = (line.template if news else "", what, line.own_task and not news)
        earlier = found.setdefault(section, {}).get(key)
        found[section][key] = line if earlier is None else _together(earlier, line)
    return {name: tuple(found[name].values()) for name in SectionName if name in found}


def section_of(line: Line | Item) -> SectionName:
    """The section to which a line or a case belongs."""
    own, others = _OF_TASKS.get(line.template, (SectionName.NEWS, SectionName.NEWS))
    return own if line.own_task else others


def _together(one: Line, other: Line) -> Line:
    days = [day for day in (one.earliest_due, other.earliest_due) if day is not None]
    return replace(one, count=one.count + other.count, earliest_due=min(days, default=None))


def _totals(grouped: dict[SectionName, tuple[Line, ...]]) -> Totals:
    return Totals(
        tasks=sum(
            line.count
            for section, lines in grouped.items()
            if section is not SectionName.NEWS
            for line in lines
            if line.own_task or section is SectionName.WAITING
        ),
        late=_count(grouped.get(SectionName.LATE, ())),
        late_below=_count(grouped.get(SectionName.LATE_BELOW, ())),
        waiting_below=_count(grouped.get(SectionName.WAITING_BELOW, ())),
    )


def _ordered(lines: tuple[Line, ...]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.earliest_due or dt.date.max, line.stage))


def _told(each: Line | Item, locale: Locale) -> Told:
    due_on = each.earliest_due if isinstance(each, Line) else each.due_on
    return Told(
        template=each.template,
        stage=_what(each),
        holder="" if asked_beside(each.template) else holder_of(each.stage, each.duty),
        own_task=each.own_task,
        news=section_of(each) is SectionName.NEWS,
        count=each.count if isinstance(each, Line) else 1,
        due_on=in_words(due_on, locale) if due_on else None,
    )


def _what(each: Line | Item) -> str:
    return asked_beside(each.template) or owed(each.stage, each.duty, each.awaits)


def _count(lines: tuple[Line, ...]) -> int:
    return sum(line.count for line in lines)
