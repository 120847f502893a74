"""Which events leave receipt evidence, for which moment, and which of it is the strongest."""

import datetime as dt
from dataclasses import replace

import pytest

from states.events import RungReached
from states.receipt_evidence import Evidence, Level, ProviderWord
from states.receipt_record import Known, ReceiptRecord, receipt_record, receipt_snapshot, strongest
from states.rules import RungKind
from states.stages import Capacity, Stage
from states.triggers import Trigger
from tests.states.builders import CALENDAR, Case, case_in, day, local

DELIVERED = local("2027-01-04 10:00")
LATER = local("2027-01-12 09:00")


@pytest.fixture
def case() -> Case:
    """A case whose result was delivered on a Monday morning."""
    case = Case().reach(Stage.FEEDBACK_MEETING)
    case.do(Trigger.DELIVER_RESULT, at=DELIVERED)
    return case


def left(case: Case) -> ReceiptRecord:
    """What the last event leaves on record."""
    found = receipt_record(case.events[-1], case.appraisal, CALENDAR)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("trigger", "level", "in_the_inbox"),
    (
        (Trigger.NOTE_SEEN, "seen", True),
        (Trigger.ACKNOWLEDGE_RECEIPT, "acknowledged", False),
        (Trigger.AGREE, "acknowledged", False),
        (Trigger.OBJECT, "acknowledged", False),
        (Trigger.RECORD_RECEIPT, "recorded", False),
        (Trigger.NOTE_DELIVERY, "delivered", False),
    ),
)
def test_what_shows_something_is_recorded_for_its_moment(
    case: Case, trigger: Trigger, level: str, in_the_inbox: bool
) -> None:
    case.do(trigger, at=LATER)
    assert left(case) == (case.appraisal.sequence, 1, level, LATER, in_the_inbox)


def test_a_bounce_is_evidence_against_it(case: Case) -> None:
    case.do(Trigger.NOTE_DELIVERY, at=LATER)
    case.do(Trigger.NOTE_BOUNCE, at=LATER + dt.timedelta(hours=1))
    assert (left(case).level, left(case).at) == ("bounced", LATER + dt.timedelta(hours=1))


@pytest.mark.parametrize("evidence", (Evidence.RECORDED, Evidence.REFUSED))
def test_what_was_put_on_record_later_stands_at_noon_of_its_day(case: Case, evidence: Evidence) -> None:
    case.do(Trigger.RECORD_RECEIPT, at=LATER, received_on=day("2027-01-06"), evidence=evidence)
    assert left(case).level == evidence
    assert left(case).at == local("2027-01-06 12:00")


def test_a_delivery_that_became_known_later_stands_at_noon_of_its_day(case: Case) -> None:
    case.do(Trigger.NOTE_DELIVERY, at=LATER, delivered_on=day("2027-01-07"))
    assert left(case).at == local("2027-01-07 12:00")


def test_an_answer_after_the_receipt_is_no_further_evidence(case: Case) -> None:
    case.do(Trigger.ACKNOWLEDGE_RECEIPT, at=LATER)
    case.do(Trigger.AGREE, at=LATER + dt.timedelta(hours=1))
    assert receipt_record(case.events[-1], case.appraisal, CALENDAR) is None


def test_a_result_that_was_reopened_has_evidence_of_its_own(case: Case) -> None:
    for trigger in (Trigger.AGREE, Trigger.FINALISE, Trigger.REOPEN, Trigger.RATE, Trigger.DELIVER_RESULT):
        case.do(trigger, at=LATER)
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    assert left(case).revision == 2


@pytest.mark.parametrize(
    "stage", sorted({Stage.PLAN_REVIEW, Stage.RATING, Stage.COUNTERSIGN, Stage.CANCELLED})
)
def test_nothing_else_is_evidence(stage: Stage) -> None:
    case = case_in(stage)
    assert receipt_record(case.events[-1], case.appraisal, CALENDAR) is None


def test_a_reminder_is_no_evidence(case: Case) -> None:
    reminder = RungReached(
        LATER, "response", "h-3", RungKind.REMINDER, day("2027-01-15"), (Capacity.EMPLOYEE,)
    )
    assert receipt_record(reminder, case.appraisal, CALENDAR) is None


def test_a_bounce_takes_back_the_delivery_and_the_day_of_deeming_alone(case: Case) -> None:
    case.do(Trigger.NOTE_DELIVERY, at=LATER)
    assert receipt_snapshot(case.do(Trigger.NOTE_BOUNCE)) == {"delivered_on": None, "deemed_on": None}


def test_an_opening_is_noted_and_begins_the_days(case: Case) -> None:
    assert receipt_snapshot(case.do(Trigger.NOTE_SEEN, at=LATER)) == {
        "received_on": day("2027-01-12"),
        "evidence": Evidence.SEEN,
        "seen": True,
    }


def test_a_reopening_leaves_nothing_of_the_receipt(case: Case) -> None:
    for trigger in (Trigger.AGREE, Trigger.FINALISE, Trigger.REOPEN):
        event = case.do(trigger, at=LATER)
    left_over = receipt_snapshot(event)
    assert set(left_over) == {
        "received_on",
        "evidence",
        "acknowledged",
        "seen",
        "delivered_on",
        "deemed_on",
        "receipt_disputed",
        "receipt_confirmed",
        "response_due",
        "response_by_law",
    }
    assert not any(left_over.values())
    assert (case.appraisal.response_due, case.appraisal.response_by_law) == (None, None)


def test_what_has_nothing_to_do_with_the_receipt_changes_nothing_of_it(case: Case) -> None:
    assert receipt_snapshot(case.do(Trigger.REASSIGN, at=LATER)) == {}


KNOWN = (
    Known(ProviderWord.DELIVERED, day("2027-01-04")),
    Known(Evidence.SEEN, day("2027-01-06")),
    Known(Evidence.ACKNOWLEDGED, day("2027-01-08")),
    Known(ProviderWord.BOUNCED, day("2027-01-09")),
)


def test_what_began_the_days_is_the_strongest_whatever_came_after_it(case: Case) -> None:
    case.do(Trigger.NOTE_SEEN, at=local("2027-01-06 10:00"))
    assert strongest(case.appraisal, KNOWN) == (Evidence.SEEN, day("2027-01-06"))


@pytest.mark.parametrize("count", range(1, len(KNOWN) + 1))
def test_before_the_days_have_begun_the_last_that_is_known_is_shown(case: Case, count: int) -> None:
    assert strongest(case.appraisal, KNOWN[:count]) == KNOWN[count - 1]


def test_where_nothing_is_known_nothing_is_shown(case: Case) -> None:
    assert strongest(case.appraisal, ()) == (None, None)


@pytest.mark.parametrize(
    ("count", "level"), ((0, None), (1, None), (2, Evidence.SEEN), (3, Evidence.SEEN), (4, Evidence.SEEN))
)
def test_of_days_that_began_before_evidence_was_told_apart_the_first_receipt_is_named(
    case: Case, count: int, level: Level | None
) -> None:
    old = replace(case.appraisal, received_on=day("2027-01-05"))
    assert strongest(old, KNOWN[:count]) == (level, day("2027-01-05"))
