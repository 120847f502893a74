"""What the engine is told of a case, and which words it takes at their word."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.agenda import agenda
from states.clock import IDENTITY, Clock, Segment
from states.following import (
    STEPS,
    Position,
    continues,
    position_of,
    step_from_text,
    step_text,
    wake_at,
)
from states.stages import CLOSED_STAGES, Stage
from states.table import TABLE
from tests.states.builders import LAUNCHED_AT, new_appraisal, rules

NOON = dt.datetime(2026, 1, 20, 5, tzinfo=dt.UTC)

positions = st.builds(
    Position,
    st.integers(1, 999_999),
    st.sampled_from(Stage),
    st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
    st.none() | st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)),  # noqa: DTZ001  # the zone is given beside
)


@given(positions)
def test_a_position_comes_back_from_its_text_and_never_wakes_earlier(position: Position) -> None:
    read = Position.from_text(position.to_text())
    assert read is not None
    assert (read.sequence, read.stage, read.due_on) == (position.sequence, position.stage, position.due_on)
    if position.wake_at is None:
        assert read.wake_at is None
    else:
        assert read.wake_at is not None
        assert dt.timedelta(0) <= read.wake_at - position.wake_at < dt.timedelta(milliseconds=1)


@given(positions, st.none() | st.integers(0, 999_999))
def test_a_step_comes_back_with_the_event_after_which_it_comes(position: Position, after: int | None) -> None:
    read, known = step_from_text(step_text(after, position))
    assert known == after
    assert read == Position.from_text(position.to_text())


def test_a_whole_second_is_written_without_its_fraction() -> None:
    assert Position(3, Stage.PLAN_REVIEW, dt.date(2026, 1, 31), NOON).to_text() == (
        "3 plan_review 2026-01-31 2026-01-20T05:00:00Z"
    )


@pytest.mark.parametrize(
    "told",
    (
        None,
        3,
        "",
        "3",
        "3 plan_review -",
        "3 plan_review - - -",
        "x plan_review - -",
        "-1 plan_review - -",
        "1.5 plan_review - -",
        "٣ plan_review - -",
        "3 PLAN_REVIEW - -",
        "3 plan_review 2026-02-30 -",
        "3 plan_review - yesterday",
        "3 plan_review - 2026-01-20T05:00:00",
        "12345678901 plan_review - -",
        b"3 plan_review - -",
        ["3 plan_review - -"],
    ),
    ids=str,
)
def test_whatever_else_arrives_is_no_position(told: Any) -> None:
    assert Position.from_text(told) is None


@given(st.text() | st.binary() | st.integers() | st.none())
def test_nothing_that_arrives_raises(told: object) -> None:
    step_from_text(told)
    Position.from_text(told)


def test_every_row_of_the_lifecycle_is_a_step() -> None:
    assert {(row.source, row.target) for row in TABLE} <= STEPS


def test_a_closed_case_takes_no_step_of_its_own() -> None:
    assert not any((stage, stage) in STEPS for stage in CLOSED_STAGES)


def known(sequence: int = 3, stage: Stage = Stage.PLAN_REVIEW) -> Position:
    return Position(sequence, stage)


def test_the_next_step_continues() -> None:
    assert continues(known(), known(4, Stage.FIRST_HALF), 3)


def test_a_step_of_several_events_continues() -> None:
    assert continues(known(), known(6, Stage.FIRST_HALF), 3)


@pytest.mark.parametrize("after", (None, 2, 4))
def test_a_step_after_another_event_does_not_continue(after: int | None) -> None:
    assert not continues(known(), known(5, Stage.FIRST_HALF), after)


@pytest.mark.parametrize("sequence", (1, 3))
def test_a_step_that_leads_back_does_not_continue(sequence: int) -> None:
    assert not continues(known(), known(sequence, Stage.FIRST_HALF), 3)


def test_a_step_that_the_lifecycle_does_not_know_does_not_continue() -> None:
    assert not continues(known(), known(4, Stage.OBJECTED), 3)


def test_the_engine_wakes_after_the_legal_instant_within_the_spread() -> None:
    given = rules()
    appraisal = new_appraisal(given)
    legal, wakes = agenda(appraisal, given), wake_at(appraisal, given, IDENTITY, LAUNCHED_AT)
    assert legal is not None
    assert wakes is not None
    assert dt.timedelta(0) <= wakes - legal <= IDENTITY.wake_spread() + dt.timedelta(seconds=1)


def test_a_wake_that_is_over_is_not_put_off() -> None:
    given = rules()
    appraisal = new_appraisal(given)
    legal = agenda(appraisal, given)
    assert legal is not None
    assert wake_at(appraisal, given, IDENTITY, legal) == legal


def test_in_production_the_engine_wakes_at_whole_seconds() -> None:
    given = rules()
    wakes = wake_at(new_appraisal(given), given, IDENTITY, LAUNCHED_AT)
    assert wakes is not None
    assert wakes.microsecond == 0


def test_in_a_rehearsal_the_engine_wakes_in_real_time() -> None:
    given = rules()
    appraisal = new_appraisal(given)
    clock = Clock((Segment(NOON, dt.datetime(2025, 12, 1, tzinfo=dt.UTC), 1_000_000.0),))
    legal, wakes = agenda(appraisal, given), wake_at(appraisal, given, clock, LAUNCHED_AT)
    assert legal is not None
    assert wakes is not None
    assert NOON <= clock.real(legal) <= wakes < NOON + dt.timedelta(seconds=10)


def test_a_position_holds_nothing_but_sequence_stage_and_times() -> None:
    given = rules()
    appraisal = new_appraisal(given)
    position = position_of(appraisal, given, IDENTITY, LAUNCHED_AT)
    assert position.sequence == appraisal.sequence
    assert appraisal.employee not in position.to_text()
