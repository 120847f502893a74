"""A suspension stops the clock and keeps what was left of it, in the unit of the law."""

import datetime as dt
from collections.abc import Callable

import pytest

from states.agenda import agenda
from states.errors import ObjectionOpen
from states.events import Event, Lapsed, RungReached
from states.rule_context import RuleContext
from states.rules import Unit
from states.stage_groups import OBJECTION_STAGES
from states.stages import OPEN_STAGES, RUNNING_STAGES, Capacity, Stage
from states.triggers import Trigger
from tests.states.builders import (
    Case,
    case_in,
    current,
    day,
    deadline_changed,
    knowing,
    local,
    patient,
    rules,
)


def names(events: list[Event]) -> list[str]:
    return [event.name for event in events if isinstance(event, RungReached)]


def suspended_and_resumed(case: Case, suspended: str, resumed: str) -> Case:
    case.do(Trigger.SUSPEND, at=local(suspended))
    case.do(Trigger.RESUME, at=local(resumed))
    return case


def test_calendar_days_that_were_left_are_left_after_the_suspension() -> None:
    """Art 49(2): 14 calendar days for the delivery."""
    case = case_in(Stage.RATING)
    case.do(Trigger.RATE, at=local("2027-01-04 10:00"))
    assert case.due_on == day("2027-01-18")
    suspended_and_resumed(case, "2027-01-08 10:00", "2027-03-01 09:00")
    assert (case.stage, case.due_on) == (Stage.FEEDBACK_MEETING, day("2027-03-11"))


def test_working_days_that_were_left_are_left_after_the_suspension() -> None:
    """Ten working days for the report; Lebaran 2026 does not matter in July."""
    case = case_in(Stage.MIDYEAR_REPORT)
    assert case.due_on == day("2026-07-15")
    suspended_and_resumed(case, "2026-07-08 10:00", "2026-08-13 09:00")
    assert case.due_on == day("2026-08-21")


def test_a_fixed_date_moves_by_the_days_that_were_left() -> None:
    case = case_in(Stage.PLAN_DRAFTING)
    suspended_and_resumed(case, "2026-01-15 10:00", "2026-02-09 09:00")
    assert case.due_on == day("2026-02-14")


def test_months_keep_their_days() -> None:
    stages = deadline_changed(Stage.RATING, unit=Unit.MONTHS, length=1, date=None)
    case = case_in(Stage.SELF_ASSESSMENT, rules(stages=stages))
    case.do(Trigger.SUBMIT_SELF_ASSESSMENT, at=local("2026-12-16 09:00"))
    assert case.due_on == day("2027-01-16")
    suspended_and_resumed(case, "2027-01-10 09:00", "2027-02-01 09:00")
    assert case.due_on == day("2027-02-07")


def test_a_suspension_on_the_due_day_leaves_the_day_of_resumption() -> None:
    case = case_in(Stage.MIDYEAR_REPORT)
    suspended_and_resumed(case, "2026-07-15 10:00", "2026-08-03 09:00")
    assert case.due_on == day("2026-08-03")
    assert [type(event) for event in case.wake(local("2026-08-04 00:00"))] == [Lapsed]


def test_an_overdue_deadline_stays_overdue_by_as_much_and_lapses_once() -> None:
    case = case_in(Stage.MIDYEAR_REPORT)
    case.wake(local("2026-07-17 12:00"))
    suspended_and_resumed(case, "2026-07-17 12:00", "2026-08-05 09:00")
    assert case.appraisal.deadline is not None
    assert (case.due_on, case.appraisal.deadline.lapsed) == (day("2026-08-03"), True)
    caused = case.wake(local("2026-09-30 00:00"))
    assert names(caused) == ["h+3", "h+5"]
    assert not any(isinstance(event, Lapsed) for event in caused)


def test_the_record_of_a_suspension_tells_the_remainder() -> None:
    case = case_in(Stage.MIDYEAR_REPORT)
    assert case.do(Trigger.SUSPEND, at=local("2026-07-08 10:00")).remainder == 5
    overdue = case_in(Stage.MIDYEAR_REPORT)
    overdue.now = local("2026-07-17 12:00")
    assert overdue.do(Trigger.SUSPEND).remainder == -2


def test_while_suspended_only_the_review_of_the_suspension_is_due() -> None:
    case = case_in(Stage.PLAN_DRAFTING)
    case.do(Trigger.SUSPEND, at=local("2026-01-15 10:00"))
    assert (case.stage, case.due_on) == (Stage.SUSPENDED, day("2026-02-15"))
    caused = case.wake(local("2026-12-31 00:00"))
    assert {event.rule for event in caused if isinstance(event, RungReached | Lapsed)} == {
        "suspension-review"
    }
    assert case.stage is Stage.SUSPENDED


def test_resuming_restores_the_opening_day() -> None:
    case = case_in(Stage.FIRST_HALF)
    suspended_and_resumed(case, "2026-03-02 10:00", "2026-04-01 09:00")
    assert (case.stage, case.appraisal.opens_on) == (Stage.FIRST_HALF, day("2026-07-01"))
    assert agenda(case.appraisal, case.rules) == local("2026-07-01 00:00")


def test_an_opening_day_that_passed_during_the_suspension_opens_on_resumption() -> None:
    case = case_in(Stage.FIRST_HALF)
    suspended_and_resumed(case, "2026-06-02 10:00", "2026-08-03 09:00")
    opening = case.wake(local("2026-08-03 09:00"))[0]
    assert opening.at == local("2026-08-03 09:00")
    assert case.stage is Stage.MIDYEAR_REPORT


def test_a_suspension_of_the_response_keeps_the_days_since_receipt() -> None:
    """Art 59(1): 14 days from receipt, here four of them used."""
    case = case_in(Stage.RESPONSE)
    case.do(Trigger.ACKNOWLEDGE_RECEIPT, at=local("2027-01-04 10:00"))
    suspended_and_resumed(case, "2027-01-08 10:00", "2027-02-01 09:00")
    assert (case.stage, case.due_on) == (Stage.RESPONSE, day("2027-02-11"))
    assert case.appraisal.received_on == day("2027-01-04")
    case.wake(local("2027-02-12 00:00"))
    assert case.stage is Stage.COUNTERSIGN


def test_a_receipt_before_the_suspension_can_be_recorded_after_it() -> None:
    case = case_in(Stage.FEEDBACK_MEETING)
    case.do(Trigger.DELIVER_RESULT, at=local("2027-01-04 10:00"))
    suspended_and_resumed(case, "2027-01-05 10:00", "2027-02-01 09:00")
    recorded = case.do(Trigger.RECORD_RECEIPT, received_on=day("2027-01-04"))
    assert recorded.received_on == day("2027-01-04")


@pytest.mark.parametrize("stage", sorted(RUNNING_STAGES))
def test_every_running_stage_comes_back_as_it_was(stage: Stage) -> None:
    case = case_in(stage, knowing(stage))
    before = case.appraisal
    case.do(Trigger.SUSPEND)
    case.do(Trigger.RESUME)
    after = case.appraisal
    assert (after.stage, after.opens_on, after.suspension) == (stage, before.opens_on, None)
    assert (after.deadline is None) == (before.deadline is None)
    if after.deadline is not None and before.deadline is not None:
        assert (after.deadline.rule, after.deadline.due_on) == (before.deadline.rule, before.deadline.due_on)


def test_a_cancelled_suspension_leaves_nothing_behind() -> None:
    case = case_in(Stage.SUSPENDED)
    case.do(Trigger.CANCEL)
    assert (case.stage, case.appraisal.suspension) == (Stage.CANCELLED, None)


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES - {*OBJECTION_STAGES}))
def test_a_cancelled_case_never_wakes_again(stage: Stage) -> None:
    case = case_in(stage, knowing(stage))
    if case.appraisal.response_due is not None:
        case.wake(local(f"{case.appraisal.response_due + dt.timedelta(days=1)} 09:00"))
    case.do(Trigger.CANCEL, Capacity.HR)
    assert agenda(case.appraisal, case.rules) is None
    assert case.appraisal.duties == ()
    assert case.wake(local("2040-01-01 00:00")) == []


@pytest.mark.parametrize("under", (patient, current), ids=("version 2", "today"))
@pytest.mark.parametrize("stage", OBJECTION_STAGES)
def test_a_case_whose_objection_is_open_is_not_cancelled(
    stage: Stage, under: Callable[[], RuleContext]
) -> None:
    """Art 59(4): it ends with a decision."""
    case = case_in(stage, under())
    with pytest.raises(ObjectionOpen):
        case.do(Trigger.CANCEL, Capacity.HR)
    case.do(Trigger.SUSPEND)
    with pytest.raises(ObjectionOpen):
        case.do(Trigger.CANCEL, Capacity.HR)
