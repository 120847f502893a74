"""The days in which an objection is in time, whatever happens meanwhile (PP 30/2019 art 59(1))."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.commands import Command
from states.response_term import ResponseTerm, days_late, put_off, response_term, term_from
from states.stages import Capacity, Stage
from states.transition_context import TransitionContext
from states.triggers import Trigger
from tests.states.builders import Case, case_in, current, day, local

RECEIVED = local("2027-01-11 09:00")
LAST = day("2027-01-25")


def context(case: Case, at: str) -> TransitionContext:
    """What is asked of the case at a moment; the trigger plays no part."""
    command = Command(id="key-1", trigger=Trigger.OBJECT, capacity=Capacity.EMPLOYEE, actor="sari")
    return TransitionContext(case.appraisal, command, local(at), case.rules)


def received() -> Case:
    case = case_in(Stage.RESPONSE, current())
    case.do(Trigger.ACKNOWLEDGE_RECEIPT, at=RECEIVED)
    return case


def test_before_a_receipt_there_is_no_last_day() -> None:
    assert response_term(context(case_in(Stage.RESPONSE, current()), "2027-01-20 09:00")) is None


def test_the_fourteenth_day_after_the_receipt_is_the_last() -> None:
    assert response_term(context(received(), "2027-01-20 09:00")) == ResponseTerm(LAST, LAST)


@pytest.mark.parametrize("then", ((Trigger.AGREE,), (Trigger.AGREE, Trigger.FINALISE)))
def test_a_signature_and_a_report_leave_the_last_day_where_it_is(then: tuple[Trigger, ...]) -> None:
    case = received()
    for trigger in then:
        case.do(trigger, at=local("2027-01-12 09:00"))
    assert response_term(context(case, "2027-01-20 09:00")) == ResponseTerm(LAST, LAST)


def test_after_the_silence_lapsed_the_last_day_is_the_one_that_it_was() -> None:
    case = received()
    case.wake(local("2027-01-26 00:00"))
    assert case.stage is Stage.COUNTERSIGN
    assert response_term(context(case, "2027-01-27 09:00")) == ResponseTerm(LAST, LAST)


def test_an_extension_moves_the_last_day_and_not_that_of_the_law() -> None:
    case = received()
    case.do(Trigger.EXTEND, at=local("2027-01-12 09:00"), until=day("2027-02-05"))
    assert response_term(context(case, "2027-01-20 09:00")) == ResponseTerm(day("2027-02-05"), LAST)
    case.do(Trigger.AGREE)
    assert response_term(context(case, "2027-01-20 09:00")) == ResponseTerm(day("2027-02-05"), LAST)


def test_while_the_response_stands_still_what_was_left_stays_left() -> None:
    """Ten days are left on 15 January; on 1 February they end on the 11th."""
    case = received()
    case.do(Trigger.SUSPEND, at=local("2027-01-15 09:00"))
    assert response_term(context(case, "2027-02-01 09:00")) == ResponseTerm(day("2027-02-11"), LAST)


def test_a_signed_case_that_stands_still_puts_the_last_day_off_by_as_much() -> None:
    """Suspended for 17 days."""
    case = received()
    case.do(Trigger.AGREE, at=local("2027-01-12 09:00"))
    case.do(Trigger.SUSPEND, at=local("2027-01-15 09:00"))
    assert response_term(context(case, "2027-02-01 09:00")) == ResponseTerm(day("2027-02-11"), LAST)
    case.do(Trigger.RESUME, at=local("2027-02-01 09:00"))
    assert (case.appraisal.response_due, case.appraisal.response_by_law) == (day("2027-02-11"), LAST)


def test_days_that_were_over_before_a_suspension_do_not_begin_again() -> None:
    case = received()
    case.do(Trigger.AGREE, at=local("2027-01-12 09:00"))
    case.do(Trigger.SUSPEND, at=local("2027-02-15 09:00"))
    asked = context(case, "2027-03-01 09:00")
    assert put_off(asked, LAST) == LAST
    assert put_off(asked, day("2027-02-15")) == day("2027-03-01")


def test_a_receipt_recorded_seventeen_days_later_leaves_its_own_day_and_that_of_the_law_beside_it() -> None:
    case = case_in(Stage.FEEDBACK_MEETING, current())
    case.do(Trigger.DELIVER_RESULT, at=local("2027-01-04 10:00"))
    assert term_from(context(case, "2027-01-22 10:00"), day("2027-01-05")) == ResponseTerm(
        day("2027-01-22"), day("2027-01-19")
    )
    case.do(Trigger.RECORD_RECEIPT, at=local("2027-01-22 10:00"), received_on=day("2027-01-05"))
    event = case.do(Trigger.OBJECT, at=local("2027-01-22 16:00"))
    assert (event.late, event.late_by, event.late_by_law) == (True, 0, 3)


def test_a_scheme_without_days_of_response_has_no_term() -> None:
    case = received()
    stages = {stage: rule for stage, rule in case.rules.book.stages.items() if stage is not Stage.RESPONSE}
    case.rules = current(stages=stages)
    asked = context(case, "2027-01-20 09:00")
    assert (response_term(asked), term_from(asked, day("2027-01-11"))) == (None, None)


@given(last=st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1)), days=st.integers(-400, 400))
def test_an_objection_is_late_by_the_days_after_the_last_one(last: dt.date, days: int) -> None:
    assert days_late(last, last + dt.timedelta(days=days)) == max(0, days)
