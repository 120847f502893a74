"""Reads where the record says that open appraisals stand, for comparison with the engine."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncEngine

_PAGE = 200

_OPEN = """
    FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id
    WHERE appraisal.started_at IS NOT NULL AND appraisal.holder IS NOT NULL
        AND (CAST(:cycle AS text) IS NULL OR cycle.name = :cycle OR cycle.id::text = :cycle)
"""
_COUNT = text(f"SELECT count(*) {_OPEN}").bindparams(bindparam("cycle", type_=Text()))
_ROWS = text(f"""
    SELECT appraisal.id, appraisal.sequence, appraisal.snapshot, appraisal.cycle_id, appraisal.unit_id, cycle.clock
    {_OPEN} AND (CAST(:after AS uuid) IS NULL OR appraisal.id > :after)
    ORDER BY appraisal.id LIMIT :limit
""").bindparams(bindparam("cycle", type_=Text()), bindparam("after", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class OpenAppraisal:
    """An appraisal that the record says is under way."""

    id: uuid.UUID
    sequence: int
    snapshot: dict[str, Any]
    cycle: uuid.UUID
    unit: uuid.UUID
    clock: list[Any]


async def count_open(engine: AsyncEngine, cycle: str | None) -> int:
    """How many launched appraisals are not closed, of one cycle (name or id) or of all."""
    async with engine.connect() as connection:
        found: int = await connection.scalar(_COUNT, {"cycle": cycle})
    return found


async def open_appraisals(engine: AsyncEngine, cycle: str | None) -> AsyncIterator[list[OpenAppraisal]]:
    """The launched appraisals that are not closed, a page at a time."""
    after: uuid.UUID | None = None
    while True:
        async with engine.connect() as connection:
            rows = await connection.execute(_ROWS, {"cycle": cycle, "after": after, "limit": _PAGE})
            page = [OpenAppraisal(*row) for row in rows]
        if not page:
            return
        yield page
        after = page[-1].id
