"""A survey on the real engine, from its planning to its closing; run as a module it records the history anew."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowHandle

from service.temporal.attending import AttendingStart, attending_workflow_id
from service.temporal.registry import appraisal_worker
from service.temporal.worker import sandboxed
from tests.fixtures.surveys import AFTER, BEFORE, OPEN, SurveyedAgency, answer, survey_agency
from tests.replay.keeping import HISTORIES, keep
from workflows.attending import AttendingWorkflow

HISTORY = HISTORIES / "survey.json"
REMINDED = ("2026-12-07", "2026-12-12")


async def play(
    database: AsyncEngine, client: Client, queue: str
) -> tuple[SurveyedAgency, WorkflowHandle[AttendingWorkflow, str]]:
    """A survey that opens, reminds twice, and is counted; the engine is told as a worker tells it."""
    surveys = await survey_agency(database, employees=4)
    worker = appraisal_worker(client, database, queue=queue, runner=sandboxed(), seals=surveys.seals)
    start = AttendingStart(database, client, queue=queue)
    async with worker:
        await surveys.on(BEFORE)
        await surveys.prepare()
        survey = await surveys.survey(surveys.agency.employee)
        assert await start.tell_waiting() == 1
        handle = client.get_workflow_handle_for(AttendingWorkflow.run, attending_workflow_id(survey))
        await _once(surveys, "SELECT state = 'planned' FROM survey")
        for day in (OPEN, *REMINDED, AFTER):
            due = await surveys.value("SELECT due_at FROM attended")
            await surveys.on(day)
            await handle.signal(AttendingWorkflow.look_again)
            await _once(surveys, "SELECT due_at <> :due OR ended_at IS NOT NULL FROM attended", due=due)
            if day == OPEN:
                for person in await surveys.invited(survey):
                    await surveys.answer(survey, person, answer())
        assert await handle.result() == "ended"
    return surveys, handle


async def _once(surveys: SurveyedAgency, query: str, **given: object) -> None:
    async with asyncio.timeout(60):
        while not await surveys.value(query, **given):  # noqa: ASYNC110  # the engine tells nobody
            await asyncio.sleep(0.05)


async def _played(database: AsyncEngine, client: Client) -> WorkflowHandle[AttendingWorkflow, str]:
    _, handle = await play(database, client, "appraisal")
    return handle


if __name__ == "__main__":
    keep(HISTORY, _played)
