"""Histories recorded by an earlier version must replay on this one: people's year-long appraisals depend on it."""

import asyncio
import datetime as dt
import json
import re
from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from service.engine.worker import sandboxed
from states.codec import Json
from tests.replay.paths import PATHS
from workflows.appraisal import AppraisalWorkflow

HISTORIES = Path(__file__).parent / "histories"


def _history(name: str) -> WorkflowHistory:
    return WorkflowHistory.from_json(f"golden-{name}", (HISTORIES / f"{name}.json").read_text())


@workflow.defn(name="Appraisal")
class ChangedWorkflow(AppraisalWorkflow):
    """A careless change: one more timer before everything else."""

    @workflow.init
    def __init__(self, start: Json) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Json) -> str:
        await asyncio.sleep(1)
        return await super().run(start)


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
def test_a_recorded_history_ends_in_its_stage(name: str, stage: str) -> None:
    completed = [
        json.loads(
            event.workflow_execution_update_completed_event_attributes.outcome.success.payloads[0].data
        )
        for event in _history(name).events
        if event.HasField("workflow_execution_update_completed_event_attributes")
    ]
    assert completed[-1]["stage"] == stage


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
    assert sum(event.ByteSize() for event in events) < 40_000
    assert events[-1].event_time.ToDatetime(dt.UTC) > events[0].event_time.ToDatetime(dt.UTC)
