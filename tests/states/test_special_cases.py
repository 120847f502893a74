"""Years that are no whole year under one rater: each special case of the law, from its cause to where it ends."""

import datetime as dt

import pytest

from states.absences import AbsenceKind
from states.decide import launched
from states.effects import of_absence, of_move, of_return
from states.errors import DomainError, IllegalTransition
from states.evolve import launch
from states.stages import Capacity, Stage
from states.triggers import Outcome, RatingBasis, Trigger
from tests.states.builders import Case, case_in, current, day, local

PATHS = current().book.paths.keys()


def beginning(period_from: str, *, at: str) -> Case:
    """The case of a period that began within the year, on the day on which it is launched."""
    case, now = Case(current()), local(f"{at} 08:00")
    event = launched(
        employee="sari", year=2026, now=now, rules=case.rules, period_from=dt.date.fromisoformat(period_from)
    )
    case.appraisal, case.now = launch("case-2", event), now
    return case


def absent(case: Case, kind: AbsenceKind, *, evaluate: bool = False) -> Trigger | None:
    return of_absence(case.appraisal, kind, long=True, evaluate=evaluate, bases=PATHS)


# A move with a new rater (PP 30/2019 arts 24(3), 36)


def test_after_a_move_each_period_is_rated_in_a_case_of_its_own() -> None:
    first = case_in(Stage.FIRST_HALF, current())
    assert of_move(first.appraisal) is Trigger.CLOSE_PERIOD
    first.do(Trigger.CLOSE_PERIOD, at=local("2026-05-15 09:00"))
    second = beginning("2026-05-16", at="2026-05-18").open().reach(Stage.RATING)
    for case, rater in ((first, "budi"), (second, "dewi")):
        case.do(Trigger.RATE, actor=rater)
    assert (first.appraisal.result_by, second.appraisal.result_by) == (("budi",), ("dewi",))
    assert (first.appraisal.period_closed, second.appraisal.period_began_on) == (True, day("2026-05-16"))


def test_a_second_move_in_the_year_closes_the_second_period_as_well() -> None:
    second = beginning("2026-05-16", at="2026-05-18").open().reach(Stage.FIRST_HALF)
    assert of_move(second.appraisal) is Trigger.CLOSE_PERIOD
    second.do(Trigger.CLOSE_PERIOD, at=local("2026-09-01 09:00"))
    assert second.stage is Stage.RATING
    assert second.due_on == day("2026-09-15")


def test_what_an_earlier_period_came_to_is_locked() -> None:
    """Final, nothing of it changes but by an objection or a reopening on record."""
    case = case_in(Stage.FIRST_HALF, current())
    case.do(Trigger.CLOSE_PERIOD, at=local("2026-05-15 09:00"))
    case.do(Trigger.RATE)
    case.reach(Stage.FINALISED)
    possible = set()
    for trigger in Trigger:
        for capacity in Capacity:
            try:
                case.decide(trigger, capacity)
            except DomainError:
                continue
            possible.add(trigger)
    assert possible == {Trigger.OBJECT, Trigger.REOPEN}


def test_a_result_that_is_being_settled_stays_with_its_rater_after_a_move() -> None:
    assert of_move(case_in(Stage.FEEDBACK_MEETING, current()).appraisal) is None


# Study duty and secondment (arts 43, 44)


@pytest.mark.parametrize(
    ("kind", "basis"),
    (
        (AbsenceKind.STUDY, RatingBasis.ACADEMIC_RECORD),
        (AbsenceKind.SECONDMENT, RatingBasis.HOST_MATERIAL),
    ),
)
def test_who_studies_or_works_elsewhere_is_rated_on_that_without_a_plan(
    kind: AbsenceKind, basis: RatingBasis
) -> None:
    case = case_in(Stage.PLAN_DRAFTING, current())
    assert absent(case, kind) is Trigger.FOLLOW_PATH
    case.do(Trigger.FOLLOW_PATH, basis=basis)
    case.open().reach(Stage.RATING)
    case.do(Trigger.RATE)
    assert case.appraisal.basis is basis
    assert Trigger.SUBMIT_PLAN not in {command.trigger for _, command in case.given[-3:]}


def test_whoever_comes_back_within_the_year_has_that_time_rated_and_begins_anew() -> None:
    case = case_in(Stage.PLAN_DRAFTING, current())
    case.do(Trigger.FOLLOW_PATH)
    assert of_return(case.appraisal) is Trigger.CLOSE_PERIOD


# A CPNS, and whoever else begins within the year (art 64(1))


def test_a_cpns_drafts_a_plan_in_the_days_of_a_later_period_and_not_until_january() -> None:
    """From Monday 3 August 2026 on. Working days: 4-7 (4), 10-14 (9), 18 (10); Monday 17 August is a holiday."""
    case = beginning("2026-08-03", at="2026-08-03").open()
    assert case.stage is Stage.PLAN_DRAFTING
    assert case.due_on == day("2026-08-18")


def test_a_cpns_is_asked_for_no_monitoring_of_before_the_duty_and_rated_with_everybody_else() -> None:
    case = beginning("2026-08-03", at="2026-08-03").open().reach(Stage.FIRST_HALF)
    assert case.appraisal.opens_on == day("2026-11-01")
    case.reach(Stage.RATING)
    assert case.due_on == day("2027-01-31")


# The contract of a PPPK ends (PP 49/2018 art 37), or somebody retires (UU 20/2023 art 55)


@pytest.mark.parametrize("kind", (AbsenceKind.LEFT, AbsenceKind.RETIRED, AbsenceKind.PRE_RETIREMENT))
def test_at_the_end_of_service_what_was_done_under_a_plan_is_rated_if_the_agency_asks_for_it(
    kind: AbsenceKind,
) -> None:
    case = case_in(Stage.SECOND_HALF, current())
    assert absent(case, kind, evaluate=True) is Trigger.CLOSE_PERIOD
    case.do(Trigger.CLOSE_PERIOD)
    case.do(Trigger.RATE)
    assert case.stage is Stage.FEEDBACK_MEETING


@pytest.mark.parametrize("kind", (AbsenceKind.LEFT, AbsenceKind.RETIRED, AbsenceKind.PRE_RETIREMENT))
def test_otherwise_the_case_closes_with_a_reason_and_without_a_predicate(kind: AbsenceKind) -> None:
    case = case_in(Stage.SECOND_HALF, current())
    assert absent(case, kind) is Trigger.CANCEL
    case.do(Trigger.CANCEL)
    assert (case.stage, case.appraisal.outcome, case.appraisal.result) == (Stage.CANCELLED, None, None)


def test_without_an_approved_plan_there_is_nothing_to_rate_at_the_end_of_service() -> None:
    case = case_in(Stage.PLAN_REVIEW, current())
    assert absent(case, AbsenceKind.LEFT, evaluate=True) is Trigger.CANCEL
    with pytest.raises(IllegalTransition):
        case.do(Trigger.CLOSE_PERIOD)


@pytest.mark.parametrize("stage", (Stage.RATING, Stage.FEEDBACK_MEETING, Stage.RESPONSE, Stage.COUNTERSIGN))
def test_a_result_on_its_way_is_settled_after_the_end_of_service(stage: Stage) -> None:
    assert absent(case_in(stage, current()), AbsenceKind.RETIRED) is None


# Death


@pytest.mark.parametrize("stage", (Stage.PLAN_DRAFTING, Stage.SECOND_HALF, Stage.RATING))
def test_a_death_closes_the_case_and_nobody_rates_the_dead(stage: Stage) -> None:
    case = case_in(stage, current())
    assert absent(case, AbsenceKind.DIED, evaluate=True) is Trigger.CANCEL
    case.do(Trigger.CANCEL)
    assert (case.appraisal.outcome, case.appraisal.result) == (None, None)


def test_a_result_that_was_received_before_the_death_stands() -> None:
    case = case_in(Stage.AGREED, current())
    assert absent(case, AbsenceKind.DIED) is None
    case.do(Trigger.FINALISE)
    assert case.appraisal.outcome is Outcome.AGREED


# What needs no plan (art 23)


@pytest.mark.parametrize(
    "kind", (AbsenceKind.UNPAID_LEAVE, AbsenceKind.SUSPENDED, AbsenceKind.STATE_OFFICIAL)
)
def test_who_needs_no_plan_meanwhile_has_a_clock_that_stands_still_and_runs_on_after_the_return(
    kind: AbsenceKind,
) -> None:
    case = case_in(Stage.PLAN_DRAFTING, current())
    left = case.due_on - case.today
    assert absent(case, kind) is Trigger.SUSPEND
    case.do(Trigger.SUSPEND)
    assert of_return(case.appraisal) is Trigger.RESUME
    case.do(Trigger.RESUME, at=local("2026-08-03 09:00"))
    assert case.due_on - case.today == left
