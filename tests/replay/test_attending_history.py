"""A time to improve that an earlier version attended to must replay on this one: it lasts for half a year and more."""

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
from workflows.attending import PREFIX, AttendingWorkflow

# The engine runs this module in its sandbox, so it imports nothing that talks to servers.
HISTORY = Path(__file__).parent / "histories" / "attended" / "improvement.json"
ID = f"{PREFIX}0190f0e6-0000-7000-8000-000000000001"


def _history() -> WorkflowHistory:
    return WorkflowHistory.from_json(ID, HISTORY.read_text())


@workflow.defn(name="Attending")
class ChangedWorkflow(AttendingWorkflow):
    """A careless change: one more command before everything else."""

    @workflow.init
    def __init__(self, *start: Any) -> None:
        super().__init__(*start)

    @workflow.run
    async def run(self, *start: Any) -> str:
        workflow.upsert_memo({"began": workflow.now().isoformat()})
        return await super().run(*start)


async def test_the_recorded_history_replays_on_the_present_workflow() -> None:
    replayer = Replayer(workflows=[AttendingWorkflow], workflow_runner=sandboxed())
    assert (await replayer.replay_workflow(_history())).replay_failure is None


async def test_replay_notices_a_changed_order_of_commands() -> None:
    replayer = Replayer(workflows=[ChangedWorkflow], workflow_runner=sandboxed())
    with pytest.raises(workflow.NondeterminismError):
        await replayer.replay_workflow(_history())


def test_it_goes_through_the_whole_time_to_its_end() -> None:
    events = _history().events
    completed = events[-1].workflow_execution_completed_event_attributes
    assert json.loads(completed.result.payloads[0].data) == "ended"
    waits = sum(each.HasField("timer_fired_event_attributes") for each in events)
    assert waits >= 12


def test_it_stays_small_and_holds_nobody_s_number_or_address() -> None:
    events = _history().events
    assert sum(event.ByteSize() for event in events) < 60_000
    text = "".join(str(event) for event in events)
    assert re.findall(r"(?<!\d)\d{18}(?!\d)", text) == []
    assert re.findall(r"[\w.+-]+@[\w.-]+", text) == []
    assert events[-1].event_time.ToDatetime(dt.UTC) > events[0].event_time.ToDatetime(dt.UTC)
