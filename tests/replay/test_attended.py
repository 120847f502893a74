"""What is attended to by an earlier version goes on by this one, and the engine learns nothing of what was answered."""

import base64
import json
import re
import uuid
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import workflow
from temporalio.client import Client, WorkflowHistory
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner

from service.temporal.worker import sandboxed
from tests.replay.record_survey import HISTORY, play
from workflows.attending import AttendingWorkflow

MOMENT = r"\d{4}-\d\d-\d\dT[\d:.]+(\+\d\d:\d\d|Z)"
ID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def _golden() -> WorkflowHistory:
    return WorkflowHistory.from_json("golden-survey", HISTORY.read_text())


@workflow.defn(name="Attending")
class ChangedWorkflow(AttendingWorkflow):
    """A careless change: one more command before everything else."""

    @workflow.init
    def __init__(self, start: Any) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Any) -> str:
        workflow.upsert_memo({"began": workflow.now().isoformat()})
        return await super().run(start)


async def test_the_recorded_history_of_a_survey_replays_on_the_present_workflow() -> None:
    replayer = Replayer(workflows=[AttendingWorkflow], workflow_runner=sandboxed())
    assert (await replayer.replay_workflow(_golden())).replay_failure is None


async def test_replay_notices_a_changed_order_of_commands() -> None:
    # The sandbox would import this file with all that it needs to run a survey.
    replayer = Replayer(workflows=[ChangedWorkflow], workflow_runner=UnsandboxedWorkflowRunner())
    with pytest.raises(workflow.NondeterminismError):
        await replayer.replay_workflow(_golden())


def payloads(history: WorkflowHistory) -> set[str]:
    """All that the engine was given to keep."""
    found = re.findall(r'"data": ?"([^"]+)"', history.to_json())
    return {base64.b64decode(each).decode() for each in found}


def _says_only_ids_and_moments(history: WorkflowHistory) -> None:
    kept = {each for each in payloads(history) if each.startswith("{")}
    assert len(kept) > 3
    for each in kept:
        said = json.loads(each)
        assert set(said) <= {"attended", "state", "due"}
        assert re.fullmatch(ID, said.get("attended", str(uuid.UUID(int=0))))
        assert said.get("state") in (None, "ended", "waits")
        assert re.fullmatch(MOMENT, said.get("due", "2026-01-01T00:00:00+00:00"))


def test_the_recorded_history_says_only_ids_and_moments() -> None:
    _says_only_ids_and_moments(_golden())


@pytest.mark.engine
@pytest.mark.database
async def test_a_survey_runs_on_the_engine_from_its_opening_to_its_closing(
    database: AsyncEngine, client: Client
) -> None:
    surveys, handle = await play(database, client, f"attending-{uuid.uuid4().hex[:8]}")
    (row,) = await surveys.rows("SELECT state, outcome, answers FROM survey")
    assert tuple(row) == ("closed", "counted", 3)
    told = await surveys.rows(
        "SELECT template, count(*) FROM notice WHERE channel = 'inbox' GROUP BY template"
    )
    assert dict(map(tuple, told)) == {"survey_invited": 3}, "whoever has answered is not reminded"
    _says_only_ids_and_moments(await handle.fetch_history())
