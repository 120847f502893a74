"""Records a golden history of something that is attended to, on servers of its own.

It is recorded anew only for a change of the workflow that is meant to break replay, and only after
`docs/versioning.md` has been followed for what is under way.
"""

import asyncio
import re
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowHandle

from activities.search_attributes import REGISTRATION
from service.runtime.scratch import scratch_postgres, scratch_temporal
from service.temporal.client import connect
from store.database import create_engine
from store.migrating import upgrade

HISTORIES = Path(__file__).parent / "histories" / "attended"


def keep(file: Path, play: Callable[[AsyncEngine, Client], Awaitable[WorkflowHandle[Any, Any]]]) -> None:
    """Lets ``play`` bring a workflow to its end, and keeps its history without the names of processes."""

    async def history(address: str, url: str) -> str:
        database = create_engine(url)
        await upgrade(database)
        handle = await play(database, await connect(address))
        found = await handle.fetch_history()
        await database.dispose()
        return found.to_json()

    with (
        tempfile.TemporaryDirectory() as directory,
        scratch_postgres(Path(directory) / "postgres") as postgres,
        scratch_temporal(Path(directory) / "temporal", search_attributes=REGISTRATION) as temporal,
    ):
        text = asyncio.run(history(temporal.address, postgres.url))
    file.write_text(re.sub(r'"\d+@[^"]+"', '"worker"', text) + "\n")
