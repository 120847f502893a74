"""Records the golden history of a time to improve: ``python -m tests.replay.record_attending``.

The whole time passes in seconds: its cycle is a rehearsal whose days are that short. Record it anew only for a change
of the workflow that is meant to break replay, and only after `docs/versioning.md` has been followed.
"""

import asyncio
import datetime as dt
import json
import re
import tempfile
from pathlib import Path

from temporalio.client import Client

from activities.search_attributes import REGISTRATION
from service.runtime.scratch import scratch_postgres, scratch_temporal
from service.temporal.attending import AttendingStart, attending_workflow_id
from service.temporal.client import connect
from service.temporal.registry import appraisal_worker
from service.temporal.worker import sandboxed
from store.database import create_engine
from store.migrating import upgrade
from tests.fixtures.improvements import begun, finalised, improving_division, run

HISTORY = Path(__file__).parent / "attending" / "improvement.json"
QUEUE = "attending"
DAYS_A_SECOND = 20


async def _record(client: Client, url: str) -> None:
    database = create_engine(url)
    await upgrade(database)
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
    history = await handle.fetch_history()
    HISTORY.parent.mkdir(exist_ok=True)
    HISTORY.write_text(re.sub(r'"\d+@[^"]+"', '"worker"', history.to_json()) + "\n")
    await database.dispose()


def main() -> None:
    """Lets the time pass on real servers and keeps the history."""
    with (
        tempfile.TemporaryDirectory() as directory,
        scratch_postgres(Path(directory) / "postgres") as postgres,
        scratch_temporal(Path(directory) / "temporal", search_attributes=REGISTRATION) as temporal,
    ):

        async def record() -> None:
            await _record(await connect(temporal.address), postgres.url)

        asyncio.run(record())


if __name__ == "__main__":
    main()
