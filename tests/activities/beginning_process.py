"""A process that begins times to improve and rests before the commit, to be killed. Argument: URL of the database."""

import asyncio
import sys

from sqlalchemy.ext.asyncio import AsyncConnection

import service.temporal.beginning_improvements as beginning
from store.database import create_engine
from store.improvement.beginning import FinalCase, note_seen
from tests.fixtures.improvements import NOW


async def rest(connection: AsyncConnection, last: FinalCase) -> None:
    """Writes what is left to write, says so, and rests."""
    await note_seen(connection, last)
    print("written", flush=True)
    await asyncio.sleep(3600)


if __name__ == "__main__":
    beginning.note_seen = rest  # type: ignore[attr-defined]  # a name that the module imports
    asyncio.run(beginning.ImprovementBeginning(create_engine(sys.argv[1]), settling=NOW).look())
