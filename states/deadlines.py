"""Deadline arithmetic: from a rule and a start to a due day, and from there to the steps around it."""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from typing import Literal

from states.calendar import WorkingCalendar
from states.rules import Counting, DeadlineRule, DeemedAfter, Ladder, Rulebook, Rung, RungKind, Unit
from states.stages import Capacity

_DAY = dt.timedelta(days=1)
_CACHE_LIMIT = 16_384
_PRECEDENCE = {"reminder": 0, "lapse": 1, "escalation": 2}


@dataclass(frozen=True, slots=True)
class Step:
    """One moment at which a deadline does something by itself."""

    at: dt.datetime
    """The legal instant, in UTC."""
    kind: Literal["reminder", "lapse", "escalation"]
    name: str
    audience: tuple[Capacity, ...]


@dataclass(frozen=True, slots=True)
class _Remembered:
    rule: DeadlineRule
    ladder: Ladder
    steps: tuple[Step, ...]


_remembered: dict[tuple[str, str, dt.date, WorkingCalendar], _Remembered] = {}


def due_on(
    rule: DeadlineRule, started_on: dt.date, year: int, counting: Counting, calendar: WorkingCalendar
) -> dt.date:
    """The last local date on which the deadline can be met; it lapses when that day ends.

    Days are counted from the day after ``started_on``, or from that day itself if ``counting`` says so.
    Months and fixed dates ignore this choice. ``year`` is the year that is appraised.
    """
    due = _counted(rule, started_on, year, counting, calendar)
    if counting.on_holiday == "next_working_day":
        due = calendar.on_or_after(due)
    if rule.minimum_working_days:
        due = max(due, calendar.add_working_days(started_on, rule.minimum_working_days))
    return due


def deemed_on(
    rule: DeemedAfter, delivered_on: dt.date, counting: Counting, calendar: WorkingCalendar
) -> dt.date:
    """A result delivered on ``delivered_on`` counts as received at the end of this day."""
    day = _days_later(rule.unit, rule.length, delivered_on, counting, calendar)
    return calendar.on_or_after(day) if counting.on_holiday == "next_working_day" else day


def ladder_steps(
    book: Rulebook, rule: DeadlineRule, due_on: dt.date, calendar: WorkingCalendar
) -> tuple[Step, ...]:
    """Reminders, the lapse and escalations of a deadline in the order of time.

    The lapse is the exclusive end of the due day. Steps may lie before the deadline began; the caller drops
    them.
    """
    ladder = book.ladders[rule.ladder]
    name = (book.key, rule.rule, due_on, calendar)
    known = _remembered.get(name)
    if (
        known is not None
        and (known.ladder is ladder or known.ladder == ladder)
        and (known.rule is rule or known.rule == rule)
    ):
        return known.steps
    steps = _steps(ladder, due_on, calendar)
    if len(_remembered) >= _CACHE_LIMIT:
        _remembered.clear()
    _remembered[name] = _Remembered(rule, ladder, steps)
    return steps


def remaining(rule: DeadlineRule, today: dt.date, due_on: dt.date, calendar: WorkingCalendar) -> int:
    """What is left of a deadline, in the unit of the law: working days or calendar days.

    Zero on the due day itself; when overdue, minus the days overdue.
    """
    if rule.unit is not Unit.WORKING_DAYS:
        return (due_on - today).days
    left = calendar.working_days_between(today, due_on)
    return min(left, -1) if due_on < today else left


def projected(rule: DeadlineRule, today: dt.date, remainder: int, calendar: WorkingCalendar) -> dt.date:
    """The due day of a deadline that runs on from ``today`` with the ``remainder`` from `remaining`."""
    if rule.unit is not Unit.WORKING_DAYS:
        return today + remainder * _DAY
    return calendar.add_working_days(today, remainder) if remainder else calendar.on_or_after(today)


def units_after(day: dt.date, unit: Unit, length: int, calendar: WorkingCalendar) -> dt.date:
    """The day that lies ``length`` calendar or working days after ``day``."""
    if unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(day, length)
    return day + length * _DAY


def reminders_behind(steps: tuple[Step, ...], now: dt.datetime) -> int:
    """How many reminders come too late to be sent; a lapse is never skipped."""
    behind = 0
    for step in steps:
        if step.kind != "reminder" or step.at > now:
            break
        behind += 1
    return behind


def steps_behind(steps: tuple[Step, ...], now: dt.datetime) -> int:
    """How many steps of a lapsed deadline lie behind: its lapse, and all before ``now``."""
    lapse = next(position for position, step in enumerate(steps) if step.kind == "lapse")
    return max(lapse + 1, sum(step.at <= now for step in steps))


def _counted(
    rule: DeadlineRule, started_on: dt.date, year: int, counting: Counting, calendar: WorkingCalendar
) -> dt.date:
    if rule.unit is Unit.FIXED_DATE:
        if rule.date is None:
            raise ValueError(f"rule {rule.rule}: unit 'tanggal' needs a date")
        return rule.date.in_year(year)
    if rule.length is None:
        raise ValueError(f"rule {rule.rule}: unit {rule.unit.value!r} needs a length")
    if rule.unit is Unit.MONTHS:
        return _months_later(started_on, rule.length)
    return _days_later(rule.unit, rule.length, started_on, counting, calendar)


def _days_later(
    unit: Unit, length: int, started_on: dt.date, counting: Counting, calendar: WorkingCalendar
) -> dt.date:
    eve = started_on - _DAY if counting.first_day == "same_day" else started_on
    if unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(eve, length)
    return eve + length * _DAY


def _months_later(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _steps(ladder: Ladder, due_on: dt.date, calendar: WorkingCalendar) -> tuple[Step, ...]:
    lapse = calendar.end_of_day(due_on)
    steps = [Step(lapse, "lapse", "lapse", ())]
    for rung in ladder.rungs:
        at = calendar.at(_day_of(rung, due_on, calendar), ladder.at)
        if rung.kind is RungKind.ESCALATION:
            at = max(at, lapse)
        steps.append(Step(at, rung.kind.value, rung.name, rung.audience))
    return tuple(sorted(steps, key=lambda step: (step.at, _PRECEDENCE[step.kind])))


def _day_of(rung: Rung, due_on: dt.date, calendar: WorkingCalendar) -> dt.date:
    if rung.unit is not Unit.WORKING_DAYS:
        return due_on + rung.days * _DAY
    if rung.days > 0:
        return calendar.add_working_days(due_on, rung.days)
    return calendar.add_working_days(calendar.on_or_before(due_on), rung.days)
