"""The right to object is lost by nothing but a decision (PP 30/2019 art 59), under the national rules of today."""

import datetime as dt

import pytest

from states.errors import (
    ContentMissing,
    DomainError,
    ParameterInvalid,
    ResponseRunning,
    SettledByObjection,
    TooLate,
)
from states.rules import ObjectionRule
from states.stages import Capacity, Stage
from states.triggers import DismissalGround, Trigger
from tests.states.builders import CURRENT, case_in, current
from tests.states.objections import acknowledged, facts, heard, later


def test_who_has_signed_may_object_until_the_end_of_day_14() -> None:
    case = acknowledged()
    case.do(Trigger.AGREE, at=later(case, 1))
    event = case.do(Trigger.OBJECT, at=later(case, 14, "23:30"))
    assert (case.stage, facts(event)) == (Stage.OBJECTED, (False, 0, 0))


def test_who_has_signed_is_flagged_late_on_day_15_and_heard_all_the_same() -> None:
    case = acknowledged()
    case.do(Trigger.AGREE, at=later(case, 1))
    event = case.do(Trigger.OBJECT, at=later(case, 15))
    assert (case.stage, facts(event)) == (Stage.OBJECTED, (True, 1, 1))


def test_a_report_to_the_agency_does_not_end_the_days() -> None:
    case = acknowledged()
    case.do(Trigger.AGREE, at=later(case, 1))
    case.do(Trigger.FINALISE, Capacity.RATER, at=later(case, 2))
    event = case.do(Trigger.OBJECT, at=later(case, 14))
    assert (case.stage, facts(event)) == (Stage.OBJECTED, (False, 0, 0))


def test_what_was_reported_before_an_objection_is_not_owed_again_while_it_is_open() -> None:
    case = acknowledged()
    case.do(Trigger.AGREE, at=later(case, 1))
    case.do(Trigger.FINALISE, Capacity.RATER, at=later(case, 2))
    case.do(Trigger.OBJECT, at=later(case, 3))
    assert case.appraisal.duties == ()


def test_after_the_countersigning_an_objection_is_late_and_accepted() -> None:
    case = acknowledged().lapsed()
    case.do(Trigger.COUNTERSIGN, at=later(case, 20))
    event = case.do(Trigger.OBJECT, at=later(case, 21))
    assert (case.stage, facts(event)) == (Stage.OBJECTED, (True, 7, 7))


def test_a_suspension_by_hr_takes_nothing_away() -> None:
    case = acknowledged()
    case.do(Trigger.AGREE, at=later(case, 1))
    case.do(Trigger.SUSPEND, at=later(case, 2))
    event = case.do(Trigger.OBJECT, at=later(case, 14))
    assert (case.stage, facts(event)) == (Stage.OBJECTED, (False, 0, 0))
    assert case.appraisal.suspension is None


def test_days_that_stood_still_are_added_and_the_day_of_the_law_is_kept() -> None:
    case = acknowledged()
    case.do(Trigger.SUSPEND, at=later(case, 10))
    event = case.do(Trigger.OBJECT, at=later(case, 40))
    assert facts(event) == (True, 0, 26)


def test_a_signed_result_gets_back_the_days_of_a_suspension() -> None:
    case = acknowledged()
    case.do(Trigger.AGREE, at=later(case, 1))
    case.do(Trigger.SUSPEND, at=later(case, 2))
    case.do(Trigger.RESUME, at=later(case, 12))
    event = case.do(Trigger.OBJECT, at=later(case, 24))
    assert facts(event) == (True, 0, 10)


def test_only_a_scheme_that_refuses_late_ones_ends_the_right_with_its_days() -> None:
    case = case_in(Stage.RESPONSE, current(late_objection="refuse"))
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    case.do(Trigger.AGREE, at=later(case, 1))
    assert case.decide(Trigger.OBJECT, at=later(case, 14, "23:59"))
    with pytest.raises(TooLate):
        case.do(Trigger.OBJECT, at=later(case, 15, "00:00"))


def test_a_result_is_not_cancelled_while_its_days_run_signed_or_not() -> None:
    case = acknowledged()
    case.do(Trigger.AGREE, at=later(case, 1))
    with pytest.raises(ResponseRunning):
        case.do(Trigger.CANCEL, at=later(case, 14))
    assert case.decide(Trigger.CANCEL, at=later(case, 15))


def test_a_decision_on_an_objection_is_not_cancelled_before_its_report() -> None:
    case = heard()
    case.do(Trigger.UPHOLD_RESULT)
    with pytest.raises(SettledByObjection):
        case.do(Trigger.CANCEL, at=case.now + dt.timedelta(days=60))


def test_an_objection_within_an_extension_is_not_inadmissible_as_late() -> None:
    grounds = ObjectionRule(statements=CURRENT.objection.statements, dismissal_grounds=tuple(DismissalGround))
    case = case_in(Stage.RESPONSE, current(objection=grounds))
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    case.do(Trigger.EXTEND, until=case.due_on + dt.timedelta(days=7))
    case.do(Trigger.OBJECT, at=later(case, 16))
    with pytest.raises(ParameterInvalid):
        case.do(Trigger.DISMISS_OBJECTION, dismissal_ground=DismissalGround.LATE)
    case.do(Trigger.WITHDRAW_OBJECTION)
    case.do(Trigger.OBJECT, at=later(case, 30))
    assert case.decide(Trigger.DISMISS_OBJECTION, dismissal_ground=DismissalGround.LATE)


def test_the_first_receipt_begins_a_term_and_moves_none() -> None:
    case = case_in(Stage.RESPONSE, current())
    assert case.do(Trigger.ACKNOWLEDGE_RECEIPT).due_before is None


def test_a_withdrawn_objection_may_be_filed_again_within_the_days() -> None:
    case = acknowledged()
    case.do(Trigger.OBJECT, at=later(case, 1))
    case.do(Trigger.WITHDRAW_OBJECTION, at=later(case, 2))
    assert case.stage is Stage.REPORTING
    assert facts(case.do(Trigger.OBJECT, at=later(case, 14))) == (False, 0, 0)


def test_an_open_objection_is_not_filed_a_second_time_while_it_is_suspended() -> None:
    case = case_in(Stage.OBJECTED, current())
    case.do(Trigger.SUSPEND)
    with pytest.raises(DomainError, match="already"):
        case.do(Trigger.OBJECT)


def test_a_term_of_the_law_is_extended_on_a_named_basis_only() -> None:
    case = acknowledged()
    with pytest.raises(ContentMissing) as refused:
        case.do(Trigger.EXTEND, until=case.due_on + dt.timedelta(days=7), authority=None)
    assert refused.value.field == "authority"


def test_a_term_of_the_law_is_extended_no_further_than_the_scheme_says() -> None:
    case = acknowledged()
    assert case.decide(Trigger.EXTEND, until=case.due_on + dt.timedelta(days=30))
    with pytest.raises(ParameterInvalid) as refused:
        case.do(Trigger.EXTEND, until=case.due_on + dt.timedelta(days=31))
    assert refused.value.field == "until"


def test_extending_again_is_bounded_by_the_day_of_the_law_and_not_by_the_day_extended_to() -> None:
    case = acknowledged()
    by_law = case.due_on
    case.do(Trigger.EXTEND, until=by_law + dt.timedelta(days=20))
    with pytest.raises(ParameterInvalid):
        case.do(Trigger.EXTEND, until=by_law + dt.timedelta(days=31))


def test_an_extension_keeps_the_day_of_the_law_and_the_day_before_on_record() -> None:
    case = acknowledged()
    by_law = case.due_on
    event = case.do(Trigger.EXTEND, until=by_law + dt.timedelta(days=7))
    assert event.deadline is not None
    assert (event.deadline.due_on, event.deadline.by_law, event.due_before) == (
        by_law + dt.timedelta(days=7),
        by_law,
        by_law,
    )


def test_lateness_is_told_against_both_days() -> None:
    case = acknowledged()
    case.do(Trigger.EXTEND, until=case.due_on + dt.timedelta(days=7))
    assert facts(case.do(Trigger.OBJECT, at=later(case, 16))) == (True, 0, 2)


def test_an_agencys_own_term_needs_no_basis() -> None:
    case = case_in(Stage.PLAN_DRAFTING, current())
    until = case.due_on + dt.timedelta(days=60)
    case.do(Trigger.EXTEND, until=until, authority=None)
    assert case.due_on == until
