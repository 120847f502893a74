"""Receipt, silence and objection (PP 30/2019 arts 49, 50 and 59)."""

import datetime as dt

import pytest

from states.errors import (
    AlreadyRecorded,
    BothSidesNotHeard,
    ConflictOfInterest,
    ContentMissing,
    ParameterInvalid,
    TooEarly,
    TooLate,
)
from states.national import national_calendar
from states.rule_context import RuleContext
from states.stages import Capacity, Stage
from states.triggers import Outcome, Trigger
from tests.states.builders import NATIONAL, Case, case_in, day, local, patient, rules

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


def received_in(zone: str, **changes: object) -> Case:
    under = RuleContext(NATIONAL.model_copy(update=changes), national_calendar(range(2025, 2029), zone=zone))
    case = case_in(Stage.RESPONSE, under)
    case.do(Trigger.ACKNOWLEDGE_RECEIPT, at=local("2027-01-11 09:00", zone))
    return case


def test_receipt_starts_the_14_calendar_days() -> None:
    """Arts 49(3), 59(1)."""
    case = case_in(Stage.RESPONSE)
    assert case.appraisal.deadline is not None
    assert case.appraisal.deadline.rule == "receipt"
    event = case.do(Trigger.ACKNOWLEDGE_RECEIPT, at=local("2027-01-11 09:00"))
    assert event.deadline is not None
    assert (event.deadline.rule, event.deadline.started_on) == ("response", day("2027-01-11"))
    assert (event.deadline.due_on, case.appraisal.received_on) == (day("2027-01-25"), day("2027-01-11"))


def test_a_receipt_recorded_by_hr_counts_from_its_own_day() -> None:
    case = case_in(Stage.FEEDBACK_MEETING)
    case.do(Trigger.DELIVER_RESULT, at=local("2027-01-04 10:00"))
    case.do(Trigger.RECORD_RECEIPT, at=local("2027-01-12 10:00"), received_on=day("2027-01-06"))
    assert case.due_on == day("2027-01-20")


def test_a_receipt_recorded_after_its_14_days_leaves_the_day_of_the_recording() -> None:
    case = case_in(Stage.FEEDBACK_MEETING)
    case.do(Trigger.DELIVER_RESULT, at=local("2027-01-04 10:00"))
    recorded_at = local("2027-02-10 10:00")
    case.do(Trigger.RECORD_RECEIPT, at=recorded_at, received_on=day("2027-01-05"))
    assert case.due_on == day("2027-02-10")
    case.wake(local("2027-02-11 00:00"))
    assert (case.stage, case.appraisal.entered_at) == (Stage.COUNTERSIGN, local("2027-02-11 00:00"))
    assert [event.at for event in case.events] == sorted(event.at for event in case.events)


@pytest.mark.parametrize("received_on", (None, "2027-01-03", "2027-01-13"))
def test_a_receipt_before_the_delivery_or_in_the_future_is_refused(received_on: str | None) -> None:
    case = case_in(Stage.FEEDBACK_MEETING)
    case.do(Trigger.DELIVER_RESULT, at=local("2027-01-04 10:00"))
    with pytest.raises(ParameterInvalid, match="2027-01-04 to 2027-01-12") as refusal:
        case.do(
            Trigger.RECORD_RECEIPT,
            at=local("2027-01-12 10:00"),
            received_on=day(received_on) if received_on else None,
        )
    assert refusal.value.field == "received_on"


def test_receipt_is_evidenced_once() -> None:
    case = received_in("Asia/Jakarta")
    with pytest.raises(AlreadyRecorded):
        case.do(Trigger.RECORD_RECEIPT, received_on=day("2027-01-11"))


def test_who_answers_a_result_has_received_it() -> None:
    for answer in (Trigger.AGREE, Trigger.OBJECT):
        case = case_in(Stage.RESPONSE)
        assert case.do(answer, at=local("2027-01-11 09:00")).received_on == day("2027-01-11")
        assert case.appraisal.received_on == day("2027-01-11")


@pytest.mark.parametrize("zone", ZONES)
def test_an_objection_late_in_the_evening_of_day_14_is_in_time_in_every_zone(zone: str) -> None:
    case = received_in(zone)
    event = case.do(Trigger.OBJECT, at=local("2027-01-25 23:59:59", zone))
    assert (event.late, case.appraisal.objection_late, case.stage) == (False, False, Stage.OBJECTED)


@pytest.mark.parametrize("zone", ZONES)
def test_an_objection_on_day_15_is_flagged_late_in_every_zone(zone: str) -> None:
    """Not silently refused: art 59 says nothing about late ones."""
    case = received_in(zone)
    event = case.do(Trigger.OBJECT, at=local("2027-01-26 00:00", zone))
    assert (event.late, case.appraisal.objection_late, case.stage) == (True, True, Stage.OBJECTED)


@pytest.mark.parametrize(
    ("zone", "late"), (("Asia/Jakarta", False), ("Asia/Makassar", False), ("Asia/Jayapura", True))
)
def test_one_instant_is_in_time_in_the_west_and_late_in_the_east(zone: str, late: bool) -> None:
    case = received_in(zone)
    assert case.do(Trigger.OBJECT, at=local("2027-01-25 22:30", "Asia/Jakarta")).late is late


def test_a_late_objection_in_the_response_is_flagged_where_the_clock_only_waits() -> None:
    case = case_in(Stage.RESPONSE, patient())
    case.do(Trigger.ACKNOWLEDGE_RECEIPT, at=local("2027-01-11 09:00"))
    assert case.do(Trigger.OBJECT, at=local("2027-01-26 08:00")).late


def test_a_late_objection_is_refused_with_the_day_it_was_due_where_the_scheme_says_so() -> None:
    for under in (rules(late_objection="refuse"), patient(late_objection="refuse")):
        case = case_in(Stage.RESPONSE, under)
        case.do(Trigger.ACKNOWLEDGE_RECEIPT, at=local("2027-01-11 09:00"))
        with pytest.raises(TooLate, match="2027-01-25"):
            case.do(Trigger.OBJECT, at=local("2027-01-29 00:00"))


def test_an_objection_in_time_is_taken_where_late_ones_are_refused() -> None:
    case = received_in("Asia/Jakarta", late_objection="refuse")
    assert case.do(Trigger.OBJECT, at=local("2027-01-25 23:00")).target is Stage.OBJECTED


def test_an_objection_before_receipt_is_evidenced_is_never_late() -> None:
    case = case_in(Stage.RESPONSE).lapsed()
    assert not case.do(Trigger.OBJECT).late


def test_an_objection_comes_with_reasons() -> None:
    """Art 59(1)."""
    case = received_in("Asia/Jakarta")
    with pytest.raises(ContentMissing) as refusal:
        case.do(Trigger.OBJECT, document=None)
    assert refusal.value.field == "text"


def test_silence_past_14_days_goes_to_the_raters_superior_for_7_working_days() -> None:
    """Art 50."""
    case = received_in("Asia/Jakarta")
    case.wake(local("2027-01-26 00:00"))
    assert (case.stage, case.appraisal.entered_at) == (Stage.COUNTERSIGN, local("2027-01-26 00:00"))
    assert case.rules.calendar.working_days_between(day("2027-01-26"), case.due_on) == 7


def test_silence_without_evidenced_receipt_never_counts() -> None:
    case = case_in(Stage.RESPONSE)
    case.wake(local("2027-12-31 00:00"))
    assert case.stage is Stage.RESPONSE
    with pytest.raises(TooEarly):
        case.do(Trigger.LAPSE_RESPONSE, Capacity.HR)


def test_the_superior_who_countersigned_has_set_the_result() -> None:
    case = case_in(Stage.COUNTERSIGN)
    case.do(Trigger.COUNTERSIGN)
    assert case.appraisal.outcome is Outcome.COUNTERSIGNED
    assert case.appraisal.result_by == ("budi", "wati")


@pytest.mark.parametrize("stage", (Stage.OBJECTED, Stage.OBJECTION_REVIEW))
@pytest.mark.parametrize("trigger", (Trigger.ADMIT_OBJECTION, Trigger.DISMISS_OBJECTION, Trigger.HEAR_RATER))
def test_a_superior_who_stepped_in_as_rater_cannot_decide_the_objection(
    stage: Stage, trigger: Trigger
) -> None:
    """Arts 46(3) and 59, level by level."""
    case = case_in(Stage.RATING)
    case.do(Trigger.RATE, actor="wati")
    case.reach(stage)
    if (stage is Stage.OBJECTED) is (trigger is Trigger.HEAR_RATER) or (
        stage is Stage.OBJECTION_REVIEW and trigger is Trigger.ADMIT_OBJECTION
    ):
        return
    with pytest.raises(ConflictOfInterest):
        case.do(trigger, actor="wati")
    case.do(trigger, actor="joko")


def test_who_signed_on_delivery_cannot_decide_the_objection() -> None:
    """Art 49(2): the rater signs the result that is delivered."""
    case = case_in(Stage.FEEDBACK_MEETING)
    case.do(Trigger.DELIVER_RESULT, actor="wati")
    assert case.appraisal.result_by == ("budi", "wati")
    case.do(Trigger.OBJECT)
    with pytest.raises(ConflictOfInterest):
        case.do(Trigger.ADMIT_OBJECTION, actor="wati")


def test_neither_the_stand_in_nor_the_one_he_signed_for_decides_the_objection() -> None:
    """A stand-in acts by mandate: the responsibility stays with the giver (UU 30/2014 art 14(8))."""
    case = case_in(Stage.RATING)
    case.do(Trigger.RATE, actor="tono", on_behalf_of="wati")
    case.reach(Stage.OBJECTED)
    for actor, behalf in (("tono", None), ("wati", None), ("agus", "wati")):
        with pytest.raises(ConflictOfInterest):
            case.do(Trigger.ADMIT_OBJECTION, actor=actor, on_behalf_of=behalf)


def test_whoever_ever_rated_decides_no_objection_though_the_rating_was_returned_and_given_anew() -> None:
    case = case_in(Stage.MODERATION, rules(moderation=True))
    case.do(Trigger.RETURN_RATING)
    case.do(Trigger.RATE, actor="wati")
    case.do(Trigger.CONFIRM_RATING)
    assert case.appraisal.result_by == ("budi", "wati", "rina")
    case.do(Trigger.DELIVER_RESULT, actor="wati")
    case.do(Trigger.OBJECT)
    for actor in ("budi", "wati", "rina"):
        with pytest.raises(ConflictOfInterest):
            case.do(Trigger.ADMIT_OBJECTION, actor=actor)
    assert case.do(Trigger.ADMIT_OBJECTION).actor == "joko"


def test_one_who_rated_by_stepping_in_does_not_countersign_the_same_result() -> None:
    """Arts 46(3) and 50."""
    case = case_in(Stage.RATING)
    case.do(Trigger.RATE, actor="wati")
    case.reach(Stage.COUNTERSIGN)
    with pytest.raises(ConflictOfInterest):
        case.do(Trigger.COUNTERSIGN, actor="wati")
    assert case.do(Trigger.COUNTERSIGN, actor="gita").outcome is Outcome.COUNTERSIGNED


def test_both_sides_are_heard_before_the_decision_in_either_order() -> None:
    """Art 59(3)."""
    case = case_in(Stage.OBJECTION_REVIEW)
    case.do(Trigger.HEAR_RATER)
    with pytest.raises(BothSidesNotHeard):
        case.do(Trigger.UPHOLD_RESULT)
    case.do(Trigger.HEAR_EMPLOYEE)
    assert case.do(Trigger.UPHOLD_RESULT).outcome is Outcome.UPHELD


@pytest.mark.parametrize(
    ("trigger", "outcome"),
    (
        (Trigger.UPHOLD_RESULT, Outcome.UPHELD),
        (Trigger.CHANGE_RESULT, Outcome.CHANGED),
        (Trigger.DISMISS_OBJECTION, Outcome.INADMISSIBLE),
        (Trigger.WITHDRAW_OBJECTION, Outcome.WITHDRAWN),
    ),
)
def test_every_end_of_an_objection_is_final_and_named(trigger: Trigger, outcome: Outcome) -> None:
    case = case_in(Stage.OBJECTION_REVIEW)
    case.do(Trigger.HEAR_RATER)
    case.do(Trigger.HEAR_EMPLOYEE)
    case.do(trigger)
    assert (case.stage, case.appraisal.outcome) == (Stage.FINALISED, outcome)


def test_a_changed_result_is_set_by_the_officer() -> None:
    """Art 59(4)."""
    case = case_in(Stage.OBJECTION_REVIEW)
    case.do(Trigger.HEAR_RATER)
    case.do(Trigger.HEAR_EMPLOYEE)
    case.do(Trigger.CHANGE_RESULT)
    assert case.appraisal.result_by == ("budi", "joko")


def test_a_silent_officer_decides_nothing_by_silence() -> None:
    case = case_in(Stage.OBJECTION_REVIEW)
    case.wake(local("2030-01-01 00:00"))
    assert (case.stage, case.appraisal.outcome) == (Stage.OBJECTION_REVIEW, None)


def test_an_agreed_result_is_finalised_at_the_end_of_february() -> None:
    """Art 51(1): reported by the end of February."""
    case = received_in("Asia/Jakarta")
    case.do(Trigger.AGREE, at=local("2027-01-20 09:00"))
    case.wake(local("2027-02-28 23:59"))
    assert case.stage is Stage.AGREED
    case.wake(local("2027-03-01 00:00"))
    assert (case.stage, case.appraisal.outcome) == (Stage.FINALISED, Outcome.AGREED)


def test_an_open_objection_is_not_finalised_by_the_february_report() -> None:
    case = received_in("Asia/Jakarta")
    case.do(Trigger.OBJECT, at=local("2027-01-25 09:00"))
    case.wake(local("2027-03-01 00:00") + dt.timedelta(days=30))
    assert case.stage is Stage.OBJECTED
