"""The course of the year: plans, check-ins, moderation, reopening, handing over."""

import pytest

from states.agenda import agenda
from states.errors import ConflictOfInterest, ContentMissing, ParameterInvalid
from states.rules import YearlyDate
from states.stages import Capacity, Stage
from states.triggers import Outcome, RevisionGround, Trigger
from tests.states.builders import QUARTERLY, case_in, day, local, patient, rules

PLANNED = (Stage.FIRST_HALF, Stage.MIDYEAR_REPORT, Stage.MIDYEAR_REVIEW, Stage.SECOND_HALF)


@pytest.mark.parametrize("stage", PLANNED)
def test_a_plan_revision_returns_to_where_it_came_from(stage: Stage) -> None:
    case = case_in(stage)
    opens_on = case.appraisal.opens_on
    case.do(Trigger.REVISE_PLAN)
    case.do(Trigger.SUBMIT_PLAN)
    case.do(Trigger.RETURN_PLAN)
    case.do(Trigger.SUBMIT_PLAN)
    case.do(Trigger.APPROVE_PLAN)
    assert (case.stage, case.appraisal.opens_on) == (stage, opens_on)
    assert case.appraisal.plan_returns_to is None


def test_a_revised_plan_that_was_suspended_still_returns_to_where_it_came_from() -> None:
    case = case_in(Stage.SECOND_HALF)
    case.do(Trigger.REVISE_PLAN)
    case.do(Trigger.SUSPEND)
    case.do(Trigger.RESUME)
    case.do(Trigger.SUBMIT_PLAN)
    case.do(Trigger.APPROVE_PLAN)
    assert case.stage is Stage.SECOND_HALF


def test_a_plan_revision_names_its_legal_ground() -> None:
    """Art 28(2)-(3)."""
    case = case_in(Stage.FIRST_HALF)
    with pytest.raises(ParameterInvalid) as refusal:
        case.do(Trigger.REVISE_PLAN, ground=None)
    assert refusal.value.field == "ground"
    event = case.do(Trigger.REVISE_PLAN, ground=RevisionGround.ABSENCE_OVER_A_MONTH)
    assert event.ground is RevisionGround.ABSENCE_OVER_A_MONTH


def test_a_revised_plan_has_time_although_january_is_over() -> None:
    case = case_in(Stage.SECOND_HALF)
    case.do(Trigger.REVISE_PLAN, at=local("2026-09-01 09:00"))
    assert case.due_on == day("2026-09-04")


def test_four_quarterly_check_ins_open_on_their_days() -> None:
    case = case_in(Stage.FIRST_HALF, rules(check_ins=QUARTERLY))
    opened = []
    for _ in QUARTERLY:
        case.open()
        opened.append(case.today)
        case.do(Trigger.SUBMIT_CHECK_IN)
        case.do(Trigger.REVIEW_CHECK_IN)
    assert opened == [day("2026-04-01"), day("2026-06-01"), day("2026-09-01"), day("2026-11-01")]
    assert (case.stage, case.appraisal.check_ins_done) == (Stage.SECOND_HALF, 4)


def test_a_check_in_that_takes_longer_than_the_quarter_opens_the_next_at_once() -> None:
    case = case_in(Stage.FIRST_HALF, rules(check_ins=QUARTERLY)).open()
    case.do(Trigger.SUBMIT_CHECK_IN)
    case.do(Trigger.REVIEW_CHECK_IN, at=local("2026-06-10 10:00"))
    assert agenda(case.appraisal, case.rules) == local("2026-06-10 10:00")


def test_a_returned_check_in_is_not_counted() -> None:
    case = case_in(Stage.MIDYEAR_REVIEW)
    case.do(Trigger.RETURN_CHECK_IN)
    assert case.appraisal.check_ins_done == 0


def test_a_scheme_without_check_ins_goes_straight_to_the_second_half() -> None:
    case = case_in(Stage.PLAN_REVIEW, rules(check_ins=()))
    case.do(Trigger.APPROVE_PLAN)
    assert (case.stage, case.appraisal.opens_on) == (Stage.SECOND_HALF, day("2026-12-15"))


def test_hr_may_open_a_check_in_early() -> None:
    case = case_in(Stage.FIRST_HALF)
    case.do(Trigger.OPEN_CHECK_IN, Capacity.HR, at=local("2026-05-04 09:00"))
    assert (case.stage, case.due_on) == (Stage.MIDYEAR_REPORT, day("2026-05-20"))


def test_the_29th_of_february_is_the_28th_in_other_years() -> None:
    case = case_in(Stage.FIRST_HALF, rules(check_ins=(YearlyDate(month=2, day=29),)))
    assert case.appraisal.opens_on == day("2026-02-28")


def test_moderation_confirms_or_returns_the_rating() -> None:
    case = case_in(Stage.RATING, rules(moderation=True))
    case.do(Trigger.RATE)
    case.do(Trigger.RETURN_RATING)
    case.do(Trigger.RATE)
    case.do(Trigger.CONFIRM_RATING)
    assert case.stage is Stage.FEEDBACK_MEETING


def test_reopening_begins_a_new_revision_and_clears_what_belonged_to_the_old_result() -> None:
    case = case_in(Stage.OBJECTION_REVIEW)
    case.do(Trigger.HEAR_RATER)
    case.do(Trigger.HEAR_EMPLOYEE)
    case.do(Trigger.WITHDRAW_OBJECTION)
    case.do(Trigger.REOPEN, at=local("2027-06-01 09:00"))
    after = case.appraisal
    assert (after.stage, after.revision, after.outcome) == (Stage.RATING, 2, None)
    assert (after.received_on, after.response_due, after.response_by_law) == (None, None, None)
    assert (after.heard, after.objected_on, after.reported) == ((), None, False)
    assert case.due_on == day("2027-06-04")


def test_reopening_frees_nobody_who_ever_touched_a_result() -> None:
    """Art 59: whoever rated before may have to be judged now."""
    case = case_in(Stage.FINALISED)
    case.do(Trigger.REOPEN)
    assert case.appraisal.result_by == ("budi",)


@pytest.mark.parametrize("trigger", (Trigger.UPHOLD_RESULT, Trigger.CHANGE_RESULT, Trigger.DISMISS_OBJECTION))
def test_what_an_objection_has_settled_is_reopened_to_be_decided_anew_and_never_to_be_rated(
    trigger: Trigger,
) -> None:
    """Art 59(4)."""
    case = case_in(Stage.OBJECTION_REVIEW)
    case.do(Trigger.HEAR_RATER)
    case.do(Trigger.HEAR_EMPLOYEE)
    case.do(trigger)
    decided = case.appraisal
    event = case.do(Trigger.REOPEN, at=local("2027-06-01 09:00"))
    after = case.appraisal
    assert (after.stage, after.revision, after.outcome) == (Stage.OBJECTION_REVIEW, 2, None)
    assert (after.heard, after.result_by) == (decided.heard, decided.result_by)
    assert (after.received_on, after.result) == (decided.received_on, decided.result)
    assert (event.reopening_ground, event.reference) == ("court_decision", "12/G/2027/PTUN.BDG")


@pytest.mark.parametrize("field", ("reopening_ground", "reference"))
def test_what_an_objection_has_settled_is_opened_only_with_a_ground_and_its_number(field: str) -> None:
    """Art 59(4)."""
    case = case_in(Stage.OBJECTION_REVIEW)
    case.do(Trigger.HEAR_RATER)
    case.do(Trigger.HEAR_EMPLOYEE)
    case.do(Trigger.UPHOLD_RESULT)
    with pytest.raises(ParameterInvalid) as refusal:
        case.do(Trigger.REOPEN, **{field: None})
    assert refusal.value.field == field


def test_a_reopened_case_can_be_objected_to_again_by_hearing_both_sides_again() -> None:
    case = case_in(Stage.FINALISED)
    case.do(Trigger.REOPEN)
    case.do(Trigger.RATE)
    case.do(Trigger.DELIVER_RESULT)
    case.reach(Stage.OBJECTION_REVIEW)
    assert (case.appraisal.heard, case.appraisal.objection_late) == ((), False)


def test_reassigning_names_whom_and_what_and_moves_nothing() -> None:
    case = case_in(Stage.RATING)
    before = case.appraisal
    event = case.do(Trigger.REASSIGN, assignee="dewi", assigned_capacity=Capacity.RATER)
    assert (event.assignee, event.assigned_capacity) == ("dewi", Capacity.RATER)
    assert (case.appraisal.deadline, case.appraisal.entered_at) == (before.deadline, before.entered_at)


@pytest.mark.parametrize(
    ("assignee", "capacity", "field"),
    (
        (None, Capacity.RATER, "assignee"),
        ("sari", Capacity.RATER, "assignee"),
        ("dewi", None, "assigned_capacity"),
        ("dewi", Capacity.EMPLOYEE, "assigned_capacity"),
        ("dewi", Capacity.CLOCK, "assigned_capacity"),
    ),
)
def test_reassigning_to_nobody_to_the_employee_or_of_another_capacity_is_refused(
    assignee: str | None, capacity: Capacity | None, field: str
) -> None:
    case = case_in(Stage.RATING)
    with pytest.raises(ParameterInvalid) as refusal:
        case.do(Trigger.REASSIGN, assignee=assignee, assigned_capacity=capacity)
    assert refusal.value.field == field


@pytest.mark.parametrize("trigger", (Trigger.REASSIGN, Trigger.NOTE_CHANGE))
def test_an_objection_is_not_handed_to_one_who_had_a_part_in_the_result(trigger: Trigger) -> None:
    case = case_in(Stage.OBJECTED)
    (signer, *_) = case.appraisal.result_by
    with pytest.raises(ConflictOfInterest):
        case.do(trigger, assignee=signer, assigned_capacity=Capacity.APPEALS_OFFICER)


def test_who_had_a_part_in_the_result_may_take_over_as_rater() -> None:
    case = case_in(Stage.OBJECTED)
    (signer, *_) = case.appraisal.result_by
    event = case.do(Trigger.REASSIGN, assignee=signer, assigned_capacity=Capacity.RATER)
    assert event.assignee == signer


TEXTS = (
    (Stage.PLAN_DRAFTING, Trigger.SUBMIT_PLAN),
    (Stage.PLAN_REVIEW, Trigger.RETURN_PLAN),
    (Stage.MIDYEAR_REPORT, Trigger.SUBMIT_CHECK_IN),
    (Stage.SELF_ASSESSMENT, Trigger.SUBMIT_SELF_ASSESSMENT),
    (Stage.RATING, Trigger.RATE),
    (Stage.RESPONSE, Trigger.OBJECT),
    (Stage.RATING, Trigger.SUSPEND),
    (Stage.RATING, Trigger.CANCEL),
    (Stage.RATING, Trigger.EXTEND),
    (Stage.FINALISED, Trigger.REOPEN),
)


@pytest.mark.parametrize(("stage", "trigger"), TEXTS)
def test_what_needs_a_document_or_a_reason_is_refused_without_one(stage: Stage, trigger: Trigger) -> None:
    case = case_in(stage, patient())
    with pytest.raises(ContentMissing):
        case.do(trigger, document=None)


def test_the_record_of_an_action_names_both_persons_and_the_document() -> None:
    case = case_in(Stage.PLAN_REVIEW)
    event = case.do(Trigger.RETURN_PLAN, actor="tono", on_behalf_of="budi", document="ab" * 32)
    assert (event.actor, event.on_behalf_of, event.capacity) == ("tono", "budi", Capacity.RATER)
    assert event.document == "ab" * 32


def test_a_year_without_delay_ends_agreed() -> None:
    case = case_in(Stage.FINALISED)
    assert case.appraisal.outcome is Outcome.AGREED
