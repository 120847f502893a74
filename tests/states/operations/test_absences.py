"""What an absence puts on record, and what it does to the own appraisals."""

import uuid
from dataclasses import replace
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
from states.operations.items import Item, OpenCase
from states.stages import Stage
from states.triggers import RatingBasis, Trigger
from tests.states.builders import case_in, current, day, local
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
    ("secondment", None, None, True),
    ("secondment", "2026-03-12", None, True),
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


def triggers_of(made: Absence, *own: OpenCase) -> list[Trigger | None]:
    items = items_of_absence(made, absence_begun(ordered(made), made), own)
    return [None if item is None else item.trigger for item in items]


def test_long_leave_stops_only_what_waits_on_the_person_and_is_noted_elsewhere() -> None:
    made = absence("leave", until="2026-06-30")
    assert absence_begun(ordered(made), made).until == local("2026-07-01 00:00")
    own = [open_case(stage, number) for number, stage in enumerate((Stage.PLAN_DRAFTING, Stage.COUNTERSIGN))]
    assert triggers_of(made, *own) == [Trigger.SUSPEND, Trigger.NOTE_ABSENCE]


@pytest.mark.parametrize(
    ("kind", "basis"),
    (("study", RatingBasis.ACADEMIC_RECORD), ("secondment", RatingBasis.HOST_MATERIAL)),
)
def test_who_studies_or_works_elsewhere_is_rated_on_that_where_the_scheme_knows_it(
    kind: str, basis: RatingBasis
) -> None:
    made = absence(kind)
    case = replace(open_case(Stage.PLAN_DRAFTING), bases=frozenset({basis}))
    (item,) = items_of_absence(made, absence_begun(ordered(made), made), [case])
    assert item == Item(case.id, Trigger.FOLLOW_PATH, {"basis": basis.value})


def test_what_was_done_under_a_plan_is_rated_by_itself_and_a_period_on_the_other_basis_begins() -> None:
    made = absence("study")
    begun = absence_begun(ordered(made), made)
    case = replace(open_case(Stage.FIRST_HALF), bases=frozenset({RatingBasis.ACADEMIC_RECORD}))
    (item,) = items_of_absence(made, begun, [case])
    wanted = {"new_period": begun.first_day.isoformat(), "new_basis": "academic_record"}
    assert item == Item(case.id, Trigger.CLOSE_PERIOD, wanted)


@pytest.mark.parametrize("kind", ("study", "secondment"))
def test_a_scheme_without_a_path_lets_the_case_stand_still(kind: str) -> None:
    assert triggers_of(absence(kind), open_case(Stage.FIRST_HALF)) == [Trigger.SUSPEND]


def test_of_a_death_an_open_objection_is_decided_and_everything_else_closed() -> None:
    own = (open_case(Stage.OBJECTION_REVIEW, 101), open_case(Stage.RATING, 102))
    assert triggers_of(absence("died"), *own) == [None, Trigger.CANCEL]


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
    resumed, untouched = items_of_return([suspended, running], day("2026-06-01"))
    assert resumed is not None
    assert resumed.trigger is Trigger.RESUME
    assert untouched is None


def test_on_return_from_elsewhere_that_work_is_rated_and_a_new_period_begins() -> None:
    case = case_in(Stage.FIRST_HALF, current())
    case.do(Trigger.FOLLOW_PATH)
    elsewhere = replace(open_case(Stage.SECOND_HALF), appraisal=case.appraisal)
    (item,) = items_of_return([elsewhere], day("2026-09-01"))
    assert item == Item(elsewhere.id, Trigger.CLOSE_PERIOD, {"new_period": "2026-09-01"})


def test_a_return_is_noted_where_only_the_absence_was() -> None:
    case = case_in(Stage.COUNTERSIGN)
    case.do(Trigger.NOTE_ABSENCE)
    away = replace(open_case(Stage.COUNTERSIGN), appraisal=case.appraisal)
    (item,) = items_of_return([away], day("2026-09-01"))
    assert item == Item(away.id, Trigger.NOTE_RETURN)


def test_there_must_be_an_absence_that_could_end() -> None:
    require_ended(ended=True)
    with pytest.raises(ParameterInvalid, match="No absence") as refusal:
        require_ended(ended=False)
    assert refusal.value.field == "person"
