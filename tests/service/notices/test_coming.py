"""What is still to come is what the ladder of the running deadline will write."""

import datetime as dt
from dataclasses import replace

import pytest

from schemes.loading import builtin_scheme
from service.notices.coming import coming
from states.appraisal import Appraisal, Deadline
from states.decide import advance
from states.events import RungReached
from states.national import national_calendar
from states.rule_context import RuleContext
from states.stages import CLOSED_STAGES, Stage
from tests.fixtures.cases import PLANNING_OPENS, REMINDED
from tests.service.snapshots import SNAPSHOT

RULES = RuleContext(builtin_scheme("nasional"), national_calendar(zone="Asia/Jakarta"))
DUE = dt.date(2026, 1, 20)
DRAFTING = replace(
    SNAPSHOT,
    stage=Stage.PLAN_DRAFTING,
    entered_at=PLANNING_OPENS,
    deadline=Deadline("plan-drafting", dt.date(2026, 1, 2), DUE),
)


def reached(appraisal: Appraisal, until: dt.datetime) -> list[str]:
    events, _ = advance(appraisal, until, RULES)
    return [event.name for event in events if isinstance(event, RungReached)]


def test_all_rungs_of_a_new_deadline_are_to_come_and_the_lapse_is_none() -> None:
    steps = coming(DRAFTING, RULES)
    assert {step.kind for step in steps} == {"reminder", "escalation"}
    assert steps == sorted(steps, key=lambda step: step.at)
    assert {step.due_on for step in steps} == {DUE}
    assert {step.provisional for step in steps} == {()}
    assert all(step.audience for step in steps)


def test_the_rungs_of_a_day_in_a_year_without_a_decree_name_the_year() -> None:
    report = replace(
        SNAPSHOT,
        stage=Stage.MIDYEAR_REPORT,
        entered_at=dt.datetime(2040, 7, 1, tzinfo=dt.UTC),
        deadline=Deadline("check-in-report", dt.date(2040, 7, 1), dt.date(2040, 7, 16)),
    )
    assert {step.provisional for step in coming(report, RULES)} == {(2040,)}


def test_what_is_to_come_comes() -> None:
    steps = coming(DRAFTING, RULES)
    assert reached(DRAFTING, steps[-1].at) == [step.name for step in steps]


def test_a_rung_that_was_reached_is_not_to_come_again() -> None:
    _, after = advance(DRAFTING, REMINDED, RULES)
    assert len(coming(after, RULES)) == len(coming(DRAFTING, RULES)) - 1


def test_nothing_is_to_come_without_a_deadline() -> None:
    assert coming(replace(DRAFTING, deadline=None), RULES) == []


@pytest.mark.parametrize("stage", sorted(CLOSED_STAGES))
def test_nothing_is_to_come_of_a_closed_case(stage: Stage) -> None:
    assert coming(replace(DRAFTING, stage=stage), RULES) == []
