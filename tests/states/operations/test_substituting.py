"""Who may stand in for whom, and for how long."""

import datetime as dt
import uuid
from typing import Any

import pytest

from states.changes import AppointSubstitute, EndSubstitution
from states.errors import ParameterInvalid
from states.operations.replacing import check_successor, require_rated
from states.operations.substituting import (
    RunningSubstitution,
    check_appointment,
    refuse_overlaps,
    substitution_to_end,
)
from tests.states.builders import local
from tests.states.operations.requests import BUDI, JOKO, SARI, WATI, change, ordered

LASTING = uuid.UUID(int=31)


def appointment(**fields: Any) -> AppointSubstitute:
    given = {"official": BUDI, "substitute": WATI, "basis": "plh", "until": "2026-03-31"}
    made = change("appoint_substitute", **(given | fields))
    assert isinstance(made, AppointSubstitute)
    return made


def running(
    official: uuid.UUID, substitute: uuid.UUID, start: str, end: str | None = None
) -> RunningSubstitution:
    until = None if end is None else local(end)
    return RunningSubstitution(LASTING, official, substitute, "plh", local(start), until)


def test_nobody_stands_in_for_himself() -> None:
    own = appointment(substitute=BUDI)
    with pytest.raises(ParameterInvalid, match="stands in for himself") as refusal:
        check_appointment(ordered(own), own)
    assert refusal.value.field == "substitute"


@pytest.mark.parametrize("basis", ("plh", "delegated"))
def test_only_a_plt_may_be_without_an_end(basis: str) -> None:
    endless = appointment(basis=basis, until=None)
    with pytest.raises(ParameterInvalid, match="Give the last day"):
        check_appointment(ordered(endless), endless)
    plt = appointment(basis="plt", until=None)
    assert check_appointment(ordered(plt), plt) is None


def test_a_substitution_lasts_to_the_end_of_its_last_day() -> None:
    made = appointment()
    assert check_appointment(ordered(made), made) == local("2026-04-01 00:00")


@pytest.mark.parametrize(
    ("other", "field"),
    (
        (running(BUDI, JOKO, "2026-03-01 00:00"), "official"),
        (running(BUDI, JOKO, "2026-03-31 00:00"), "official"),
        (running(WATI, JOKO, "2026-03-01 00:00", "2026-03-20 00:00"), "substitute"),
    ),
)
def test_one_stands_in_for_an_official_and_nobody_for_a_substitute(
    other: RunningSubstitution, field: str
) -> None:
    made = appointment()
    with pytest.raises(ParameterInvalid) as refusal:
        refuse_overlaps(ordered(made), made, [other])
    assert refusal.value.field == field


@pytest.mark.parametrize(
    "other",
    (
        running(BUDI, JOKO, "2026-04-01 00:00"),
        running(BUDI, JOKO, "2026-02-01 00:00", "2026-03-10 00:00"),
        running(JOKO, WATI, "2026-03-01 00:00"),
        running(SARI, BUDI, "2026-03-01 00:00"),
    ),
)
def test_other_substitutions_are_no_hindrance(other: RunningSubstitution) -> None:
    made = appointment()
    refuse_overlaps(ordered(made), made, [other])


def test_a_substitution_without_an_end_overlaps_whatever_begins_later() -> None:
    endless = appointment(basis="plt", until=None)
    with pytest.raises(ParameterInvalid):
        refuse_overlaps(ordered(endless), endless, [running(BUDI, JOKO, "2030-01-01 00:00")])


def test_a_substitution_touches_the_moment_of_its_end_no_longer() -> None:
    one = running(BUDI, JOKO, "2026-03-01 00:00", "2026-03-10 00:00")
    end = one.valid_until
    assert end is not None
    assert not one.overlaps(end, None)
    assert one.overlaps(end - dt.timedelta(microseconds=1), None)


def test_the_substitution_that_is_ended_is_found_among_those_that_last() -> None:
    ending = change("end_substitution", substitution=LASTING)
    assert isinstance(ending, EndSubstitution)
    one = running(BUDI, JOKO, "2026-03-01 00:00")
    assert substitution_to_end(ending, [one]) is one
    with pytest.raises(ParameterInvalid, match="no such substitution") as refusal:
        substitution_to_end(ending, [])
    assert refusal.value.field == "substitution"


def test_nobody_succeeds_himself_and_there_must_be_something_to_hand_over() -> None:
    check_successor(BUDI, WATI)
    require_rated([SARI])
    with pytest.raises(ParameterInvalid) as himself:
        check_successor(BUDI, BUDI)
    with pytest.raises(ParameterInvalid) as nothing:
        require_rated([])
    assert (himself.value.field, nothing.value.field) == ("successor", "official")
