"""Heard means heard, and final is final (PP 30/2019 art 59(2)-(4))."""

import datetime as dt

import pytest

from states.errors import (
    ContentMissing,
    DomainError,
    ObjectionOpen,
    ParameterInvalid,
    SettledByObjection,
)
from states.notices import notices_of
from states.stages import Capacity, Stage
from states.templates import Template
from states.triggers import Outcome, Trigger
from tests.states.builders import Case, case_in, current
from tests.states.objections import acknowledged, examined, heard


def test_both_sides_are_asked_at_once_each_with_a_term_of_its_own() -> None:
    case = examined()
    case.do(Trigger.ASK_EMPLOYEE)
    case.do(Trigger.ASK_RATER, at=case.now + dt.timedelta(days=1))
    asked = [duty for duty in case.appraisal.duties if duty.deadline.rule.startswith("statement")]
    assert [(duty.capacity, duty.deadline.rule) for duty in asked] == [
        (Capacity.EMPLOYEE, "statement-employee"),
        (Capacity.RATER, "statement-rater"),
    ]
    assert asked[0].deadline.due_on < asked[1].deadline.due_on


def test_a_question_of_the_officer_is_no_hearing() -> None:
    case = examined()
    case.do(Trigger.ASK_EMPLOYEE)
    case.do(Trigger.ASK_RATER)
    assert (case.appraisal.asked, case.appraisal.heard) == ((Capacity.EMPLOYEE, Capacity.RATER), ())
    with pytest.raises(DomainError) as refused:
        case.do(Trigger.UPHOLD_RESULT)
    assert refused.value.code == "both_sides_not_heard"


def test_no_statement_by_the_day_is_a_fact_on_record_and_lets_the_officer_decide() -> None:
    case = examined()
    case.do(Trigger.ASK_EMPLOYEE)
    case.do(Trigger.ASK_RATER)
    case.do(Trigger.GIVE_STATEMENT, Capacity.RATER)
    (duty,) = [duty for duty in case.appraisal.duties if duty.capacity is Capacity.EMPLOYEE]
    caused = case.wake(case.rules.calendar.end_of_day(duty.deadline.due_on))
    assert [getattr(event, "rule", "") for event in caused][-1] == "statement-employee"
    assert (case.appraisal.heard, case.appraisal.silent) == ((Capacity.RATER,), (Capacity.EMPLOYEE,))
    case.do(Trigger.UPHOLD_RESULT)
    assert case.appraisal.outcome is Outcome.UPHELD


def test_a_statement_after_its_day_counts_as_long_as_nothing_is_decided() -> None:
    case = examined()
    case.do(Trigger.ASK_EMPLOYEE)
    case.wake(case.now + dt.timedelta(days=15))
    case.do(Trigger.GIVE_STATEMENT, Capacity.EMPLOYEE)
    assert (case.appraisal.heard, case.appraisal.silent) == ((Capacity.EMPLOYEE,), ())


def test_a_further_question_has_to_be_answered_too() -> None:
    case = examined()
    for trigger in (Trigger.ASK_EMPLOYEE, Trigger.ASK_RATER):
        case.do(trigger)
    for side in (Capacity.EMPLOYEE, Capacity.RATER):
        case.do(Trigger.GIVE_STATEMENT, side)
    case.do(Trigger.ASK_RATER)
    with pytest.raises(DomainError) as refused:
        case.do(Trigger.UPHOLD_RESULT)
    assert refused.value.code == "both_sides_not_heard"


def test_the_rater_learns_of_the_objection_and_of_its_end() -> None:
    case = acknowledged()
    filed = notices_of(case.do(Trigger.OBJECT), case.appraisal)
    ended = notices_of(case.do(Trigger.WITHDRAW_OBJECTION), case.appraisal)
    assert (Capacity.RATER, Template.OBJECTION_FILED) in [(each.audience, each.template) for each in filed]
    assert (Capacity.RATER, Template.OBJECTION_ENDED) in [(each.audience, each.template) for each in ended]


def test_a_decision_that_changes_the_result_names_the_new_one() -> None:
    case = heard()
    with pytest.raises(ContentMissing) as refused:
        case.do(Trigger.CHANGE_RESULT, result=None)
    assert refused.value.field == "result"
    case.do(Trigger.CHANGE_RESULT, result="better")
    assert (case.appraisal.result, case.appraisal.outcome) == ("better", Outcome.CHANGED)


def test_the_result_that_stands_is_no_new_one() -> None:
    case = heard()
    with pytest.raises(ParameterInvalid) as refused:
        case.do(Trigger.CHANGE_RESULT, result=case.appraisal.result)
    assert refused.value.field == "result"


def test_a_result_that_says_the_same_in_another_document_is_no_new_one() -> None:
    case = case_in(Stage.RATING, current())
    case.do(Trigger.RATE, substance="good")
    case.do(Trigger.DELIVER_RESULT)
    case.do(Trigger.OBJECT)
    case.do(Trigger.ADMIT_OBJECTION)
    for side, asking in ((Capacity.EMPLOYEE, Trigger.ASK_EMPLOYEE), (Capacity.RATER, Trigger.ASK_RATER)):
        case.do(asking)
        case.do(Trigger.GIVE_STATEMENT, side)
    with pytest.raises(ParameterInvalid) as refused:
        case.do(Trigger.CHANGE_RESULT, result="the same by another hand", substance="good")
    assert refused.value.field == "result"


def test_a_decision_that_keeps_the_result_names_no_other() -> None:
    case = heard()
    with pytest.raises(ParameterInvalid) as refused:
        case.do(Trigger.UPHOLD_RESULT, result="better")
    assert refused.value.field == "result"


def test_an_objection_is_inadmissible_on_a_ground_of_the_scheme_only() -> None:
    case = case_in(Stage.OBJECTED, current())
    for ground in (None, "late"):
        with pytest.raises(ParameterInvalid) as refused:
            case.do(Trigger.DISMISS_OBJECTION, dismissal_ground=ground)
        assert refused.value.field == "dismissal_ground"


def test_an_open_objection_is_never_cancelled_away_even_suspended() -> None:
    case = examined()
    with pytest.raises(ObjectionOpen):
        case.do(Trigger.CANCEL)
    case.do(Trigger.SUSPEND)
    with pytest.raises(ObjectionOpen):
        case.do(Trigger.CANCEL)


def decided() -> Case:
    case = heard()
    case.do(Trigger.UPHOLD_RESULT)
    case.do(Trigger.FINALISE, Capacity.RATER)
    return case


def test_after_a_decision_nobody_objects_again() -> None:
    case = decided()
    with pytest.raises(SettledByObjection):
        case.do(Trigger.OBJECT)


@pytest.mark.parametrize("missing", ("reopening_ground", "reference"))
def test_a_decided_case_is_opened_on_a_ground_with_its_number_only(missing: str) -> None:
    with pytest.raises(ParameterInvalid) as refused:
        decided().do(Trigger.REOPEN, **{missing: None})
    assert refused.value.field == missing


def test_a_decided_case_goes_back_to_the_decider_and_never_to_the_rater() -> None:
    case = decided()
    event = case.do(Trigger.REOPEN)
    assert (case.stage, event.reference) == (Stage.OBJECTION_REVIEW, "12/G/2027/PTUN.BDG")
    assert case.appraisal.heard == (Capacity.EMPLOYEE, Capacity.RATER)
    case.do(Trigger.CHANGE_RESULT, result="as the court says")
    assert case.appraisal.outcome is Outcome.CHANGED
