"""What an absence puts on record, and what it does to the own appraisals."""

import uuid
from typing import Any

import pytest

from states.absences import FINAL, AbsenceKind
from states.changes import Absence
from states.errors import ConflictOfInterest, ParameterInvalid
from states.operations.absences import (
    absence_begun,
    items_of_absence,
    items_of_return,
    require_ended,
)
from states.stages import Stage
from states.triggers import Trigger
from tests.states.builders import local
from tests.states.operations.requests import OFFICER, SARI, WATI, change, open_case, ordered, suspended_from


def absence(kind: str, *, person: uuid.UUID = SARI, **fields: Any) -> Absence:
    made = change("absence", person=person, absence=kind, **fields)
    assert isinstance(made, Absence)
    return made


# kind            until          legal standing   long
BEGUN = (
    ("leave", "2026-04-09", None, False),
    ("leave", "2026-04-10", None, True),
    ("study", None, "03", True),
    ("study", "2026-03-12", "03", True),
    ("unpaid_leave", None, "02", True),
    ("suspended", None, "04", True),
    ("state_official", None, "07", True),
    ("pre_retirement", None, "20", True),
    ("retired", None, "98", True),
    ("died", None, "99", True),
    ("left", None, "99", True),
)


@pytest.mark.parametrize(("kind", "until", "standing", "long"), BEGUN)
def test_what_an_absence_puts_on_record(
    kind: str, until: str | None, standing: str | None, long: bool
) -> None:
    made = absence(kind, until=until)
    begun = absence_begun(ordered(made), made)
    assert (begun.standing, begun.long) == (standing, long)
    assert begun.until == ordered(made).ends_at
    assert begun.officials == {SARI}


def test_every_kind_of_absence_is_in_the_table() -> None:
    assert {kind for kind, *_ in BEGUN} == set(AbsenceKind)


def test_whoever_takes_over_the_people_is_touched_as_well() -> None:
    made = absence("study", successor=WATI)
    assert absence_begun(ordered(made), made).officials == {SARI, WATI}


@pytest.mark.parametrize("kind", sorted(AbsenceKind))
def test_only_of_those_who_leave_for_good_the_work_is_rated(kind: AbsenceKind) -> None:
    made = absence(kind, evaluate=True, until="2026-04-30" if kind is AbsenceKind.LEAVE else None)
    assert absence_begun(ordered(made), made).evaluate is (kind in FINAL)


@pytest.mark.parametrize(
    ("made", "problem"),
    (
        (absence("retired", until="2026-04-30"), "Nobody comes back"),
        (absence("leave"), "Give the last day"),
        (absence("study", until="2026-03-09"), "lies before the first"),
    ),
)
def test_a_wrong_last_day_is_refused(made: Absence, problem: str) -> None:
    with pytest.raises(ParameterInvalid, match=problem) as refusal:
        absence_begun(ordered(made), made)
    assert refusal.value.field == "until"


def test_nobody_orders_his_own_absence() -> None:
    made = absence("study", person=OFFICER)
    with pytest.raises(ConflictOfInterest):
        absence_begun(ordered(made), made)


def test_a_long_absence_suspends_what_waits_on_the_person_and_nothing_else() -> None:
    made = absence("leave", until="2026-06-30")
    own = [open_case(Stage.PLAN_DRAFTING, 101), open_case(Stage.COUNTERSIGN, 102)]
    begun = absence_begun(ordered(made), made)
    assert begun.until == local("2026-07-01 00:00")
    first, second = items_of_absence(made, begun, own)
    assert first is not None
    assert (first.appraisal, first.trigger, first.parameters) == (own[0].id, Trigger.SUSPEND, {})
    assert second is None


def test_a_short_leave_suspends_nothing() -> None:
    made = absence("leave", until="2026-03-31")
    assert items_of_absence(made, absence_begun(ordered(made), made), [open_case(Stage.RATING)]) == [None]


@pytest.mark.parametrize(("evaluate", "trigger"), ((True, Trigger.CLOSE_PERIOD), (False, Trigger.CANCEL)))
def test_of_somebody_who_has_left_the_work_is_rated_where_that_was_asked(
    evaluate: bool, trigger: Trigger
) -> None:
    made = absence("left", evaluate=evaluate)
    (item,) = items_of_absence(made, absence_begun(ordered(made), made), [open_case(Stage.SECOND_HALF)])
    assert item is not None
    assert item.trigger is trigger


def test_a_return_lets_a_suspended_clock_run_on() -> None:
    suspended, running = suspended_from(Stage.RATING), open_case(Stage.RATING)
    resumed, untouched = items_of_return([suspended, running])
    assert resumed is not None
    assert resumed.trigger is Trigger.RESUME
    assert untouched is None


def test_there_must_be_an_absence_that_could_end() -> None:
    require_ended(ended=True)
    with pytest.raises(ParameterInvalid, match="No absence") as refusal:
        require_ended(ended=False)
    assert refusal.value.field == "person"
