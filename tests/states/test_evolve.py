"""Snapshots from events."""

import dataclasses

import pytest

from states.events import Lapsed, Launched, RungReached
from states.evolve import evolve, launch
from states.rules import RungKind
from states.stages import Capacity, Stage
from states.triggers import Trigger
from tests.states.builders import LAUNCHED_AT, case_in, day, local

LAUNCHED = Launched(LAUNCHED_AT, "sari", 2026, "nasional@1", "id-2026", day("2026-01-02"))


def test_the_first_snapshot_waits_for_the_planning_window() -> None:
    appraisal = launch("case-1", LAUNCHED)
    assert (appraisal.id, appraisal.employee, appraisal.year) == ("case-1", "sari", 2026)
    assert (appraisal.rulebook, appraisal.calendar) == ("nasional@1", "id-2026")
    assert (appraisal.stage, appraisal.sequence) == (Stage.SCHEDULED, 1)
    assert (appraisal.entered_at, appraisal.opens_on) == (LAUNCHED_AT, day("2026-01-02"))


def test_an_appraisal_is_launched_once() -> None:
    with pytest.raises(ValueError, match="once"):
        evolve(launch("case-1", LAUNCHED), LAUNCHED)


def test_a_step_of_a_deadline_needs_a_deadline() -> None:
    lapsed = Lapsed(LAUNCHED_AT, "plan-set", day("2026-01-31"), "escalate")
    with pytest.raises(ValueError, match="where none runs"):
        evolve(launch("case-1", LAUNCHED), lapsed)


def test_every_event_adds_one_to_the_sequence() -> None:
    case = case_in(Stage.RESPONSE)
    assert case.appraisal.sequence == 1 + len(case.events)


def test_a_reminder_counts_one_step_and_a_lapse_marks_the_deadline() -> None:
    case = case_in(Stage.PLAN_REVIEW)
    before = case.appraisal.deadline
    assert before is not None
    rung = RungReached(
        local("2026-01-22 08:00"), before.rule, "h-7", RungKind.REMINDER, before.due_on, (Capacity.RATER,)
    )
    reminded = evolve(case.appraisal, rung)
    assert reminded.deadline == dataclasses.replace(before, passed=before.passed + 1)
    lapsed = evolve(reminded, Lapsed(local("2026-02-01 00:00"), before.rule, before.due_on, "escalate"))
    assert lapsed.deadline == dataclasses.replace(before, passed=before.passed + 2, lapsed=True)
    assert evolve(lapsed, rung).deadline == dataclasses.replace(before, passed=before.passed + 3, lapsed=True)


def test_a_snapshot_is_never_changed_in_place() -> None:
    case = case_in(Stage.PLAN_REVIEW)
    before, copy = case.appraisal, dataclasses.replace(case.appraisal)
    case.do(Trigger.APPROVE_PLAN)
    assert before == copy


def test_a_stage_that_is_left_takes_its_deadline_with_it() -> None:
    case = case_in(Stage.PLAN_REVIEW)
    case.do(Trigger.APPROVE_PLAN)
    assert (case.appraisal.deadline, case.appraisal.opens_on) == (None, day("2026-07-01"))


def test_an_action_within_a_stage_keeps_its_beginning_and_its_deadline() -> None:
    case = case_in(Stage.OBJECTION_REVIEW)
    before = case.appraisal
    case.do(Trigger.HEAR_RATER, at=local("2026-12-16 09:00"))
    assert (case.appraisal.entered_at, case.appraisal.deadline) == (before.entered_at, before.deadline)
    assert case.appraisal.heard == (Capacity.RATER,)


def test_a_suspension_keeps_all_that_stands_still() -> None:
    case = case_in(Stage.MIDYEAR_REPORT)
    before = case.appraisal
    case.do(Trigger.SUSPEND)
    kept = case.appraisal.suspension
    assert kept is not None
    assert (kept.source, kept.deadline, kept.remainder) == (Stage.MIDYEAR_REPORT, before.deadline, 10)
    assert case.appraisal.deadline != before.deadline


def test_a_result_that_one_person_rates_and_delivers_names_that_person_once() -> None:
    case = case_in(Stage.RESPONSE)
    assert case.appraisal.result_by == ("budi",)


def test_replaying_the_events_gives_the_same_snapshot() -> None:
    case = case_in(Stage.OBJECTION_REVIEW)
    replayed = case_in(Stage.SCHEDULED).appraisal
    for event in case.events:
        replayed = evolve(replayed, event)
    assert replayed == case.appraisal
