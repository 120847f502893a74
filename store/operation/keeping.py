"""Keeps operations: written once, and moved from state to state."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Boolean, Text, Uuid, all_, any_, bindparam, case, func, or_, select, update
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
_NEXT = bindparam("next", type_=Text())
_ONLY = bindparam("only", type_=ARRAY(Text()))
_FINAL = bindparam("final", ("withdrawn", "refused"), type_=ARRAY(Text()))
_ENDED = bindparam("ended", ("finished", "withdrawn", "refused"), type_=ARRAY(Text()))
_STATE = (
    update(OperationRow)
    .where(
        col(OperationRow.id) == _OPERATION,
        col(OperationRow.state) != all_(_FINAL),
        or_(_ONLY.is_(None), col(OperationRow.state) == any_(_ONLY)),
    )
    .values(
        {
            col(OperationRow.state): _NEXT,
            col(OperationRow.applied_at): case(
                (
                    bindparam("applied", type_=Boolean()),
                    func.coalesce(col(OperationRow.applied_at), func.now()),
                ),
                else_=col(OperationRow.applied_at),
            ),
            col(OperationRow.finished_at): case((any_(_ENDED) == _NEXT, func.now()), else_=None),
            col(OperationRow.refusal): func.coalesce(
                bindparam("why", type_=JSONB(none_as_null=True)), col(OperationRow.refusal)
            ),
        }
    )
    .returning(col(OperationRow.id))
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
