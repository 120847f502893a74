"""Which events are evidence of a receipt, and for which moment."""

import datetime as dt
from typing import Any

import pytest

from states.receipt import Evidence
from states.stages import Stage
from states.triggers import Trigger
from store.receipt.evidence import evidence_of
from tests.states.builders import CALENDAR, Case, case_in, day, local

DELIVERED = local("2027-01-04 10:00")
LATER = local("2027-01-12 09:00")


@pytest.fixture
def case() -> Case:
    """A case whose result was delivered on a Monday morning."""
    case = Case().reach(Stage.FEEDBACK_MEETING)
    case.do(Trigger.DELIVER_RESULT, at=DELIVERED)
    return case


def row(case: Case) -> dict[str, Any]:
    (found,) = evidence_of(case.events[-1], case.appraisal, CALENDAR)
    return found


@pytest.mark.parametrize(
    ("trigger", "level", "channel"),
    (
        (Trigger.NOTE_SEEN, "seen", "inbox"),
        (Trigger.ACKNOWLEDGE_RECEIPT, "acknowledged", ""),
        (Trigger.AGREE, "acknowledged", ""),
        (Trigger.OBJECT, "acknowledged", ""),
        (Trigger.RECORD_RECEIPT, "recorded", ""),
        (Trigger.NOTE_DELIVERY, "delivered", ""),
    ),
)
def test_what_shows_something_is_a_row_of_its_moment(
    case: Case, trigger: Trigger, level: str, channel: str
) -> None:
    case.do(trigger, at=LATER)
    assert row(case) == {
        "sequence": case.appraisal.sequence,
        "revision": 1,
        "level": level,
        "at": LATER.isoformat(),
        "channel": channel,
    }


def test_a_bounce_is_evidence_against_it(case: Case) -> None:
    case.do(Trigger.NOTE_DELIVERY, at=LATER)
    case.do(Trigger.NOTE_BOUNCE, at=LATER + dt.timedelta(hours=1))
    assert (row(case)["level"], dt.datetime.fromisoformat(row(case)["at"])) == (
        "bounced",
        LATER + dt.timedelta(hours=1),
    )


@pytest.mark.parametrize("evidence", (Evidence.RECORDED, Evidence.REFUSED))
def test_what_was_put_on_record_later_stands_at_noon_of_its_day(case: Case, evidence: Evidence) -> None:
    case.do(Trigger.RECORD_RECEIPT, at=LATER, received_on=day("2027-01-06"), evidence=evidence)
    assert row(case)["level"] == evidence
    assert dt.datetime.fromisoformat(row(case)["at"]) == local("2027-01-06 12:00")


def test_a_delivery_that_became_known_later_stands_at_noon_of_its_day(case: Case) -> None:
    case.do(Trigger.NOTE_DELIVERY, at=LATER, delivered_on=day("2027-01-07"))
    assert dt.datetime.fromisoformat(row(case)["at"]) == local("2027-01-07 12:00")


def test_an_answer_after_the_receipt_is_no_further_evidence(case: Case) -> None:
    case.do(Trigger.ACKNOWLEDGE_RECEIPT, at=LATER)
    case.do(Trigger.AGREE, at=LATER + dt.timedelta(hours=1))
    assert evidence_of(case.events[-1], case.appraisal, CALENDAR) == []


def test_a_result_that_was_reopened_has_evidence_of_its_own(case: Case) -> None:
    for trigger in (Trigger.AGREE, Trigger.FINALISE, Trigger.REOPEN, Trigger.RATE, Trigger.DELIVER_RESULT):
        case.do(trigger, at=LATER)
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    assert row(case)["revision"] == 2


@pytest.mark.parametrize(
    "stage", sorted({Stage.PLAN_REVIEW, Stage.RATING, Stage.COUNTERSIGN, Stage.CANCELLED})
)
def test_nothing_else_is_evidence(stage: Stage) -> None:
    case = case_in(stage)
    assert evidence_of(case.events[-1], case.appraisal, CALENDAR) == []
