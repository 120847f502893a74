"""A process that attends to whatever is due until it is killed; its settings are two variables of the environment."""

import asyncio
import os
import sys
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from activities.attended import kinds_with
from activities.attending import Attending
from activities.sealing import Seals
from store.database import autocommit, create_engine

_DUE = text("""
    SELECT attended.id FROM attended JOIN cycle ON cycle.id = attended.cycle_id
    WHERE attended.ended_at IS NULL AND attended.due_at <= business_at(cycle.clock, now()) ORDER BY attended.id
""")


async def _run() -> None:
    database = create_engine(os.environ["DATABASE_OF_TEST"], pool_size=8)
    attending = Attending(database, kinds_with(Seals(os.environ["SECRET_OF_TEST"])))
    while True:
        async with autocommit(database).connect() as connection:
            due: Sequence[Any] = (await connection.scalars(_DUE)).all()
        sys.stdout.write(f"{len(due)}\n")
        sys.stdout.flush()
        if not due:
            return
        for begin in range(0, len(due), 4):
            some = due[begin : begin + 4]
            await asyncio.gather(*(attending.attend({"attended": str(survey)}) for survey in some))


if __name__ == "__main__":
    asyncio.run(_run())
