"""What HR records late, and what the employee says to it (PP 30/2019 art 59(1))."""

import datetime as dt

import pytest

from states.errors import (
    DomainError,
)
from states.notices import notices_of
from states.receipt_evidence import Evidence
from states.stages import Capacity, Stage
from states.templates import Template
from states.triggers import Trigger
from tests.states.builders import Case, case_in, current
from tests.states.objections import facts


def recorded_17_days_ago() -> Case:
    case = case_in(Stage.RESPONSE, current())
    case.now += dt.timedelta(days=20)
    case.wake(case.now)
    case.do(Trigger.RECORD_RECEIPT, received_on=case.today - dt.timedelta(days=17))
    return case


def test_a_receipt_recorded_late_keeps_the_day_of_the_law_beside_the_day_that_is_left() -> None:
    case = recorded_17_days_ago()
    deadline = case.appraisal.deadline
    assert deadline is not None
    assert (deadline.due_on, deadline.by_law) == (case.today, case.today - dt.timedelta(days=3))


def test_a_receipt_recorded_late_is_told_to_the_employee_at_once() -> None:
    case = recorded_17_days_ago()
    told = notices_of(case.events[-1], case.appraisal)
    assert [(notice.audience, notice.template) for notice in told] == [
        (Capacity.EMPLOYEE, Template.RECEIPT_RECORDED)
    ]


def test_an_objection_to_what_was_recorded_late_is_flagged_and_accepted() -> None:
    case = recorded_17_days_ago()
    assert facts(case.do(Trigger.OBJECT)) == (True, 0, 3)


def test_while_a_receipt_is_in_dispute_silence_does_not_lapse() -> None:
    case = recorded_17_days_ago()
    case.do(Trigger.DISPUTE_RECEIPT)
    case.wake(case.now + dt.timedelta(days=2))
    assert case.stage is Stage.RESPONSE


def test_hr_answers_a_disputed_receipt_within_its_own_days() -> None:
    case = recorded_17_days_ago()
    case.do(Trigger.DISPUTE_RECEIPT)
    (duty,) = [duty for duty in case.appraisal.duties if duty.capacity is Capacity.HR]
    calendar = case.rules.calendar
    assert duty.deadline.due_on == calendar.add_working_days(case.today, 3)


def test_a_corrected_receipt_gives_the_days_that_it_leaves() -> None:
    case = recorded_17_days_ago()
    case.do(Trigger.DISPUTE_RECEIPT)
    case.do(Trigger.ANSWER_RECEIPT, received_on=case.today - dt.timedelta(days=4))
    deadline = case.appraisal.deadline
    assert deadline is not None
    assert (deadline.due_on, deadline.statutory_on) == (case.today + dt.timedelta(days=10), None)
    assert not case.appraisal.receipt_disputed


def test_a_receipt_that_hr_confirms_leaves_the_day_of_the_answer_and_then_lapses() -> None:
    case = recorded_17_days_ago()
    case.do(Trigger.DISPUTE_RECEIPT)
    case.wake(case.now + dt.timedelta(days=2))
    case.do(Trigger.ANSWER_RECEIPT, received_on=None)
    assert case.due_on == case.today
    assert case.lapsed().stage is Stage.COUNTERSIGN


def test_who_confirms_a_receipt_that_he_disputed_has_that_day_and_then_is_silent() -> None:
    case = recorded_17_days_ago()
    case.do(Trigger.DISPUTE_RECEIPT)
    case.wake(case.now + dt.timedelta(days=2))
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    assert case.due_on == case.today
    assert case.lapsed().stage is Stage.COUNTERSIGN


def test_a_correction_after_the_lapse_opens_the_response_again() -> None:
    case = recorded_17_days_ago().lapsed()
    assert case.stage is Stage.COUNTERSIGN
    case.do(Trigger.DISPUTE_RECEIPT)
    case.do(Trigger.ANSWER_RECEIPT, received_on=case.today - dt.timedelta(days=1))
    assert (case.stage, case.due_on) == (Stage.RESPONSE, case.today + dt.timedelta(days=13))


def test_a_correction_corrects_the_lateness_of_an_open_objection() -> None:
    case = recorded_17_days_ago()
    case.do(Trigger.DISPUTE_RECEIPT)
    case.do(Trigger.OBJECT)
    case.do(Trigger.ANSWER_RECEIPT, received_on=case.today - dt.timedelta(days=10))
    appraisal = case.appraisal
    assert (appraisal.objection_late, appraisal.late_by, appraisal.late_by_law) == (False, 0, 0)


def test_nothing_is_countersigned_on_a_receipt_in_dispute() -> None:
    case = recorded_17_days_ago().lapsed()
    case.do(Trigger.DISPUTE_RECEIPT)
    with pytest.raises(DomainError) as refused:
        case.do(Trigger.COUNTERSIGN)
    assert refused.value.code == "receipt_disputed"


def test_what_the_employee_has_confirmed_himself_is_not_disputed() -> None:
    case = case_in(Stage.RESPONSE, current())
    case.do(Trigger.RECORD_RECEIPT, evidence=Evidence.RECORDED)
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    with pytest.raises(DomainError):
        case.do(Trigger.DISPUTE_RECEIPT)
