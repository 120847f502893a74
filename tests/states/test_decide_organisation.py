"""What changes of the organisation do to a case: disputes over the rater, closed periods, notes."""

import datetime as dt

import pytest

from states.decide import launched
from states.errors import ParameterInvalid, RaterConfirmed
from states.evolve import launch
from states.stages import Capacity, Stage
from states.triggers import Trigger
from tests.states.builders import LAUNCHED_AT, QUARTERLY, Case, case_in, current, day, local, rules


def test_a_dispute_over_the_rater_stops_the_clock_and_keeps_what_is_left() -> None:
    case = case_in(Stage.PLAN_DRAFTING)
    left = (case.due_on - case.today).days
    event = case.do(Trigger.DISPUTE_RATER)
    assert case.stage is Stage.SUSPENDED
    assert case.appraisal.disputed
    assert event.remainder == left


def test_the_answer_lets_the_clock_run_on_with_what_was_left() -> None:
    case = case_in(Stage.PLAN_DRAFTING)
    left = case.due_on - case.today
    case.do(Trigger.DISPUTE_RATER)
    case.do(Trigger.ANSWER_DISPUTE, at=case.now + dt.timedelta(days=30))
    assert case.stage is Stage.PLAN_DRAFTING
    assert case.due_on - case.today == left


def test_a_disputed_case_waits_on_nothing_but_the_answer() -> None:
    case = case_in(Stage.FIRST_HALF)
    opens_on = case.appraisal.opens_on
    case.do(Trigger.DISPUTE_RATER)
    assert case.appraisal.opens_on is None
    case.do(Trigger.ANSWER_DISPUTE)
    assert case.appraisal.opens_on == opens_on


def test_an_answer_without_another_rater_confirms_the_present_one() -> None:
    case = case_in(Stage.PLAN_REVIEW)
    case.do(Trigger.DISPUTE_RATER)
    case.do(Trigger.ANSWER_DISPUTE)
    with pytest.raises(RaterConfirmed):
        case.do(Trigger.DISPUTE_RATER)


def test_a_new_rater_may_be_disputed_again() -> None:
    case = case_in(Stage.PLAN_REVIEW)
    case.do(Trigger.DISPUTE_RATER)
    event = case.do(Trigger.ANSWER_DISPUTE, assignee="dewi", assigned_capacity=Capacity.RATER)
    assert (event.assignee, event.assigned_capacity) == ("dewi", Capacity.RATER)
    case.do(Trigger.DISPUTE_RATER)
    assert case.appraisal.disputed


@pytest.mark.parametrize("trigger", (Trigger.REASSIGN, Trigger.NOTE_CHANGE))
def test_after_the_rater_changed_the_earlier_confirmation_counts_no_longer(trigger: Trigger) -> None:
    case = case_in(Stage.PLAN_REVIEW)
    case.do(Trigger.DISPUTE_RATER)
    case.do(Trigger.ANSWER_DISPUTE)
    case.do(trigger, assignee="dewi", assigned_capacity=Capacity.RATER)
    assert not case.appraisal.rater_confirmed


def test_an_answer_cannot_hand_over_another_capacity_than_the_raters() -> None:
    case = case_in(Stage.PLAN_REVIEW)
    case.do(Trigger.DISPUTE_RATER)
    with pytest.raises(ParameterInvalid) as refused:
        case.decide(Trigger.ANSWER_DISPUTE, assignee="dewi", assigned_capacity=Capacity.APPEALS_OFFICER)
    assert refused.value.field == "assigned_capacity"


def test_nobody_becomes_the_own_rater_by_an_answer() -> None:
    case = case_in(Stage.PLAN_REVIEW)
    case.do(Trigger.DISPUTE_RATER)
    with pytest.raises(ParameterInvalid) as refused:
        case.decide(
            Trigger.ANSWER_DISPUTE,
            assignee=case.appraisal.employee,
            assigned_capacity=Capacity.RATER,
        )
    assert refused.value.field == "assignee"


def test_a_cancelled_case_is_disputed_no_longer() -> None:
    case = case_in(Stage.PLAN_REVIEW)
    case.do(Trigger.DISPUTE_RATER)
    case.do(Trigger.CANCEL)
    assert not case.appraisal.disputed


def test_a_noted_change_leaves_stage_and_deadline_alone() -> None:
    case = case_in(Stage.RATING)
    before = case.appraisal
    event = case.do(Trigger.NOTE_CHANGE, assignee="dewi", assigned_capacity=Capacity.RATER)
    assert (case.stage, case.appraisal.deadline) == (before.stage, before.deadline)
    assert event.assignee == "dewi"


def test_a_noted_change_names_a_capacity_with_the_person_or_neither() -> None:
    case = case_in(Stage.RATING)
    case.do(Trigger.NOTE_CHANGE)
    with pytest.raises(ParameterInvalid) as refused:
        case.decide(Trigger.NOTE_CHANGE, assignee="dewi")
    assert refused.value.field == "assigned_capacity"


def test_after_a_move_the_closed_period_is_rated_by_its_own_deadline() -> None:
    case = case_in(Stage.FIRST_HALF)
    case.do(Trigger.CLOSE_PERIOD, at=local("2026-05-15 09:00"))
    assert case.stage is Stage.RATING
    assert case.appraisal.opens_on is None
    assert case.due_on == day("2027-01-31")


def test_today_a_closed_period_is_rated_within_ten_working_days() -> None:
    """Closed on Friday 15 May 2026. Working days: 18-22 (5), 25 and 26 (7), 29 May (8), 2 and 3 June (10).

    27 and 28 May are Idul Adha with its cuti bersama, 1 June is the day of Pancasila.
    """
    case = case_in(Stage.FIRST_HALF, current())
    case.do(Trigger.CLOSE_PERIOD, at=local("2026-05-15 09:00"))
    assert case.appraisal.period_closed
    assert case.due_on == day("2026-06-03")


def test_a_plan_under_revision_is_rated_as_it_was_approved() -> None:
    case = case_in(Stage.SECOND_HALF)
    case.do(Trigger.REVISE_PLAN)
    case.do(Trigger.CLOSE_PERIOD)
    assert case.stage is Stage.RATING
    assert case.appraisal.plan_returns_to is None


def test_a_period_that_begins_after_the_check_in_has_it_behind() -> None:
    under = rules()
    moved_on = day("2026-09-01")
    event = launched(
        employee="sari", year=2026, now=local("2026-09-01 08:00"), rules=under, period_from=moved_on
    )
    case = Case(under)
    case.appraisal, case.now = launch("case-2", event), local("2026-09-01 08:00")
    case.open()
    case.do(Trigger.SUBMIT_PLAN)
    case.do(Trigger.APPROVE_PLAN)
    assert case.stage is Stage.SECOND_HALF


def test_a_period_that_begins_between_check_ins_keeps_those_ahead() -> None:
    under = rules(check_ins=QUARTERLY)
    event = launched(employee="sari", year=2026, now=LAUNCHED_AT, rules=under, period_from=day("2026-06-15"))
    assert launch("case-2", event).check_ins_done == 2


def test_a_launch_before_the_year_has_every_check_in_ahead() -> None:
    event = launched(employee="sari", year=2026, now=LAUNCHED_AT, rules=current())
    assert (event.check_ins_done, event.period_from) == (0, None)


@pytest.mark.parametrize(
    ("launched_at", "behind"), (("2026-05-31 23:59", 0), ("2026-06-01 08:00", 1), ("2026-11-02 08:00", 2))
)
def test_nobody_is_asked_for_a_check_in_whose_day_was_over_at_the_launch(
    launched_at: str, behind: int
) -> None:
    """They open on 1 June and 1 November."""
    event = launched(employee="sari", year=2026, now=local(launched_at), rules=current())
    assert event.check_ins_done == behind
