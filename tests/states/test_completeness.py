"""No dead ends, nobody waiting for nobody, and no clock that acts on its own."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.agenda import agenda
from states.events import Acted
from states.rules import StageRule
from states.stages import CLOSED_STAGES, HOLDERS, OPEN_STAGES, Capacity, Stage
from states.table import AUTOMATIC_TRIGGERS, AWAITING_STAGES, OPENINGS, PERMISSIONS, TABLE
from tests.states.builders import NATIONAL, Case, case_in, lapse_policy, local, patient, rules

PEOPLE_ONLY = frozenset(Capacity) - {Capacity.CLOCK}


def reachable(start: Stage, by: frozenset[Capacity] = frozenset(Capacity)) -> set[Stage]:
    found, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        for row in TABLE:
            if row.source is here and row.target not in found and row.by & by:
                found.add(row.target)
                ahead.append(row.target)
    return found


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
def test_every_open_stage_can_be_finalised_and_cancelled(stage: Stage) -> None:
    assert reachable(stage) >= CLOSED_STAGES


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
def test_people_alone_can_finalise_every_open_stage(stage: Stage) -> None:
    assert reachable(stage, PEOPLE_ONLY) >= CLOSED_STAGES


def test_every_stage_is_reachable_from_the_launch() -> None:
    assert reachable(Stage.SCHEDULED) == set(Stage)


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
def test_in_every_open_stage_the_holder_has_a_trigger_that_leaves(stage: Stage) -> None:
    holder = HOLDERS[stage]
    assert any(row.source is stage and row.target is not stage and holder in row.by for row in TABLE)


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
def test_every_open_stage_has_a_deadline_or_an_opening_day_in_the_national_scheme(stage: Stage) -> None:
    case = case_in(stage, patient(moderation=stage is Stage.MODERATION))
    waits_on_the_clock = HOLDERS[stage] is Capacity.CLOCK
    assert (case.appraisal.opens_on is not None) is waits_on_the_clock
    assert (case.appraisal.deadline is not None) is not waits_on_the_clock
    assert agenda(case.appraisal, case.rules) is not None


def test_the_stages_that_wait_on_the_clock_are_those_with_an_opening() -> None:
    assert {stage for stage, holder in HOLDERS.items() if holder is Capacity.CLOCK} == set(OPENINGS)
    assert AWAITING_STAGES | set(OPENINGS) == OPEN_STAGES == set(HOLDERS)


def test_nothing_leaves_a_cancelled_case_and_only_hr_reopens_a_final_one() -> None:
    leaving = {(row.source, row.trigger.value, row.by) for row in TABLE if row.source in CLOSED_STAGES}
    assert leaving == {(Stage.FINALISED, "reopen", frozenset({Capacity.HR}))}


def test_what_the_clock_may_do_is_opening_three_lapses_and_what_is_noted_of_a_receipt() -> None:
    by_clock = {trigger.value for (_, trigger), by in PERMISSIONS.items() if Capacity.CLOCK in by}
    assert by_clock == {
        "open_planning",
        "open_check_in",
        "open_evaluation",
        "proceed_to_rating",
        "lapse_response",
        "finalise",
        "note_delivery",
        "note_bounce",
        "deem_received",
    }
    assert {trigger.value for trigger in AUTOMATIC_TRIGGERS} == {
        "proceed_to_rating",
        "lapse_response",
        "finalise",
    }


@st.composite
def passive_stages(draw: st.DrawFn) -> Mapping[Stage, StageRule]:
    stages = dict(NATIONAL.stages)
    for stage in NATIONAL.stages:
        policy = draw(st.sampled_from(("wait", "escalate")))
        stages |= {stage: lapse_policy(policy)[stage]}
    return stages


@given(stages=passive_stages(), stage=st.sampled_from(sorted(AWAITING_STAGES)), moderation=st.booleans())
def test_no_timer_advances_a_case_unless_the_scheme_says_so(
    stages: Mapping[Stage, StageRule], stage: Stage, moderation: bool
) -> None:
    case = case_in(stage, rules(stages=stages, moderation=moderation or stage is Stage.MODERATION))
    caused = case.wake(local("2035-01-01 00:00"))
    assert case.stage is stage
    assert not any(isinstance(event, Acted) for event in caused)
    assert agenda(case.appraisal, case.rules) is None


@given(stages=passive_stages())
def test_only_opening_days_move_a_case_that_nobody_touches(stages: Mapping[Stage, StageRule]) -> None:
    case = Case(rules(stages=stages))
    caused = case.wake(local("2035-01-01 00:00"))
    assert [event.trigger for event in caused if isinstance(event, Acted)] == ["open_planning"]
    assert case.stage is Stage.PLAN_DRAFTING
