"""Which absences count, and for how long."""

import datetime as dt

import pytest

from states.absences import (
    FINAL,
    LEGAL_STANDINGS,
    AbsenceKind,
    longer_than_a_month,
)
from states.standing import UNAVAILABLE


@pytest.mark.parametrize(
    ("start", "end", "longer"),
    (
        ("2026-03-10", "2026-04-10", False),
        ("2026-03-10", "2026-04-11", True),
        ("2026-01-31", "2026-02-28", False),
        ("2026-01-31", "2026-03-01", True),
        ("2026-12-05", "2027-01-05", False),
        ("2026-12-05", "2027-01-06", True),
        ("2028-01-30", "2028-02-29", False),
    ),
)
def test_more_than_a_month_is_counted_by_the_calendar(start: str, end: str, longer: bool) -> None:
    assert longer_than_a_month(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) is longer


def test_an_absence_without_an_end_lasts_longer_than_a_month() -> None:
    assert longer_than_a_month(dt.date(2026, 3, 10), None)


@pytest.mark.parametrize("kind", (AbsenceKind.LEAVE, AbsenceKind.SECONDMENT))
def test_leave_and_an_assignment_elsewhere_give_no_legal_standing(kind: AbsenceKind) -> None:
    assert kind not in LEGAL_STANDINGS


@pytest.mark.parametrize("kind", sorted(set(AbsenceKind) - {AbsenceKind.LEAVE, AbsenceKind.SECONDMENT}))
def test_every_other_absence_gives_a_legal_standing_in_which_nobody_waits_on_one(kind: AbsenceKind) -> None:
    assert LEGAL_STANDINGS[kind] in UNAVAILABLE


def test_nobody_comes_back_from_leaving_for_good() -> None:
    assert {AbsenceKind.RETIRED, AbsenceKind.DIED, AbsenceKind.LEFT, AbsenceKind.PRE_RETIREMENT} == FINAL
