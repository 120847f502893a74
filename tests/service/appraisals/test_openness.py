"""When something may be added to a case: from the opening of its planning to its end."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from service.appraisals.openness import is_withdrawable, refuse_unless_open, refuse_unless_withdrawable
from service.problems import CaseClosed, CaseNotBegun, ObjectionUndecided
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


@pytest.mark.parametrize("stage", OBJECTION_STAGES)
def test_nothing_is_withdrawn_while_an_objection_is_open_but_much_is_added(stage: Stage) -> None:
    contested = replace(SNAPSHOT, stage=stage)
    stopped = replace(SNAPSHOT, stage=Stage.SUSPENDED, suspension=Suspension(stage, None, None, None))
    for each in (contested, stopped):
        refuse_unless_open(at(MIDNIGHT, each))
        with pytest.raises(ObjectionUndecided):
            refuse_unless_withdrawable(at(MIDNIGHT, each))
        assert not is_withdrawable(each)


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES - {Stage.SCHEDULED, *OBJECTION_STAGES}))
def test_before_and_after_something_is_withdrawn(stage: Stage) -> None:
    refuse_unless_withdrawable(at(MIDNIGHT, replace(SNAPSHOT, stage=stage)))
    assert is_withdrawable(replace(SNAPSHOT, stage=stage))


@pytest.mark.parametrize("stage", sorted(CLOSED_STAGES))
def test_from_a_closed_case_nothing_is_withdrawn(stage: Stage) -> None:
    assert not is_withdrawable(replace(SNAPSHOT, stage=stage))
