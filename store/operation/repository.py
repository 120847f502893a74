"""Reads operations and their items: one by one, page by page, and counted."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    Integer,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    func,
    or_,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import DateTime
from sqlmodel import col

from states.changes import CHANGE, Change
from store.appraisal.table import AppraisalRow
from store.base import ReadAs
from store.cycle.table import Cycle
from store.operation.table import OperationItemRow, OperationRow
from store.person.table import Person
from store.rows import all_rows, one_row

_OPERATION = bindparam("operation", type_=Uuid())
_PERSON = bindparam("person", type_=Uuid())
_AFTER_ID = bindparam("after_id", type_=Uuid())
_LIMIT = bindparam("limit", type_=Integer())

_OPERATIONS: Select[*tuple[Any, ...]] = (
    select(
        col(OperationRow.id),
        col(OperationRow.agency_id),
        col(OperationRow.kind),
        type_coerce(col(OperationRow.change), ReadAs(CHANGE.validate_python)).label("change"),
        col(OperationRow.fingerprint),
        col(OperationRow.requested_by),
        col(Person.name).label("requester"),
        col(OperationRow.requested_at),
        col(OperationRow.effective_at),
        col(OperationRow.state),
        col(OperationRow.applied_at),
        col(OperationRow.finished_at),
        col(OperationRow.refusal),
    )
    .select_from(OperationRow)
    .join(Person, col(Person.id) == col(OperationRow.requested_by))
)
_ONE = _OPERATIONS.where(col(OperationRow.id) == _OPERATION)
_OF_AGENCY = _OPERATIONS.where(col(OperationRow.agency_id) == bindparam("agency"))
_KEYED = _OF_AGENCY.where(col(OperationRow.key) == bindparam("key"))
_PAGE = (
    _OF_AGENCY.where(
        or_(_PERSON.is_(None), col(OperationRow.requested_by) == _PERSON),
        or_(
            _AFTER_ID.is_(None),
            tuple_(col(OperationRow.requested_at), col(OperationRow.id))
            < tuple_(bindparam("after_at", type_=DateTime(timezone=True)), _AFTER_ID),
        ),
    )
    .order_by(col(OperationRow.requested_at).desc(), col(OperationRow.id).desc())
    .limit(_LIMIT)
)
_UNDER_WAY = bindparam("under_way", ("waiting", "running"), type_=ARRAY(Text()))
_UNFINISHED = _OPERATIONS.where(col(OperationRow.state) == any_(_UNDER_WAY)).order_by(
    col(OperationRow.requested_at), col(OperationRow.id)
)
_COUNTS = (
    select(col(OperationItemRow.operation_id), col(OperationItemRow.outcome), func.count().label("items"))
    .where(col(OperationItemRow.operation_id) == any_(bindparam("operations", type_=ARRAY(Uuid()))))
    .group_by(col(OperationItemRow.operation_id), col(OperationItemRow.outcome))
)
_OUTCOME = bindparam("outcome", type_=Text())
_ITEMS = (
    select(
        col(OperationItemRow.appraisal_id),
        col(OperationItemRow.phase),
        col(OperationItemRow.trigger),
        col(OperationItemRow.outcome),
        col(OperationItemRow.code),
        col(OperationItemRow.detail),
        col(OperationItemRow.done_at),
        col(Person.id).label("employee_id"),
        col(Person.name).label("employee"),
        col(Cycle.name).label("cycle"),
    )
    .select_from(OperationItemRow)
    .join(AppraisalRow, col(AppraisalRow.id) == col(OperationItemRow.appraisal_id))
    .join(Person, col(Person.id) == col(AppraisalRow.employee_id))
    .join(Cycle, col(Cycle.id) == col(AppraisalRow.cycle_id))
    .where(
        col(OperationItemRow.operation_id) == _OPERATION,
        or_(_OUTCOME.is_(None), col(OperationItemRow.outcome) == _OUTCOME),
        or_(
            _AFTER_ID.is_(None),
            tuple_(col(OperationItemRow.appraisal_id), col(OperationItemRow.phase))
            > tuple_(_AFTER_ID, bindparam("after_phase", type_=Text())),
        ),
    )
    .order_by(col(OperationItemRow.appraisal_id), col(OperationItemRow.phase))
    .limit(_LIMIT)
)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as it is stored."""

    id: uuid.UUID
    agency_id: uuid.UUID
    kind: str
    change: Change
    fingerprint: str
    requested_by: uuid.UUID
    requester: str
    requested_at: dt.datetime
    effective_at: dt.datetime
    state: str
    applied_at: dt.datetime | None
    finished_at: dt.datetime | None
    refusal: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in a list."""

    appraisal_id: uuid.UUID
    phase: str
    trigger: str
    outcome: str
    code: str
    detail: dict[str, Any]
    done_at: dt.datetime | None
    employee_id: uuid.UUID
    employee: str
    cycle: str


async def one(connection: AsyncConnection, operation: uuid.UUID) -> Operation | None:
    """The operation of this id, or None."""
    row = (await connection.execute(_ONE, {"operation": operation})).one_or_none()
    return None if row is None else one_row(Operation, row)


async def keyed(connection: AsyncConnection, agency: uuid.UUID, key: str) -> Operation | None:
    """The agency's operation of this idempotency key, or None."""
    row = (await connection.execute(_KEYED, {"agency": agency, "key": key})).one_or_none()
    return None if row is None else one_row(Operation, row)


async def unfinished(connection: AsyncConnection) -> list[Operation]:
    """The operations of all agencies that wait for their day or are under way, and that nobody paused."""
    return all_rows(Operation, await connection.execute(_UNFINISHED))


async def page(
    connection: AsyncConnection,
    agency: uuid.UUID,
    *,
    person: uuid.UUID | None,
    after: tuple[dt.datetime, uuid.UUID] | None,
    limit: int,
) -> list[Operation]:
    """The operations of an agency, the newest first; with ``person`` only those that this person requested."""
    parameters = {
        "agency": agency,
        "person": person,
        "after_at": after[0] if after else None,
        "after_id": after[1] if after else None,
        "limit": limit,
    }
    return all_rows(Operation, await connection.execute(_PAGE, parameters))


async def counts(connection: AsyncConnection, operation: uuid.UUID) -> dict[str, int]:
    """How many items have each outcome."""
    return (await counts_of(connection, [operation]))[operation]


async def counts_of(
    connection: AsyncConnection, operations: Sequence[uuid.UUID]
) -> dict[uuid.UUID, dict[str, int]]:
    """The same for each of several operations."""
    found: dict[uuid.UUID, dict[str, int]] = {operation: {} for operation in operations}
    for row in await connection.execute(_COUNTS, {"operations": list(operations)}):
        found[row.operation_id][row.outcome] = row.items
    return found


async def items(
    connection: AsyncConnection,
    operation: uuid.UUID,
    *,
    outcome: str | None,
    after: tuple[uuid.UUID, str] | None,
    limit: int,
) -> list[ItemLine]:
    """The items of an operation, in the order of their appraisals."""
    parameters = {
        "operation": operation,
        "outcome": outcome,
        "after_id": after[0] if after else None,
        "after_phase": after[1] if after else None,
        "limit": limit,
    }
    return all_rows(ItemLine, await connection.execute(_ITEMS, parameters))
