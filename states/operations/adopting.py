"""Other rules for running cases: working days that a decree changes, and a newer version of their scheme."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from states.appraisal import Appraisal, DutyKind
from states.calendar import WorkingCalendar, content_key
from states.changes import AdoptCalendar, AdoptRules
from states.errors import ParameterInvalid
from states.events import Acted, Event
from states.evolve import evolve
from states.national import decreed_in
from states.operations.items import Item
from states.rules import Rulebook
from states.triggers import Trigger
from states.working_days import WorkingDays

_LONGEST_SOURCE = 300

ADOPTING = frozenset({Trigger.ADOPT_CALENDAR, Trigger.ADOPT_RULES})
"""Triggers by which a case goes on by other rules."""


@dataclass(frozen=True, slots=True)
class MovedDeadline:
    """A deadline that has another day after a decision."""

    duty: DutyKind | None
    """What is owed beside the stage; None for the stage itself."""
    due_before: dt.date
    due_on: dt.date


def check_days(change: AdoptCalendar) -> None:
    """Refuses a decree that says nothing, or has a day in both lists. Raises `ParameterInvalid`."""
    if not change.closed and not change.working and not change.decreed:
        raise ParameterInvalid("Name days that are closed or working from now on.", field="closed")
    if set(change.closed) & set(change.working):
        raise ParameterInvalid("A day is either closed or working; leave it in one list.", field="working")


def require_cycles(change: AdoptCalendar, known: Iterable[uuid.UUID]) -> None:
    """Refuses cycles of another agency. Raises `ParameterInvalid`."""
    if set(change.cycles) - set(known):
        raise ParameterInvalid("The agency has no such cycle.", field="cycles")


def require_days_covered(change: AdoptCalendar, years: Iterable[int]) -> None:
    """Refuses days outside ``years``, those of the calendars that the change is about. Raises `ParameterInvalid`."""
    known = frozenset(years)
    for field, days in (("closed", change.closed), ("working", change.working)):
        for day in days:
            if day.year not in known:
                raise ParameterInvalid(
                    "No cycle that this is about has a calendar with {day}.", field=field, day=day.isoformat()
                )
    for year in change.decreed:
        if year not in known:
            raise ParameterInvalid(
                "No cycle that this is about has a calendar with {day}.", field="decreed", day=str(year)
            )


def calendar_with(calendar: WorkingCalendar, change: AdoptCalendar, years: range) -> WorkingCalendar:
    """The calendar with the days of the decree in ``years``, under the key of its content; zone and week stay."""
    weekdays = calendar.working_weekdays
    closed, working = _days_in(change, years, weekdays)
    closed = (calendar.closed | closed) - working
    decreed = calendar.decreed
    if years_decreed := frozenset(change.decreed) & frozenset(years):
        decreed = decreed_in(calendar) | years_decreed
    if (closed, decreed) == (calendar.closed, calendar.decreed):
        return calendar
    key = content_key(calendar.zone, weekdays, closed, decreed)
    return WorkingCalendar(key, calendar.zone, weekdays, closed, decreed)


def working_days_with(days: WorkingDays, change: AdoptCalendar, years: range) -> WorkingDays:
    """The agency's own working days for later launches, with the days of the decree in ``years``."""
    closed, working = _days_in(change, years, days.weekdays)
    sources = "; ".join(each for each in (days.source, " ".join(change.authority.split())) if each)
    return WorkingDays(
        week=days.week,
        closed=tuple(sorted((frozenset(days.closed) | closed) - working)),
        working=tuple(sorted((frozenset(days.working) - closed) | working)),
        source=sources[-_LONGEST_SOURCE:],
        decreed=tuple(sorted(set(days.decreed) | (set(change.decreed) & set(years)))),
    )


def _days_in(
    change: AdoptCalendar, years: range, weekdays: frozenset[int]
) -> tuple[frozenset[dt.date], frozenset[dt.date]]:
    """The days of ``years`` that the decree closes, and those that it declares working within the week."""
    closed = frozenset(day for day in change.closed if day.year in years)
    working = frozenset(day for day in change.working if day.year in years and day.weekday() in weekdays)
    return closed, working


def calendar_item(case: uuid.UUID, old: str, new: WorkingCalendar) -> Item | None:
    """The item by which a case adopts a calendar; None where it runs by that already."""
    return None if new.key == old else Item(case, Trigger.ADOPT_CALENDAR, {"calendar": new.key})


def check_scope(change: AdoptRules) -> None:
    """Refuses a change that does not say whose rules change. Raises `ParameterInvalid`."""
    if not change.people and change.unit is None and change.cycle is None:
        raise ParameterInvalid("Name people, a unit or a cycle whose rules change.", field="people")


def is_whole_cycle(change: AdoptRules) -> bool:
    """Whether the change is about all of a cycle, later launches included."""
    return change.cycle is not None and not change.people and change.unit is None


def require_scheme(change: AdoptRules, known: Mapping[str, Rulebook]) -> None:
    """Refuses a version that nobody has. Raises `ParameterInvalid`."""
    if change.scheme is not None and change.scheme not in known:
        raise ParameterInvalid("There is no such scheme.", field="scheme")


def newer_book(rulebook: str, wanted: str | None, known: Mapping[str, Rulebook]) -> Rulebook | None:
    """The version to which a case with ``rulebook`` moves; None where there is no newer one.

    With ``wanted`` it is that version, and cases of other schemes stay; else the newest one of the same scheme.
    """
    scheme, _, version = rulebook.partition("@")
    newer = [
        book
        for book in known.values()
        if book.scheme == scheme and book.version > int(version) and wanted in (None, book.key)
    ]
    return max(newer, key=lambda book: book.version, default=None)


def rules_item(case: uuid.UUID, book: Rulebook) -> Item:
    """The item by which a case adopts a version of its scheme."""
    return Item(case, Trigger.ADOPT_RULES, {"rulebook": book.key})


def moved_deadlines(before: Appraisal, events: Sequence[Event]) -> list[MovedDeadline]:
    """The deadlines that the adoption among ``events`` moves; what time alone does is left out."""
    for event in events:
        after = evolve(before, event)
        if isinstance(event, Acted) and event.trigger in ADOPTING:
            return list(_moved(before, after))
        before = after
    return []


def _moved(before: Appraisal, after: Appraisal) -> Iterable[MovedDeadline]:
    old, new = before.deadline, after.deadline
    if old is not None and new is not None and old.due_on != new.due_on:
        yield MovedDeadline(None, old.due_on, new.due_on)
    earlier = {duty.kind: duty.deadline.due_on for duty in before.duties}
    for duty in after.duties:
        due_before = earlier.get(duty.kind)
        if due_before is not None and due_before != duty.deadline.due_on:
            yield MovedDeadline(duty.kind, due_before, duty.deadline.due_on)
