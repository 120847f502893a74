"""When something may be added to a case: from the opening of its planning to its end."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from service.appraisals.openness import is_withdrawable, refuse_unless_open, refuse_unless_withdrawable
from service.problems import CaseClosed, CaseNotBegun, ResultRests
from states.appraisal import Appraisal, Suspension
from states.national import national_calendar
from states.stage_groups import OBJECTION_STAGES
from states.stages import CLOSED_STAGES, OPEN_STAGES, Stage
from tests.service.snapshots import SNAPSHOT

CALENDAR = national_calendar(zone="Asia/Makassar")
OPENS = dt.date(2026, 1, 2)
MIDNIGHT = dt.datetime(2026, 1, 1, 16, tzinfo=dt.UTC)
"""The first moment of that day in Makassar."""


def at(moment: dt.datetime, appraisal: Appraisal) -> Any:
    return SimpleNamespace(appraisal=appraisal, now=moment, rules=SimpleNamespace(calendar=CALENDAR))


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES - {Stage.SCHEDULED}))
def test_an_open_case_takes_something(stage: Stage) -> None:
    refuse_unless_open(at(MIDNIGHT, replace(SNAPSHOT, stage=stage)))


@pytest.mark.parametrize("stage", sorted(CLOSED_STAGES))
def test_a_closed_case_takes_nothing(stage: Stage) -> None:
    with pytest.raises(CaseClosed):
        refuse_unless_open(at(MIDNIGHT, replace(SNAPSHOT, stage=stage)))


def test_before_the_planning_opens_nothing_is_taken() -> None:
    scheduled = replace(SNAPSHOT, stage=Stage.SCHEDULED, opens_on=OPENS)
    with pytest.raises(CaseNotBegun):
        refuse_unless_open(at(MIDNIGHT - dt.timedelta(microseconds=1), scheduled))


def test_from_the_first_moment_of_its_day_something_is_taken_whatever_the_record_says_yet() -> None:
    refuse_unless_open(at(MIDNIGHT, replace(SNAPSHOT, stage=Stage.SCHEDULED, opens_on=OPENS)))


def test_a_case_that_was_stopped_before_its_planning_takes_nothing() -> None:
    stopped = replace(
        SNAPSHOT,
        stage=Stage.SUSPENDED,
        opens_on=None,
        suspension=Suspension(Stage.SCHEDULED, None, None, None),
    )
    with pytest.raises(CaseNotBegun):
        refuse_unless_open(at(MIDNIGHT, stopped))


RATED = (
    Stage.MODERATION,
    Stage.FEEDBACK_MEETING,
    Stage.RESPONSE,
    Stage.COUNTERSIGN,
    Stage.AGREED,
    Stage.REPORTING,
    Stage.OBJECTED,
    Stage.OBJECTION_REVIEW,
)
"""Stages in which a result stands."""


def both(stage: Stage) -> tuple[Appraisal, Appraisal]:
    """A case in a stage, and one that was suspended in it."""
    suspension = Suspension(stage, None, None, None)
    return replace(SNAPSHOT, stage=stage), replace(SNAPSHOT, stage=Stage.SUSPENDED, suspension=suspension)


@pytest.mark.parametrize("stage", RATED)
def test_officials_withdraw_nothing_once_a_result_rests_on_it_but_add_much(stage: Stage) -> None:
    for each in both(stage):
        refuse_unless_open(at(MIDNIGHT, each))
        with pytest.raises(ResultRests):
            refuse_unless_withdrawable(at(MIDNIGHT, each), own=False)
        assert not is_withdrawable(each, own=False)


@pytest.mark.parametrize("stage", OBJECTION_STAGES)
def test_the_employee_withdraws_nothing_while_an_objection_is_open(stage: Stage) -> None:
    for each in both(stage):
        with pytest.raises(ResultRests):
            refuse_unless_withdrawable(at(MIDNIGHT, each), own=True)
        assert not is_withdrawable(each, own=True)


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES - {Stage.SCHEDULED, *OBJECTION_STAGES}))
def test_before_and_after_an_objection_the_employee_takes_back_what_is_his(stage: Stage) -> None:
    refuse_unless_withdrawable(at(MIDNIGHT, replace(SNAPSHOT, stage=stage)), own=True)
    assert is_withdrawable(replace(SNAPSHOT, stage=stage), own=True)


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES - {Stage.SCHEDULED, Stage.SUSPENDED, *RATED}))
def test_until_somebody_rates_officials_withdraw_what_they_wrote(stage: Stage) -> None:
    refuse_unless_withdrawable(at(MIDNIGHT, replace(SNAPSHOT, stage=stage)), own=False)
    assert is_withdrawable(replace(SNAPSHOT, stage=stage), own=False)


@pytest.mark.parametrize("own", (True, False))
@pytest.mark.parametrize("stage", sorted(CLOSED_STAGES))
def test_from_a_closed_case_nothing_is_withdrawn(stage: Stage, own: bool) -> None:
    assert not is_withdrawable(replace(SNAPSHOT, stage=stage), own=own)
