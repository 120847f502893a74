"""Keeps operations: written once, and moved from state to state."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Boolean, Text, Uuid, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from states.changes import CHANGE, Change
from store.operation.table import OperationRow

_OPERATION = bindparam("operation", type_=Uuid())
_LOCK = (
    select(col(OperationRow.state), col(OperationRow.applied_at))
    .where(col(OperationRow.id) == _OPERATION)
    .with_for_update()
)
# The states stand in the statement: as parameters they made it up to a third slower.
_STATE = text("""
    UPDATE operation SET state = :next,
        applied_at = CASE WHEN :applied THEN COALESCE(applied_at, now()) ELSE applied_at END,
        finished_at = CASE WHEN :next IN ('finished', 'withdrawn', 'refused') THEN now() END,
        refusal = COALESCE(:why, refusal)
    WHERE id = :operation AND state NOT IN ('withdrawn', 'refused') AND (:only IS NULL OR state = ANY(:only))
    RETURNING id
""").bindparams(
    _OPERATION,
    bindparam("next", type_=Text()),
    bindparam("applied", type_=Boolean()),
    bindparam("why", type_=JSONB(none_as_null=True)),
    bindparam("only", type_=ARRAY(Text())),
)


async def add(
    connection: AsyncConnection,
    *,
    operation: uuid.UUID,
    agency: uuid.UUID,
    key: str,
    fingerprint: str,
    change: Change,
    person: uuid.UUID,
    effective_at: dt.datetime,
) -> None:
    """Keeps an operation; one that has the same key stays as it is."""
    statement = insert(OperationRow).values(
        {
            col(OperationRow.id): operation,
            col(OperationRow.agency_id): agency,
            col(OperationRow.key): key,
            col(OperationRow.fingerprint): fingerprint,
            col(OperationRow.kind): change.kind.value,
            col(OperationRow.change): CHANGE.dump_python(change, mode="json"),
            col(OperationRow.reason): change.reason,
            col(OperationRow.authority): change.authority,
            col(OperationRow.requested_by): person,
            col(OperationRow.requested_at): func.now(),
            col(OperationRow.effective_at): effective_at,
            col(OperationRow.state): "waiting",
        }
    )
    await connection.execute(
        statement.on_conflict_do_nothing(index_elements=[col(OperationRow.agency_id), col(OperationRow.key)])
    )


async def lock(connection: AsyncConnection, operation: uuid.UUID) -> tuple[str, dt.datetime | None]:
    """The operation's state and the moment when it took effect. Locks the row until the transaction ends."""
    row = (await connection.execute(_LOCK, {"operation": operation})).one()
    return row.state, row.applied_at


async def set_state(
    connection: AsyncConnection,
    operation: uuid.UUID,
    state: str,
    *,
    applied: bool = False,
    refusal: dict[str, Any] | None = None,
    only: Sequence[str] | None = None,
) -> bool:
    """Moves the operation to a state; if ``only`` is given, from these states alone. False if it stays where it is.

    An operation that was withdrawn or refused never moves again.
    """
    parameters = {
        "operation": operation,
        "next": state,
        "applied": applied,
        "why": refusal,
        "only": only,
    }
    return await connection.scalar(_STATE, parameters) is not None
