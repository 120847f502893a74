"""From when an order holds, until when, and on what its relations rest."""

import datetime as dt

import pytest

from states.changes import Change
from states.operations.requested_change import Basis
from tests.states.builders import day, local
from tests.states.operations.requests import BUDI, JAKARTA, NOW, OPERATION, SARI, WATI, change, ordered

AT_ONCE = NOW - dt.timedelta(milliseconds=1)


@pytest.mark.parametrize("effective_on", (None, "2026-03-10"))
def test_what_holds_today_holds_at_once(effective_on: str | None) -> None:
    requested = ordered(change("return", person=SARI, effective_on=effective_on))
    assert (requested.at, requested.first_day) == (AT_ONCE, day("2026-03-10"))


@pytest.mark.parametrize("effective_on", ("2026-03-09", "2026-03-11", "2026-12-31"))
def test_what_holds_from_another_day_holds_from_its_first_moment_in_the_agency(effective_on: str) -> None:
    requested = ordered(change("return", person=SARI, effective_on=effective_on))
    assert (requested.at, requested.first_day) == (local(f"{effective_on} 00:00"), day(effective_on))


def test_what_has_no_day_of_its_own_holds_at_once() -> None:
    assert ordered(change("extend", people=[SARI], length=3)).at == AT_ONCE


def test_the_last_day_of_a_period_counts_to_its_end() -> None:
    absent = ordered(change("absence", person=SARI, absence="leave", until="2026-04-30"))
    substituted = ordered(
        change("appoint_substitute", official=BUDI, substitute=WATI, basis="plh", until="2026-04-30")
    )
    assert absent.ends_at == substituted.ends_at == local("2026-05-01 00:00")


@pytest.mark.parametrize(
    "ordered_change",
    (
        change("absence", person=SARI, absence="study"),
        change("return", person=SARI),
        change("extend", people=[SARI], until="2026-04-30"),
    ),
)
def test_a_change_without_a_period_ends_never(ordered_change: Change) -> None:
    assert ordered(ordered_change).ends_at is None


def test_relations_rest_on_the_letter_and_the_reason() -> None:
    requested = ordered(change("return", person=SARI))
    assert requested.basis == Basis(OPERATION, AT_ONCE, "SK 1/2026", "Mutasi")


def test_a_day_of_the_agency_is_one_of_its_own_zone() -> None:
    assert JAKARTA.day_of(local("2026-03-10 23:59")) == day("2026-03-10")
    assert JAKARTA.day_of(dt.datetime(2026, 3, 10, 17, tzinfo=dt.UTC)) == day("2026-03-11")
