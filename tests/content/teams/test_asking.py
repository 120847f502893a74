"""When the result of a team is asked for."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from content.inputs.rules import DayOfYear, TeamRules
from content.parts import Words
from content.teams.asking import Asking, asking_of

WIB = ZoneInfo("Asia/Jakarta")


def asking(*remind: int, next_year: bool = False) -> Asking:
    rules = TeamRules(
        kind="team",
        label=Words(id="Tim", en="Team"),
        scale="team",
        due=DayOfYear(month=1 if next_year else 12, day=20, next_year=next_year),
        remind=remind,
        article="agency policy",
    )
    return asking_of(rules, 2026, WIB)


def at(day: str, hour: int = 8, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour, minute), WIB)


def test_the_earliest_reminder_asks_and_the_last_day_ends_at_its_midnight() -> None:
    found = asking(3, 14, 3)
    assert found.asks == ((14, at("2026-12-06")), (3, at("2026-12-17")))
    assert (found.first, found.closes) == (14, at("2026-12-21", 0))


def test_a_day_may_lie_in_the_next_year() -> None:
    found = asking(14, next_year=True)
    assert (found.due_on, found.asks[0][1]) == (dt.date(2027, 1, 20), at("2027-01-06"))


def test_without_reminders_it_is_asked_for_on_the_last_day() -> None:
    assert asking().asks == ((0, at("2026-12-20")),)


@pytest.mark.parametrize(
    ("now", "passed", "following"),
    (
        (at("2026-12-06", 7, 59), None, at("2026-12-06")),
        (at("2026-12-06"), 14, at("2026-12-17")),
        (at("2026-12-16"), 14, at("2026-12-17")),
        (at("2026-12-17"), 3, at("2026-12-21", 0)),
        (at("2026-12-20", 23), 3, at("2026-12-21", 0)),
    ),
)
def test_what_has_passed_and_what_follows(
    now: dt.datetime, passed: int | None, following: dt.datetime
) -> None:
    found = asking(14, 3)
    assert (found.passed(now), found.following(now)) == (passed, following)
