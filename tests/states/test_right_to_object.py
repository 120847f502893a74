"""The right to object is lost by nothing but a decision (PP 30/2019 art 59), under the national rules of today."""

import datetime as dt

import pytest

from states.errors import (
    ConflictOfInterest,
    ContentMissing,
    DomainError,
    ObjectionOpen,
    ParameterInvalid,
    ResponseRunning,
    SettledByObjection,
    TooLate,
)
from states.events import Acted
from states.notices import Template, notices_of
from states.receipt_evidence import Evidence
from states.rules import ObjectionRule
from states.stages import Capacity, Stage
from states.triggers import DismissalGround, Outcome, Trigger
from tests.states.builders import CURRENT, Case, case_in, current, local


def acknowledged() -> Case:
    """The result was delivered on Monday 21 December 2026 and received on the same day: 14 days end on 4 January."""
    case = case_in(Stage.RESPONSE, current())
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    return case


def later(case: Case, days: int, hour: str = "10:00") -> dt.datetime:
    assert case.appraisal.received_on is not None
    day = case.appraisal.received_on + dt.timedelta(days=days)
    return local(f"{day} {hour}")


def facts(event: Acted) -> tuple[bool, int, int]:
    return event.late, event.late_by, event.late_by_law


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


# What HR records late, and what the employee says to it.


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


# More time.


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


# Heard means heard.


def examined() -> Case:
    return case_in(Stage.OBJECTION_REVIEW, current())


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


def heard() -> Case:
    case = examined()
    for trigger in (Trigger.ASK_EMPLOYEE, Trigger.ASK_RATER):
        case.do(trigger)
    for side in (Capacity.EMPLOYEE, Capacity.RATER):
        case.do(Trigger.GIVE_STATEMENT, side)
    return case


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


# Final is final.


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


# Who decides.


def objected_after(*steps: tuple[Trigger, Capacity, str]) -> Case:
    """An objection to a result in which these people had a part."""
    case = case_in(Stage.RATING, current(moderation=True))
    for trigger, capacity, actor in steps:
        case.do(trigger, capacity, actor=actor)
    case.do(Trigger.OBJECT)
    return case


RATED = (Trigger.RATE, Capacity.RATER, "budi")
CONFIRMED = (Trigger.CONFIRM_RATING, Capacity.HR, "rina")
DELIVERED = (Trigger.DELIVER_RESULT, Capacity.RATER, "budi")
STEPPED_IN = (Trigger.RATE, Capacity.RATER, "wati")
RETURNED = (Trigger.RETURN_RATING, Capacity.HR, "rina")


@pytest.mark.parametrize("person", ("budi", "wati", "rina"))
def test_who_stepped_in_or_confirmed_decides_nothing_also_where_the_rater_came_back(person: str) -> None:
    case = objected_after(STEPPED_IN, RETURNED, RATED, CONFIRMED, DELIVERED)
    with pytest.raises(ConflictOfInterest):
        case.do(Trigger.ADMIT_OBJECTION, actor=person)


def test_an_official_without_a_part_in_the_result_decides() -> None:
    case = objected_after(STEPPED_IN, RETURNED, RATED, CONFIRMED, DELIVERED)
    case.do(Trigger.ADMIT_OBJECTION, actor="joko")
    assert case.stage is Stage.OBJECTION_REVIEW


def test_who_had_a_stand_in_rate_for_him_decides_nothing_either() -> None:
    case = case_in(Stage.RATING, current())
    case.do(Trigger.RATE, actor="plh", on_behalf_of="budi")
    case.do(Trigger.DELIVER_RESULT, actor="plh")
    case.do(Trigger.OBJECT)
    with pytest.raises(ConflictOfInterest):
        case.do(Trigger.ADMIT_OBJECTION, actor="budi")


def test_who_took_part_in_an_earlier_result_stays_barred_after_a_reopening() -> None:
    case = case_in(Stage.FINALISED, current())
    case.do(Trigger.REOPEN)
    case.do(Trigger.RATE, actor="dewi")
    case.do(Trigger.DELIVER_RESULT, actor="dewi")
    case.do(Trigger.OBJECT)
    with pytest.raises(ConflictOfInterest):
        case.do(Trigger.ADMIT_OBJECTION, actor="budi")
