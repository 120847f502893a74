"""What is owed beside a stage: who owes it, what fulfils it, and where it ends."""

import pytest

from states.appraisal import DutyKind
from states.duties import DUTY_HOLDERS, DUTY_STAGES, fulfilled_by
from states.errors import AlreadyRecorded, BothSidesNotHeard, IllegalTransition
from states.stages import CLOSED_STAGES, Capacity, Stage
from states.table import ROWS
from states.triggers import Outcome, Trigger
from tests.states.builders import Case, case_in, current, day, local

SIDES = (Capacity.EMPLOYEE, Capacity.RATER)


def kinds(case: Case) -> list[DutyKind]:
    return [duty.kind for duty in case.appraisal.duties]


def examined() -> Case:
    """An objection that is examined today, and both sides have been asked."""
    case = case_in(Stage.OBJECTION_REVIEW, current())
    case.do(Trigger.ASK_EMPLOYEE)
    case.do(Trigger.ASK_RATER)
    return case


@pytest.mark.parametrize("kind", tuple(DutyKind))
def test_a_duty_lasts_in_open_stages_and_somebody_can_fulfil_it_in_one_of_them(kind: DutyKind) -> None:
    assert not DUTY_STAGES[kind] & CLOSED_STAGES
    fulfilling = {trigger for trigger in Trigger if fulfilled_by(trigger, Capacity.EMPLOYEE) is kind}
    fulfilling |= {trigger for trigger in Trigger if fulfilled_by(trigger, Capacity.RATER) is kind}
    holder = DUTY_HOLDERS[kind]
    assert any(
        holder in row.by
        for (stage, trigger), rows in ROWS.items()
        if stage in DUTY_STAGES[kind] and trigger in fulfilling
        for row in rows
    )


@pytest.mark.parametrize(
    ("trigger", "capacity", "kind"),
    (
        (Trigger.GIVE_STATEMENT, Capacity.EMPLOYEE, DutyKind.EMPLOYEE_STATEMENT),
        (Trigger.GIVE_STATEMENT, Capacity.RATER, DutyKind.RATER_STATEMENT),
        (Trigger.REPORT_PROVISIONALLY, Capacity.HR, DutyKind.REPORT),
        (Trigger.ANSWER_RECEIPT, Capacity.HR, DutyKind.RECEIPT_ANSWER),
        (Trigger.ASK_RATER, Capacity.APPEALS_OFFICER, None),
        (Trigger.AGREE, Capacity.EMPLOYEE, None),
    ),
)
def test_an_act_fulfils_what_it_is_for(trigger: Trigger, capacity: Capacity, kind: DutyKind | None) -> None:
    assert fulfilled_by(trigger, capacity) is kind


def test_asking_both_sides_gives_each_a_term_of_its_own() -> None:
    """Tuesday 15 December 2026: 16 to 18, 21 and 22 December are five working days."""
    case = examined()
    due = {duty.kind: (duty.capacity, duty.deadline.due_on) for duty in case.appraisal.duties}
    assert due[DutyKind.EMPLOYEE_STATEMENT] == (Capacity.EMPLOYEE, day("2026-12-22"))
    assert due[DutyKind.RATER_STATEMENT] == (Capacity.RATER, day("2026-12-22"))
    assert (case.appraisal.asked, case.appraisal.heard, case.appraisal.silent) == (SIDES, (), ())


def test_a_question_is_not_a_hearing() -> None:
    """PP 30/2019 art 59(3)."""
    case = examined()
    for decision in (Trigger.UPHOLD_RESULT, Trigger.CHANGE_RESULT, Trigger.DISMISS_OBJECTION):
        with pytest.raises(BothSidesNotHeard):
            case.decide(decision)


def test_who_explains_himself_was_heard_and_owes_nothing_more() -> None:
    case = examined()
    case.do(Trigger.GIVE_STATEMENT, Capacity.RATER)
    assert DutyKind.RATER_STATEMENT not in kinds(case)
    assert DutyKind.EMPLOYEE_STATEMENT in kinds(case)
    assert case.appraisal.heard == (Capacity.RATER,)


def test_who_lets_the_day_pass_is_put_on_record_as_silent_and_the_decision_may_come() -> None:
    case = examined()
    case.do(Trigger.GIVE_STATEMENT, Capacity.EMPLOYEE)
    case.wake(local("2026-12-23 00:00"))
    assert (case.appraisal.heard, case.appraisal.silent) == ((Capacity.EMPLOYEE,), (Capacity.RATER,))
    assert case.do(Trigger.UPHOLD_RESULT).outcome is Outcome.UPHELD


def test_a_statement_after_the_day_still_counts_as_long_as_nothing_is_decided() -> None:
    case = examined()
    case.wake(local("2026-12-28 09:00"))
    assert {*case.appraisal.silent} == {*SIDES}
    case.do(Trigger.GIVE_STATEMENT, Capacity.RATER)
    assert case.appraisal.heard == (Capacity.RATER,)
    assert case.appraisal.silent == (Capacity.EMPLOYEE,)


def test_nobody_is_asked_again_before_the_answer_or_the_day() -> None:
    case = examined()
    with pytest.raises(AlreadyRecorded):
        case.do(Trigger.ASK_RATER)
    case.do(Trigger.GIVE_STATEMENT, Capacity.RATER)
    case.do(Trigger.ASK_RATER)
    assert case.appraisal.heard == ()


@pytest.mark.parametrize("side", SIDES)
def test_nobody_answers_what_was_not_asked(side: Capacity) -> None:
    case = case_in(Stage.OBJECTION_REVIEW, current())
    with pytest.raises(IllegalTransition):
        case.do(Trigger.GIVE_STATEMENT, side)


def test_with_the_decision_nothing_is_owed_but_the_report_of_the_stage() -> None:
    case = examined()
    case.do(Trigger.GIVE_STATEMENT, Capacity.EMPLOYEE)
    case.do(Trigger.GIVE_STATEMENT, Capacity.RATER)
    case.do(Trigger.UPHOLD_RESULT)
    assert (case.stage, kinds(case)) == (Stage.REPORTING, [])


def test_with_the_rating_its_report_is_owed_by_the_end_of_february() -> None:
    """Art 51(1): also where the result is not settled by then."""
    case = case_in(Stage.FEEDBACK_MEETING, current())
    (duty,) = case.appraisal.duties
    assert (duty.kind, duty.capacity) == (DutyKind.REPORT, Capacity.RATER)
    assert duty.deadline.due_on == day("2027-02-28")


def test_a_report_that_nobody_made_is_still_owed_when_the_day_is_over() -> None:
    case = case_in(Stage.OBJECTED, current())
    case.wake(local("2027-03-20 00:00"))
    (duty,) = case.appraisal.duties
    assert (duty.kind, duty.deadline.lapsed, case.appraisal.reported) == (DutyKind.REPORT, True, False)
    event = case.do(Trigger.REPORT_PROVISIONALLY, Capacity.RATER)
    assert (event.reported, event.target, kinds(case)) == (True, Stage.OBJECTED, [])


def test_a_suspension_keeps_what_is_owed_with_what_was_left_of_it() -> None:
    """Three of five working days are left on 17 December 2026; from 11 January 2027 they end on the 14th."""
    case = examined()
    case.do(Trigger.SUSPEND, at=local("2026-12-17 09:00"))
    assert kinds(case) == []
    case.do(Trigger.RESUME, at=local("2027-01-11 09:00"))
    due = {duty.kind: duty.deadline.due_on for duty in case.appraisal.duties}
    assert set(due) == {DutyKind.REPORT, DutyKind.EMPLOYEE_STATEMENT, DutyKind.RATER_STATEMENT}
    assert due[DutyKind.RATER_STATEMENT] == day("2027-01-14")
