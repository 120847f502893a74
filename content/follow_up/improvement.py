"""The time to improve after a poor result (PP 30/2019 arts 57 and 58): whom it concerns, and its days. Pure."""

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from content.follow_up.rules import ImprovementRules

BEFORE_THE_END = dt.timedelta(days=30)
"""So long before the end the competency test is first asked for."""
AFTER_THE_END = dt.timedelta(days=30)
"""So long after each other its outcome is asked for after the end."""
MOST_AFTER_THE_END = 6
"""So often, and no more: then somebody has to look."""


class Ask(StrEnum):
    """What falls due in a time to improve."""

    BEGIN = "began"
    REMIND = "monthly"
    """The coaching of the month."""
    TEST = "test"
    """The competency test, or its outcome."""
    GIVE_UP = "given_up"
    """Nobody is asked any more."""


@dataclass(frozen=True, slots=True)
class Step:
    """What falls due on a day."""

    on: dt.date
    ask: Ask
    number: int
    """Counts the steps that ask the same, from 1."""


def rule_for(rules: Sequence[ImprovementRules], echelon: str, predicate: str) -> ImprovementRules | None:
    """The rule that applies to the holder of a post with this predicate; None: nothing follows.

    Whoever is named by a rule for his echelon falls under no later rule for everybody.
    """
    named = False
    for rule in rules:
        concerned = echelon in rule.echelons if rule.echelons else not named
        if concerned and predicate in rule.predicates:
            return rule
        named = named or echelon in rule.echelons
    return None


def last_day(starts_on: dt.date, months: int) -> dt.date:
    """The last day of so many months by the calendar: they end on the day before the same day of the month.

    A month that has no such day ends it with its own last day.
    """
    following = _months_later(starts_on, months)
    return following if following.day < starts_on.day else following - dt.timedelta(days=1)


def steps(starts_on: dt.date, ends_on: dt.date) -> Iterator[Step]:
    """All that falls due from the first day on, in order of the days."""
    return iter(sorted(_steps(starts_on, ends_on), key=lambda step: step.on))


def _steps(starts_on: dt.date, ends_on: dt.date) -> Iterator[Step]:
    yield Step(starts_on, Ask.BEGIN, 1)
    number = 1
    while (on := _months_later(starts_on, number)) < ends_on:
        yield Step(on, Ask.REMIND, number)
        number += 1
    asked = [max(ends_on - BEFORE_THE_END, starts_on), ends_on]
    asked += [ends_on + AFTER_THE_END * count for count in range(1, MOST_AFTER_THE_END + 1)]
    for number, on in enumerate(asked, 1):
        yield Step(on, Ask.TEST, number)
    yield Step(asked[-1] + AFTER_THE_END, Ask.GIVE_UP, 1)


def _months_later(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
