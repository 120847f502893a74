"""Why a change is refused, whatever kind it is."""

import datetime as dt

import pytest

from states.errors import ConflictOfInterest, ParameterInvalid
from states.operations.refusals import (
    NamedPerson,
    end_after_start,
    refuse_circles,
    refuse_own_cause,
    require_people,
    require_units,
)
from tests.states.builders import local
from tests.states.operations.requests import BUDI, NOW, OFFICER, OTHER_UNIT, SARI, UNIT, WATI, change, ordered

HERE = NamedPerson(SARI, away=False, rates=0)
AWAY = NamedPerson(SARI, away=True, rates=0)


@pytest.mark.parametrize("present", (True, False))
def test_somebody_outside_the_agency_is_refused_by_the_field_that_names_him(present: bool) -> None:
    with pytest.raises(ParameterInvalid, match="no such person") as refusal:
        require_people({SARI: "person", BUDI: "rater"}, {SARI: HERE}, present=present)
    assert refusal.value.field == "rater"


def test_somebody_who_is_away_is_refused_where_he_has_to_act() -> None:
    with pytest.raises(ParameterInvalid, match="away or has left") as refusal:
        require_people({SARI: "successor"}, {SARI: AWAY}, present=True)
    assert refusal.value.field == "successor"


@pytest.mark.parametrize(
    ("person", "field", "present"),
    ((AWAY, "person", False), (AWAY, "people", True), (HERE, "successor", True)),
)
def test_others_may_be_named(person: NamedPerson, field: str, present: bool) -> None:
    require_people({SARI: field}, {SARI: person}, present=present)


def test_a_unit_that_does_not_stand_is_refused() -> None:
    require_units([UNIT], {UNIT, OTHER_UNIT}, "units")
    with pytest.raises(ParameterInvalid, match="no such unit") as refusal:
        require_units([UNIT, OTHER_UNIT], {UNIT}, "units")
    assert refusal.value.field == "units"


def test_a_change_that_needs_an_end_is_refused_without_one() -> None:
    requested = ordered(change("absence", person=SARI, absence="leave"))
    with pytest.raises(ParameterInvalid, match="Give the last day") as refusal:
        end_after_start(requested, required=True)
    assert refusal.value.field == "until"
    assert end_after_start(requested, required=False) is None


def test_a_change_that_ends_before_it_begins_is_refused() -> None:
    requested = ordered(
        change("absence", person=SARI, absence="leave", effective_on="2026-03-12", until="2026-03-11")
    )
    with pytest.raises(ParameterInvalid, match="lies before the first") as refusal:
        end_after_start(requested, required=True)
    assert refusal.value.field == "until"


def test_a_change_may_begin_and_end_on_one_day() -> None:
    requested = ordered(change("absence", person=SARI, absence="leave", until="2026-03-10"))
    assert requested.at < NOW < (end_after_start(requested, required=True) or NOW)
    assert requested.ends_at == local("2026-03-11 00:00").astimezone(dt.UTC)


def test_nobody_orders_what_concerns_himself() -> None:
    requested = ordered(change("return", person=OFFICER))
    with pytest.raises(ConflictOfInterest):
        refuse_own_cause(requested, OFFICER)
    refuse_own_cause(requested, SARI)


def test_a_line_of_superiors_that_leads_back_is_refused() -> None:
    refuse_circles([], "rater")
    with pytest.raises(ParameterInvalid, match="lead back to its beginning") as refusal:
        refuse_circles([WATI], "rater")
    assert refusal.value.field == "rater"
