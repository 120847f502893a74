"""Records the golden history of a time to improve: ``python -m tests.replay.record_improvement``.

The whole time passes in seconds: its cycle is a rehearsal whose days are that short.
"""

import datetime as dt
import json
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowHandle

from service.temporal.attending import AttendingStart, attending_workflow_id
from service.temporal.registry import appraisal_worker
from service.temporal.worker import sandboxed
from tests.fixtures.improvements import begun, finalised, improving_division, run
from tests.replay.keeping import HISTORIES, keep

HISTORY = HISTORIES / "improvement.json"
QUEUE = "attending"
DAYS_A_SECOND = 20


async def _played(database: AsyncEngine, client: Client) -> WorkflowHandle[Any, Any]:
    division = await improving_division(database)
    await finalised(database, division, "poor")
    (track,) = await begun(database)
    now = dt.datetime.now(dt.UTC)
    clock = json.dumps([[now.isoformat(), now.isoformat(), DAYS_A_SECOND * 86_400.0]])
    await run(database, "UPDATE cycle SET rehearsal = true, clock = CAST(:clock AS jsonb)", clock=clock)
    await AttendingStart(database, client, queue=QUEUE).tell_waiting()
    handle = client.get_workflow_handle(attending_workflow_id(track.id))
    async with appraisal_worker(client, database, queue=QUEUE, runner=sandboxed()):
        await handle.result()
    return handle


if __name__ == "__main__":
    keep(HISTORY, _played)
