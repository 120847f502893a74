"""What ends an appointment to hand over a result: which events, and for whom what he made himself stands."""

import datetime as dt
from typing import Any

import pytest

from states.appointments import Ending, endings_of
from states.events import Acted, Lapsed
from states.stages import Capacity, Stage
from states.triggers import Trigger
from tests.states.builders import PEOPLE, case_in, current

RATER, OFFICER = PEOPLE[Capacity.RATER], PEOPLE[Capacity.HR]
AT = dt.datetime(2027, 1, 10, 3, tzinfo=dt.UTC)


def acted(trigger: Trigger, source: Stage, target: Stage | None = None, **more: Any) -> Acted:
    return Acted(AT, trigger, Capacity.HR, source, target or source, actor=OFFICER, **more)


@pytest.mark.parametrize(
    ("trigger", "source", "target"),
    (
        (Trigger.CANCEL, Stage.FEEDBACK_MEETING, Stage.CANCELLED),
        (Trigger.CANCEL, Stage.SUSPENDED, Stage.CANCELLED),
        (Trigger.RETURN_RATING, Stage.MODERATION, Stage.RATING),
        (Trigger.RETURN_SELF_ASSESSMENT, Stage.RATING, Stage.SELF_ASSESSMENT),
        (Trigger.REOPEN, Stage.FINALISED, Stage.RATING),
        (Trigger.REOPEN, Stage.REPORTING, Stage.OBJECTION_REVIEW),
        (Trigger.COUNTERSIGN, Stage.COUNTERSIGN, Stage.RESPONSE),
    ),
)
def test_a_result_that_is_not_handed_over_then_ends_every_appointment(
    trigger: Trigger, source: Stage, target: Stage
) -> None:
    assert endings_of([acted(trigger, source, target)]) == (Ending(AT, OFFICER),)


@pytest.mark.parametrize(
    ("trigger", "source", "target"),
    (
        (Trigger.RATE, Stage.RATING, Stage.FEEDBACK_MEETING),
        (Trigger.CONFIRM_RATING, Stage.MODERATION, Stage.FEEDBACK_MEETING),
        (Trigger.DELIVER_RESULT, Stage.FEEDBACK_MEETING, Stage.RESPONSE),
        (Trigger.LAPSE_DELIVERY, Stage.FEEDBACK_MEETING, Stage.COUNTERSIGN),
        (Trigger.SUSPEND, Stage.FEEDBACK_MEETING, Stage.SUSPENDED),
        (Trigger.COUNTERSIGN, Stage.COUNTERSIGN, Stage.FINALISED),
        (Trigger.EXTEND, Stage.FEEDBACK_MEETING, Stage.FEEDBACK_MEETING),
    ),
)
def test_what_goes_its_way_ends_none(trigger: Trigger, source: Stage, target: Stage) -> None:
    assert endings_of([acted(trigger, source, target)]) == ()


@pytest.mark.parametrize("trigger", (Trigger.REASSIGN, Trigger.NOTE_CHANGE, Trigger.DECLARE_CONFLICT))
def test_another_rater_ends_what_he_did_not_make_himself(trigger: Trigger) -> None:
    event = acted(trigger, Stage.RATING, assignee="dewi", assigned_capacity=Capacity.RATER)
    assert endings_of([event]) == (Ending(AT, OFFICER, still_with="dewi"),)


def test_the_answer_to_a_dispute_that_names_a_rater_is_about_the_rater() -> None:
    event = acted(Trigger.ANSWER_DISPUTE, Stage.SUSPENDED, Stage.RATING, assignee="dewi")
    assert endings_of([event]) == (Ending(AT, OFFICER, still_with="dewi"),)


def test_an_answer_that_confirms_the_rater_ends_none() -> None:
    assert endings_of([acted(Trigger.ANSWER_DISPUTE, Stage.SUSPENDED, Stage.RATING)]) == ()


def test_another_official_than_the_rater_is_of_no_account() -> None:
    event = acted(
        Trigger.REASSIGN,
        Stage.FEEDBACK_MEETING,
        assignee="dewi",
        assigned_capacity=Capacity.RATER_SUPERIOR,
    )
    assert endings_of([event]) == ()


@pytest.mark.parametrize("stage", (Stage.PLAN_REVIEW, Stage.SECOND_HALF, Stage.RESPONSE, Stage.AGREED))
def test_where_nothing_is_to_be_handed_over_another_rater_is_of_no_account(stage: Stage) -> None:
    event = acted(Trigger.REASSIGN, stage, assignee="dewi", assigned_capacity=Capacity.RATER)
    assert endings_of([event]) == ()


def test_a_day_that_passes_ends_none() -> None:
    assert endings_of([Lapsed(AT, "delivery", AT.date(), "escalate")]) == ()


def test_the_event_of_a_real_decision_ends_it() -> None:
    case = case_in(Stage.FEEDBACK_MEETING, current())
    (ending,) = endings_of([case.do(Trigger.CANCEL)])
    assert (ending.actor, ending.still_with) == (OFFICER, None)
