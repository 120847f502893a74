"""No dead ends, nobody waiting for nobody, and no clock that acts on its own."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.agenda import agenda
from states.events import Acted
from states.rule_context import RuleContext
from states.rules import Rulebook, StageRule
from states.stage_groups import AWAITING_STAGES
from states.stages import CLOSED_STAGES, HOLDERS, OPEN_STAGES, Capacity, Stage
from states.table import AUTOMATIC_TRIGGERS, OPENINGS, PERMISSIONS, TABLE
from tests.states.builders import (
    CURRENT,
    NATIONAL,
    Case,
    case_in,
    current,
    knowing,
    lapse_policy,
    local,
    rules,
)

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
    case = case_in(stage, knowing(stage))
    waits_on_the_clock = HOLDERS[stage] is Capacity.CLOCK
    assert (case.appraisal.opens_on is not None) is waits_on_the_clock
    assert (case.appraisal.deadline is not None) is not waits_on_the_clock
    assert agenda(case.appraisal, case.rules) is not None


def test_the_stages_that_wait_on_the_clock_are_those_with_an_opening() -> None:
    assert {stage for stage, holder in HOLDERS.items() if holder is Capacity.CLOCK} == set(OPENINGS)
    assert AWAITING_STAGES | set(OPENINGS) == OPEN_STAGES == set(HOLDERS)


def test_nothing_leaves_a_cancelled_case_and_a_final_one_is_objected_to_or_reopened_by_hr() -> None:
    """PP 30/2019 art 59(1): the days of an objection run on, whatever was signed and reported meanwhile."""
    leaving = {(row.source, row.trigger.value, row.by) for row in TABLE if row.source in CLOSED_STAGES}
    assert leaving == {
        (Stage.FINALISED, "object", frozenset({Capacity.EMPLOYEE})),
        (Stage.FINALISED, "reopen", frozenset({Capacity.HR})),
    }


def test_what_the_clock_may_do_is_opening_five_lapses_waiting_and_what_is_noted_of_a_receipt_or_a_plan_above() -> (
    None
):
    by_clock = {trigger.value for (_, trigger), by in PERMISSIONS.items() if Capacity.CLOCK in by}
    assert by_clock == {
        "note_superior_plan",
        "open_planning",
        "open_check_in",
        "open_evaluation",
        "proceed_to_rating",
        "lapse_delivery",
        "lapse_response",
        "finalise",
        "report_provisionally",
        "wait_for_return",
        "note_delivery",
        "note_bounce",
        "deem_received",
    }
    assert {trigger.value for trigger in AUTOMATIC_TRIGGERS} == {
        "proceed_to_rating",
        "lapse_delivery",
        "lapse_response",
        "finalise",
        "report_provisionally",
    }


@st.composite
def passive_stages(draw: st.DrawFn, book: Rulebook) -> Mapping[Stage, StageRule]:
    """The stages of ``book``, none of which a lapse leaves by itself."""
    stages = dict(book.stages)
    for stage in book.stages:
        policy = draw(st.sampled_from(("wait", "escalate")))
        stages |= {stage: lapse_policy(policy, book=book)[stage]}
    return stages


SINCE_VERSION_3 = frozenset({Stage.PLAN_SCREENING, Stage.REPORTING})


@st.composite
def passive_cases(draw: st.DrawFn) -> Case:
    """A case in any stage that awaits somebody, under a scheme that lets the clock do nothing."""
    stage = draw(st.sampled_from(sorted(AWAITING_STAGES)))
    moderation = stage is Stage.MODERATION or draw(st.booleans())
    under: RuleContext
    if stage in SINCE_VERSION_3 or draw(st.booleans()):
        screening = stage is Stage.PLAN_SCREENING or draw(st.booleans())
        stages = draw(passive_stages(CURRENT))
        under = current(stages=stages, moderation=moderation, plan_screening=screening)
    else:
        under = rules(stages=draw(passive_stages(NATIONAL)), moderation=moderation)
    return case_in(stage, under)


@given(case=passive_cases())
def test_no_timer_advances_a_case_unless_the_scheme_says_so(case: Case) -> None:
    stage = case.stage
    caused = case.wake(local("2035-01-01 00:00"))
    assert case.stage is stage
    assert not any(isinstance(event, Acted) for event in caused)
    assert agenda(case.appraisal, case.rules) is None


@given(stages=passive_stages(NATIONAL))
def test_only_opening_days_move_a_case_that_nobody_touches(stages: Mapping[Stage, StageRule]) -> None:
    case = Case(rules(stages=stages))
    caused = case.wake(local("2035-01-01 00:00"))
    assert [event.trigger for event in caused if isinstance(event, Acted)] == ["open_planning"]
    assert case.stage is Stage.PLAN_DRAFTING
