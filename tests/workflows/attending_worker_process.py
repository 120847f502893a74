"""A worker that attends, in a process of its own, to be killed.

Arguments: address of the engine, task queue, URL of the database. It does its part slowly, so that a kill finds it
in between: what it has written is not committed then.
"""

import asyncio
import sys

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.attended.improvement import attend_improvement
from activities.attending import Attending
from service.temporal.client import connect
from service.temporal.worker import create_worker
from store.attending.kinds import AttendedKind
from store.attending.repository import Attended
from store.database import create_engine
from workflows.attending import AttendingWorkflow


async def slowly(connection: AsyncConnection, attended: Attended) -> object:
    """Does it, says so, and rests before the commit."""
    due = await attend_improvement(connection, attended)
    print("written", flush=True)
    await asyncio.sleep(3600)
    return due


async def main(address: str, queue: str, database_url: str) -> None:
    attending = Attending(create_engine(database_url), {AttendedKind.IMPROVEMENT: slowly})  # type: ignore[dict-item]
    await create_worker(
        await connect(address), queue=queue, workflows=[AttendingWorkflow], activities=[attending.attend]
    ).run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
