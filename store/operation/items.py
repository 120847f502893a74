"""Keeps the items of an operation, which tell what to do to each appraisal: adds, reads and settles them."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Uuid, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from states.operations.items import Item
from store.operation.table import OperationItemRow
from store.rows import all_rows

_OPERATION = bindparam("operation", type_=Uuid())
_OF_OPERATION = col(OperationItemRow.operation_id) == _OPERATION
_ADD = text("""
    INSERT INTO operation_item (operation_id, appraisal_id, phase, trigger, parameters, outcome, code, detail, attempts)
    SELECT :operation, appraisal, :phase, trigger, parameters, 'pending', '', '{}', 0
    FROM jsonb_to_recordset(CAST(:items AS jsonb)) AS i(appraisal uuid, trigger text, parameters jsonb)
    ON CONFLICT DO NOTHING
""").bindparams(_OPERATION)
_PENDING = (
    select(
        col(OperationItemRow.appraisal_id).label("appraisal"),
        col(OperationItemRow.trigger),
        col(OperationItemRow.parameters),
        col(OperationItemRow.attempts),
    )
    .where(
        _OF_OPERATION,
        col(OperationItemRow.phase) == bindparam("phase"),
        col(OperationItemRow.outcome) == "pending",
    )
    .order_by(col(OperationItemRow.appraisal_id))
    .limit(bindparam("limit"))
)
_SETTLE = text("""
    UPDATE operation_item AS item
    SET outcome = s.outcome, code = s.code, detail = s.detail, attempts = item.attempts + 1,
        done_at = CASE WHEN s.outcome = 'pending' THEN NULL ELSE now() END
    FROM jsonb_to_recordset(CAST(:settled AS jsonb))
        AS s(appraisal uuid, outcome text, code text, detail jsonb)
    WHERE item.operation_id = :operation AND item.phase = :phase AND item.appraisal_id = s.appraisal
""").bindparams(_OPERATION)
# The outcomes stand in the statement: as a parameter they made it a fifth slower.
_AGAIN = text("""
    UPDATE operation_item SET outcome = 'pending', code = '', detail = '{}', done_at = NULL, attempts = 0
    WHERE operation_id = :operation AND outcome IN ('refused', 'failed')
""").bindparams(_OPERATION)


@dataclass(frozen=True, slots=True)
class PendingItem:
    """An item that still must be done."""

    appraisal: uuid.UUID
    trigger: str
    parameters: dict[str, Any]
    attempts: int


@dataclass(frozen=True, slots=True)
class Settled:
    """How an item ended; ``pending`` leaves it for another attempt."""

    appraisal: uuid.UUID
    outcome: str
    code: str = ""
    detail: dict[str, Any] | None = None


async def add(connection: AsyncConnection, operation: uuid.UUID, phase: str, items: Sequence[Item]) -> None:
    """Adds the items of a phase, one for each appraisal; items that exist stay as they are."""
    content = json.dumps(
        [
            {
                "appraisal": str(item.appraisal),
                "trigger": item.trigger.value,
                "parameters": dict(item.parameters),
            }
            for item in items
        ]
    )
    await connection.execute(_ADD, {"operation": operation, "phase": phase, "items": content})


async def pending(
    connection: AsyncConnection, operation: uuid.UUID, phase: str, limit: int
) -> list[PendingItem]:
    """The next items of a phase that still must be done."""
    parameters = {"operation": operation, "phase": phase, "limit": limit}
    return all_rows(PendingItem, await connection.execute(_PENDING, parameters))


async def settle(
    connection: AsyncConnection, operation: uuid.UUID, phase: str, settled: Sequence[Settled]
) -> None:
    """Notes how items ended."""
    content = json.dumps(
        [
            {
                "appraisal": str(each.appraisal),
                "outcome": each.outcome,
                "code": each.code,
                "detail": each.detail or {},
            }
            for each in settled
        ]
    )
    await connection.execute(_SETTLE, {"operation": operation, "phase": phase, "settled": content})


async def try_again(connection: AsyncConnection, operation: uuid.UUID) -> int:
    """Makes refused and failed items pending again. Returns how many."""
    return (await connection.execute(_AGAIN, {"operation": operation})).rowcount
