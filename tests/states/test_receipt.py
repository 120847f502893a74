"""What counts as receipt of a result, and from when its days run (PP 30/2019 arts 49(3) and 59(1))."""

from typing import Any

import pytest

from states.agenda import agenda
from states.codec import dump_event, load_event
from states.errors import AlreadyRecorded, ContentMissing, IllegalTransition, ParameterInvalid, TooEarly
from states.events import Acted, Lapsed
from states.evolve import evolve
from states.receipt_evidence import OFFICIAL, Evidence
from states.rule_context import RuleContext
from states.rules import DeemedAfter, ReceiptRule, Unit
from states.scripted.temperament import Temperament
from states.scripted.year import simulate_year
from states.stages import Capacity, Stage
from states.triggers import Outcome, Trigger
from tests.states.builders import Case, day, local, new_appraisal, rules
from tests.states.scripts import DEEMING


def delivered(receipt: ReceiptRule | None = None, at: str = "2027-01-04 10:00") -> Case:
    """A case whose result the rater has handed to the employee on a Monday."""
    under = rules() if receipt is None else rules(receipt=receipt)
    case = Case(under).reach(Stage.FEEDBACK_MEETING)
    case.do(Trigger.DELIVER_RESULT, at=local(at))
    return case


def acknowledging(**changes: Any) -> ReceiptRule:
    return ReceiptRule(starts_with=Evidence.ACKNOWLEDGED, **changes)


def started(case: Case) -> tuple[object, ...]:
    deadline = case.appraisal.deadline
    assert deadline is not None
    return case.appraisal.evidence, case.appraisal.received_on, deadline.rule, deadline.due_on


def test_nationally_the_opening_of_the_result_begins_the_14_days() -> None:
    case = delivered()
    event = case.do(Trigger.NOTE_SEEN, at=local("2027-01-06 21:30"))
    assert (event.evidence, event.received_on, event.actor) == (Evidence.SEEN, day("2027-01-06"), "sari")
    assert started(case) == (Evidence.SEEN, day("2027-01-06"), "response", day("2027-01-20"))


def test_a_second_opening_is_no_new_evidence() -> None:
    case = delivered()
    case.do(Trigger.NOTE_SEEN, at=local("2027-01-06 21:30"))
    with pytest.raises(AlreadyRecorded):
        case.do(Trigger.NOTE_SEEN, at=local("2027-01-07 08:00"))


def test_an_acknowledgement_after_the_opening_is_recorded_and_moves_no_date() -> None:
    case = delivered()
    case.do(Trigger.NOTE_SEEN, at=local("2027-01-06 21:30"))
    before = started(case)
    event = case.do(Trigger.ACKNOWLEDGE_RECEIPT, at=local("2027-01-08 09:00"))
    assert (event.evidence, event.received_on, event.deadline) == (Evidence.ACKNOWLEDGED, None, None)
    assert started(case) == before
    assert case.appraisal.acknowledged


def test_what_was_acknowledged_after_the_opening_is_not_acknowledged_again() -> None:
    case = delivered()
    case.do(Trigger.NOTE_SEEN)
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    with pytest.raises(AlreadyRecorded):
        case.do(Trigger.ACKNOWLEDGE_RECEIPT)


def test_where_only_an_acknowledgement_counts_an_opening_is_kept_and_begins_nothing() -> None:
    case = delivered(acknowledging())
    event = case.do(Trigger.NOTE_SEEN, at=local("2027-01-06 21:30"))
    assert (event.evidence, event.received_on, event.deadline) == (Evidence.SEEN, None, None)
    assert (case.appraisal.seen, case.appraisal.received_on) == (True, None)
    case.do(Trigger.ACKNOWLEDGE_RECEIPT, at=local("2027-01-08 09:00"))
    assert started(case) == (Evidence.ACKNOWLEDGED, day("2027-01-08"), "response", day("2027-01-22"))


def test_silence_after_an_opening_that_counts_goes_to_the_superior_after_14_days() -> None:
    case = delivered()
    case.do(Trigger.NOTE_SEEN, at=local("2027-01-06 21:30"))
    case.wake(local("2027-01-21 00:00"))
    assert (case.stage, case.appraisal.entered_at) == (Stage.COUNTERSIGN, local("2027-01-21 00:00"))


def test_silence_after_an_opening_that_does_not_count_leads_nowhere() -> None:
    case = delivered(acknowledging())
    case.do(Trigger.NOTE_SEEN, at=local("2027-01-06 21:30"))
    case.wake(local("2027-06-01 00:00"))
    assert (case.stage, case.appraisal.received_on) == (Stage.RESPONSE, None)


@pytest.mark.parametrize("answer", (Trigger.AGREE, Trigger.OBJECT))
def test_an_answer_is_an_acknowledgement(answer: Trigger) -> None:
    case = delivered()
    assert case.do(answer, at=local("2027-01-06 10:00")).evidence is Evidence.ACKNOWLEDGED
    assert case.appraisal.evidence is Evidence.ACKNOWLEDGED


def test_an_answer_after_the_receipt_is_no_further_evidence() -> None:
    case = delivered()
    case.do(Trigger.NOTE_SEEN, at=local("2027-01-06 21:30"))
    assert case.do(Trigger.AGREE, at=local("2027-01-07 10:00")).evidence is None
    assert case.appraisal.evidence is Evidence.SEEN


def test_a_receipt_recorded_by_hr_without_a_word_on_how_was_handed_over() -> None:
    case = delivered()
    event = case.do(Trigger.RECORD_RECEIPT, at=local("2027-01-12 10:00"), received_on=day("2027-01-06"))
    assert (event.evidence, event.document) == (Evidence.RECORDED, "text-1")
    assert started(case) == (Evidence.RECORDED, day("2027-01-06"), "response", day("2027-01-20"))


def test_a_refusal_before_a_witness_begins_the_14_days() -> None:
    case = delivered()
    event = case.do(
        Trigger.RECORD_RECEIPT,
        at=local("2027-01-12 10:00"),
        received_on=day("2027-01-11"),
        evidence=Evidence.REFUSED,
    )
    assert (event.evidence, event.document) == (Evidence.REFUSED, "text-1")
    assert started(case) == (Evidence.REFUSED, day("2027-01-11"), "response", day("2027-01-25"))


@pytest.mark.parametrize("evidence", OFFICIAL)
def test_neither_a_refusal_nor_a_handing_over_is_recorded_without_its_document(evidence: Evidence) -> None:
    case = delivered()
    with pytest.raises(ContentMissing):
        case.do(Trigger.RECORD_RECEIPT, evidence=evidence, document=None)


@pytest.mark.parametrize("evidence", sorted(set(Evidence) - set(OFFICIAL)))
def test_hr_does_not_record_what_only_the_employee_or_the_clock_can_show(evidence: Evidence) -> None:
    case = delivered()
    with pytest.raises(ParameterInvalid, match="Choose one of recorded, refused") as refusal:
        case.do(Trigger.RECORD_RECEIPT, evidence=evidence)
    assert refusal.value.field == "evidence"


@pytest.mark.parametrize("evidence", OFFICIAL)
def test_the_employee_may_still_acknowledge_what_hr_recorded(evidence: Evidence) -> None:
    case = delivered()
    case.do(Trigger.RECORD_RECEIPT, at=local("2027-01-05 10:00"), evidence=evidence)
    before = started(case)
    case.do(Trigger.ACKNOWLEDGE_RECEIPT, at=local("2027-01-06 10:00"))
    assert started(case) == before


def test_a_delivery_by_itself_begins_nothing() -> None:
    case = delivered()
    event = case.do(Trigger.NOTE_DELIVERY, at=local("2027-01-04 10:01"))
    assert (event.actor, event.capacity, event.delivered_on) == (None, Capacity.CLOCK, day("2027-01-04"))
    assert (case.appraisal.received_on, case.appraisal.delivered_on) == (None, day("2027-01-04"))
    assert case.appraisal.deemed_on is None
    case.wake(local("2027-06-01 00:00"))
    assert (case.stage, case.appraisal.received_on) == (Stage.RESPONSE, None)


def test_where_the_scheme_says_so_the_clock_deems_it_received_after_some_working_days() -> None:
    case = delivered(DEEMING)
    case.do(Trigger.NOTE_DELIVERY, at=local("2027-01-04 10:01"))
    assert case.appraisal.deemed_on == day("2027-01-12"), "the 5th is a holiday"
    case.wake(local("2027-01-12 23:59"))
    assert case.appraisal.received_on is None
    [event] = case.wake(local("2027-01-13 00:00"))
    assert isinstance(event, Acted)
    assert (event.trigger, event.capacity, event.actor) == (Trigger.DEEM_RECEIVED, Capacity.CLOCK, None)
    assert (event.at, event.received_on) == (local("2027-01-13 00:00"), day("2027-01-12"))
    assert started(case) == (Evidence.DEEMED, day("2027-01-12"), "response", day("2027-01-26"))


def test_days_that_the_scheme_counts_by_the_calendar_run_over_a_weekend() -> None:
    case = delivered(acknowledging(deemed_after=DeemedAfter(unit=Unit.CALENDAR_DAYS, length=5)))
    case.do(Trigger.NOTE_DELIVERY, at=local("2027-01-04 10:01"))
    assert case.appraisal.deemed_on == day("2027-01-09")


def test_whoever_acknowledges_on_the_last_day_is_not_deemed() -> None:
    case = delivered(DEEMING)
    case.do(Trigger.NOTE_DELIVERY, at=local("2027-01-04 10:01"))
    case.do(Trigger.ACKNOWLEDGE_RECEIPT, at=local("2027-01-12 23:59"))
    caused = case.wake(local("2027-01-13 00:00"))
    assert [event for event in caused if isinstance(event, Acted)] == []
    assert case.appraisal.evidence is Evidence.ACKNOWLEDGED


def test_the_employee_may_still_acknowledge_what_was_deemed() -> None:
    case = delivered(DEEMING)
    case.do(Trigger.NOTE_DELIVERY, at=local("2027-01-04 10:01"))
    case.wake(local("2027-01-13 00:00"))
    case.do(Trigger.ACKNOWLEDGE_RECEIPT, at=local("2027-01-13 09:00"))
    assert started(case)[:2] == (Evidence.DEEMED, day("2027-01-12"))
    assert case.appraisal.acknowledged


def test_without_evidenced_delivery_nothing_is_ever_deemed() -> None:
    case = delivered(DEEMING)
    case.wake(local("2027-06-01 00:00"))
    assert (case.stage, case.appraisal.received_on) == (Stage.RESPONSE, None)
    with pytest.raises(TooEarly):
        case.do(Trigger.DEEM_RECEIVED)


def test_a_bounce_takes_the_delivery_back() -> None:
    case = delivered(DEEMING)
    case.do(Trigger.NOTE_DELIVERY, at=local("2027-01-04 10:01"))
    case.do(Trigger.NOTE_BOUNCE, at=local("2027-01-05 10:00"))
    assert (case.appraisal.delivered_on, case.appraisal.deemed_on) == (None, None)
    case.wake(local("2027-06-01 00:00"))
    assert case.appraisal.received_on is None


def test_after_a_bounce_another_delivery_counts_from_its_own_day() -> None:
    case = delivered(DEEMING)
    case.do(Trigger.NOTE_DELIVERY, at=local("2027-01-04 10:01"))
    case.do(Trigger.NOTE_BOUNCE, at=local("2027-01-05 10:00"))
    case.do(Trigger.NOTE_DELIVERY, at=local("2027-01-06 10:00"))
    assert case.appraisal.deemed_on == day("2027-01-13")


def test_there_is_no_bounce_of_what_was_not_delivered() -> None:
    with pytest.raises(IllegalTransition):
        delivered().do(Trigger.NOTE_BOUNCE)


def test_a_bounce_after_the_receipt_changes_nothing() -> None:
    case = delivered(DEEMING)
    case.do(Trigger.NOTE_DELIVERY, at=local("2027-01-04 10:01"))
    case.do(Trigger.ACKNOWLEDGE_RECEIPT, at=local("2027-01-05 09:00"))
    with pytest.raises(AlreadyRecorded):
        case.do(Trigger.NOTE_BOUNCE, at=local("2027-01-05 10:00"))


def test_what_he_has_opened_has_been_delivered_and_no_bounce_takes_it_back() -> None:
    case = delivered(DEEMING)
    case.do(Trigger.NOTE_SEEN, at=local("2027-01-05 09:00"))
    assert (case.appraisal.delivered_on, case.appraisal.deemed_on) == (day("2027-01-05"), day("2027-01-12"))
    with pytest.raises(AlreadyRecorded):
        case.do(Trigger.NOTE_BOUNCE, at=local("2027-01-05 10:00"))


def test_a_delivery_that_becomes_known_late_deems_nothing_in_the_past() -> None:
    case = delivered(DEEMING)
    case.do(Trigger.NOTE_DELIVERY, at=local("2027-02-01 10:00"), delivered_on=day("2027-01-04"))
    assert case.appraisal.deemed_on == day("2027-02-01")
    case.wake(local("2027-02-02 00:00"))
    assert case.appraisal.received_on == day("2027-02-01")
    assert [event.at for event in case.events] == sorted(event.at for event in case.events)


@pytest.mark.parametrize("delivered_on", (None, "2027-01-03", "2027-01-06"))
def test_a_delivery_before_the_result_or_in_the_future_is_refused(delivered_on: str | None) -> None:
    case = delivered()
    with pytest.raises(ParameterInvalid, match="2027-01-04 to 2027-01-05") as refusal:
        case.do(
            Trigger.NOTE_DELIVERY,
            at=local("2027-01-05 10:00"),
            delivered_on=day(delivered_on) if delivered_on else None,
        )
    assert refusal.value.field == "delivered_on"


def test_a_suspension_stops_the_days_and_they_count_anew_afterwards() -> None:
    case = delivered(DEEMING)
    case.do(Trigger.NOTE_DELIVERY, at=local("2027-01-04 10:01"))
    case.do(Trigger.SUSPEND, at=local("2027-01-05 10:00"))
    case.wake(local("2027-02-01 08:00"))
    assert case.appraisal.received_on is None
    case.do(Trigger.RESUME, at=local("2027-02-01 10:00"))
    assert case.appraisal.deemed_on == day("2027-02-09")


def test_receipt_is_deemed_before_a_lapse_of_the_same_moment() -> None:
    """Both lie at the end of a day; what is received is not waited for any longer."""
    case = delivered(acknowledging(deemed_after=DeemedAfter(unit=Unit.WORKING_DAYS, length=3)))
    case.do(Trigger.NOTE_DELIVERY, at=local("2027-01-04 10:01"))
    assert case.due_on == case.appraisal.deemed_on == day("2027-01-08")
    caused = case.wake(local("2027-01-09 00:00"))
    assert not any(isinstance(event, Lapsed) for event in caused)
    assert case.appraisal.evidence is Evidence.DEEMED


def test_the_agenda_wakes_at_the_end_of_the_last_day() -> None:
    case = delivered(acknowledging(deemed_after=DeemedAfter(unit=Unit.WORKING_DAYS, length=1)))
    case.do(Trigger.NOTE_DELIVERY, at=local("2027-01-04 10:01"))
    case.wake(local("2027-01-06 23:00"))
    assert agenda(case.appraisal, case.rules) == local("2027-01-07 00:00")


def test_a_reopened_result_is_received_anew() -> None:
    case = delivered(DEEMING)
    case.do(Trigger.NOTE_DELIVERY)
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    case.do(Trigger.AGREE)
    case.do(Trigger.FINALISE)
    case.do(Trigger.REOPEN)
    after = case.appraisal
    assert (after.received_on, after.evidence, after.acknowledged) == (None, None, False)
    assert (after.seen, after.delivered_on, after.deemed_on) == (False, None, None)


def test_an_old_event_of_a_receipt_still_gives_its_old_snapshot() -> None:
    case = delivered()
    body = {
        "at": "2027-01-06T03:00:00Z",
        "trigger": "acknowledge_receipt",
        "capacity": "employee",
        "actor": "sari",
        "source": "response",
        "target": "response",
        "received_on": "2027-01-06",
        "deadline": {"rule": "response", "started_on": "2027-01-06", "due_on": "2027-01-20"},
    }
    event = load_event("acted", body)
    assert dump_event(event) == body
    case.appraisal = evolve(case.appraisal, event)
    assert (case.appraisal.received_on, case.appraisal.evidence) == (day("2027-01-06"), None)
    case.now = local("2027-01-07 09:00")
    with pytest.raises(AlreadyRecorded):
        case.do(Trigger.ACKNOWLEDGE_RECEIPT)


@pytest.mark.parametrize("number", range(12))
def test_an_absent_employee_is_deemed_to_have_received_it_in_a_simulated_year(number: int) -> None:
    under: RuleContext = rules(receipt=DEEMING)
    people: dict[Capacity, str] = {
        capacity: f"{capacity}-{number}" for capacity in Capacity if capacity is not Capacity.CLOCK
    }
    mix = {Temperament.ABSENT: 1.0}
    simulation = simulate_year(new_appraisal(under, identity=f"case-{number}"), under, people, mix)
    acts = [event for event in simulation.events if isinstance(event, Acted)]
    if simulation.appraisal.outcome is None:
        return  # cancelled, or it ended before its result
    deemed = [event for event in acts if event.trigger is Trigger.DEEM_RECEIVED]
    assert deemed
    assert not any(event.trigger is Trigger.RECORD_RECEIPT for event in acts)
    assert simulation.appraisal.outcome is Outcome.COUNTERSIGNED
