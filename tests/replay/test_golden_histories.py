"""Histories recorded by an earlier version must replay on this one: people's year-long appraisals depend on it."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from service.temporal.worker import sandboxed
from states.following import step_from_text
from states.stages import CLOSED_STAGES, Stage
from tests.replay.paths import PATHS
from workflows.appraisal import AppraisalWorkflow

HISTORIES = Path(__file__).parent / "histories"


def _history(name: str) -> WorkflowHistory:
    return WorkflowHistory.from_json(f"golden-{name}", (HISTORIES / f"{name}.json").read_text())


@workflow.defn(name="FollowedAppraisal")
class ChangedWorkflow(AppraisalWorkflow):
    """A careless change: one more command before everything else."""

    @workflow.init
    def __init__(self, *start: Any) -> None:
        super().__init__(*start)

    @workflow.run
    async def run(self, *start: Any) -> str:
        workflow.upsert_memo({"began": workflow.now().isoformat()})
        return await super().run(*start)


def test_there_is_a_history_for_every_path() -> None:
    assert {file.stem for file in HISTORIES.glob("*.json")} == set(PATHS)


@pytest.mark.parametrize("name", PATHS)
async def test_a_recorded_history_replays_on_the_present_workflow(name: str) -> None:
    replayer = Replayer(workflows=[AppraisalWorkflow], workflow_runner=sandboxed())
    result = await replayer.replay_workflow(_history(name))
    assert result.replay_failure is None


async def test_replay_notices_a_changed_order_of_commands() -> None:
    replayer = Replayer(workflows=[ChangedWorkflow], workflow_runner=sandboxed())
    with pytest.raises(workflow.NondeterminismError):
        await replayer.replay_workflow(_history("agreed"))


@pytest.mark.parametrize(("name", "stage"), [(name, stage) for name, (_, stage) in PATHS.items()])
def test_a_recorded_history_ends_in_its_stage(name: str, stage: Stage) -> None:
    events = _history(name).events
    if stage in CLOSED_STAGES:
        completed = events[-1].workflow_execution_completed_event_attributes
        assert json.loads(completed.result.payloads[0].data) == stage
        return
    told = [
        json.loads(event.workflow_execution_signaled_event_attributes.input.payloads[0].data)
        for event in events
        if event.HasField("workflow_execution_signaled_event_attributes")
    ]
    position, _ = step_from_text(told[-1])
    assert position is not None
    assert position.stage is stage


def _looks(name: str) -> int:
    return sum(event.HasField("marker_recorded_event_attributes") for event in _history(name).events)


def test_a_doubled_signal_costs_no_look_at_the_record() -> None:
    assert _looks("doubled-signal") == _looks("agreed")


@pytest.mark.parametrize("name", ("gap", "late-signal"))
def test_what_is_no_next_step_costs_a_look_at_the_record(name: str) -> None:
    assert _looks(name) > _looks("agreed")


@pytest.mark.parametrize("name", PATHS)
def test_a_history_holds_no_number_of_a_person_and_no_address(name: str) -> None:
    text = "".join(str(event) for event in _history(name).events)
    assert re.findall(r"(?<!\d)\d{18}(?!\d)", text) == []
    assert re.findall(r"[\w.+-]+@[\w.-]+", text.replace("nasional@1", "")) == []


@pytest.mark.parametrize("name", PATHS)
def test_a_history_stays_small(name: str) -> None:
    events = [
        event
        for event in _history(name).events
        if not event.HasField("workflow_execution_time_skipping_transitioned_event_attributes")
        and not event.HasField("workflow_execution_options_updated_event_attributes")
    ]
    assert sum(event.ByteSize() for event in events) < 20_000
    assert events[-1].event_time.ToDatetime(dt.UTC) > events[0].event_time.ToDatetime(dt.UTC)
