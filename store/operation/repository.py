"""Keeps operations and their items: written once, counted, paged, and settled item by item."""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, Integer, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import DateTime

from states.changes import CHANGE, Change
from states.operations.items import Item

_AGENCY = bindparam("agency", type_=Uuid())
_OPERATION = bindparam("operation", type_=Uuid())

_ADD = text("""
    INSERT INTO operation (id, agency_id, key, fingerprint, kind, change, reason, authority, requested_by,
        requested_at, effective_at, state)
    VALUES (:operation, :agency, :key, :fingerprint, :kind, CAST(:change AS jsonb), :reason, :authority, :person,
        now(), :effective_at, 'waiting')
    ON CONFLICT (agency_id, key) DO NOTHING
""").bindparams(
    _AGENCY,
    _OPERATION,
    bindparam("person", type_=Uuid()),
    bindparam("effective_at", type_=DateTime(timezone=True)),
)
_COLUMNS = """operation.id, operation.agency_id, operation.kind, operation.change, operation.fingerprint,
    operation.requested_by, requester.name, operation.requested_at, operation.effective_at, operation.state,
    operation.applied_at, operation.finished_at, operation.refusal"""
_ONE = text(f"""
    SELECT {_COLUMNS} FROM operation JOIN person AS requester ON requester.id = operation.requested_by
    WHERE operation.id = :operation
""").bindparams(_OPERATION)  # noqa: S608  # parts of SQL, never input
_KEYED = text(f"""
    SELECT {_COLUMNS} FROM operation JOIN person AS requester ON requester.id = operation.requested_by
    WHERE operation.agency_id = :agency AND operation.key = :key
""").bindparams(_AGENCY)  # noqa: S608  # parts of SQL, never input
_PAGE = text(f"""
    SELECT {_COLUMNS} FROM operation JOIN person AS requester ON requester.id = operation.requested_by
    WHERE operation.agency_id = :agency AND (:person IS NULL OR operation.requested_by = :person)
        AND (:after_id IS NULL OR (operation.requested_at, operation.id) < (:after_at, :after_id))
    ORDER BY operation.requested_at DESC, operation.id DESC LIMIT :limit
""").bindparams(  # noqa: S608  # parts of SQL, never input
    _AGENCY,
    bindparam("person", type_=Uuid()),
    bindparam("after_at", type_=DateTime(timezone=True)),
    bindparam("after_id", type_=Uuid()),
    bindparam("limit", type_=Integer()),
)
_UNFINISHED = text(f"""
    SELECT {_COLUMNS} FROM operation JOIN person AS requester ON requester.id = operation.requested_by
    WHERE operation.state IN ('waiting', 'running') ORDER BY operation.requested_at, operation.id
""")  # noqa: S608  # parts of SQL, never input
_COUNTS = text("""
    SELECT operation_id, outcome, count(*) FROM operation_item
    WHERE operation_id = ANY(:operations) GROUP BY operation_id, outcome
""").bindparams(bindparam("operations", type_=ARRAY(Uuid())))
_STATE = text("""
    UPDATE operation SET state = :state,
        applied_at = CASE WHEN :applied THEN COALESCE(applied_at, now()) ELSE applied_at END,
        finished_at = CASE WHEN :state IN ('finished', 'withdrawn', 'refused') THEN now() END,
        refusal = COALESCE(CAST(:refusal AS jsonb), refusal)
    WHERE id = :operation AND state NOT IN ('withdrawn', 'refused') AND (:only IS NULL OR state = ANY(:only))
    RETURNING id
""").bindparams(
    _OPERATION,
    bindparam("state", type_=Text()),
    bindparam("refusal", type_=Text()),
    bindparam("only", type_=ARRAY(Text())),
)
_LOCK = text("SELECT state, applied_at FROM operation WHERE id = :operation FOR UPDATE").bindparams(
    _OPERATION
)
_ADD_ITEMS = text("""
    INSERT INTO operation_item (operation_id, appraisal_id, phase, trigger, parameters, outcome, code, detail, attempts)
    SELECT :operation, appraisal, :phase, trigger, parameters, 'pending', '', '{}', 0
    FROM jsonb_to_recordset(CAST(:items AS jsonb)) AS i(appraisal uuid, trigger text, parameters jsonb)
    ON CONFLICT DO NOTHING
""").bindparams(_OPERATION)
_PENDING = text("""
    SELECT item.appraisal_id, item.trigger, item.parameters, item.attempts
    FROM operation_item AS item
    WHERE item.operation_id = :operation AND item.phase = :phase AND item.outcome = 'pending'
    ORDER BY item.appraisal_id LIMIT :limit
""").bindparams(_OPERATION, bindparam("limit", type_=Integer()))
_SETTLE = text("""
    UPDATE operation_item AS item
    SET outcome = s.outcome, code = s.code, detail = s.detail, attempts = item.attempts + 1,
        done_at = CASE WHEN s.outcome = 'pending' THEN NULL ELSE now() END
    FROM jsonb_to_recordset(CAST(:settled AS jsonb))
        AS s(appraisal uuid, outcome text, code text, detail jsonb)
    WHERE item.operation_id = :operation AND item.phase = :phase AND item.appraisal_id = s.appraisal
""").bindparams(_OPERATION)
_AGAIN = text("""
    UPDATE operation_item SET outcome = 'pending', code = '', detail = '{}', done_at = NULL, attempts = 0
    WHERE operation_id = :operation AND outcome IN ('refused', 'failed')
""").bindparams(_OPERATION)
_ITEMS = text("""
    SELECT item.appraisal_id, item.phase, item.trigger, item.outcome, item.code, item.detail, item.done_at,
        person.id, person.name, cycle.name
    FROM operation_item AS item
    JOIN appraisal ON appraisal.id = item.appraisal_id
    JOIN person ON person.id = appraisal.employee_id
    JOIN cycle ON cycle.id = appraisal.cycle_id
    WHERE item.operation_id = :operation AND (:outcome IS NULL OR item.outcome = :outcome)
        AND (:after_id IS NULL OR (item.appraisal_id, item.phase) > (:after_id, :after_phase))
    ORDER BY item.appraisal_id, item.phase LIMIT :limit
""").bindparams(
    _OPERATION,
    bindparam("outcome", type_=Text()),
    bindparam("after_id", type_=Uuid()),
    bindparam("after_phase", type_=Text()),
    bindparam("limit", type_=Integer()),
)


@dataclass(frozen=True, slots=True)
class Operation:
    """A requested change as it is kept."""

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
class PendingItem:
    """An item that is to be done."""

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
    """Keeps a requested change; one of the same key stays as it is."""
    await connection.execute(
        _ADD,
        {
            "operation": operation,
            "agency": agency,
            "key": key,
            "fingerprint": fingerprint,
            "kind": change.kind.value,
            "change": CHANGE.dump_json(change).decode(),
            "reason": change.reason,
            "authority": change.authority,
            "person": person,
            "effective_at": effective_at,
        },
    )


async def one(connection: AsyncConnection, operation: uuid.UUID) -> Operation | None:
    """The operation of this id, or None."""
    row = (await connection.execute(_ONE, {"operation": operation})).one_or_none()
    return None if row is None else _operation(row)


async def keyed(connection: AsyncConnection, agency: uuid.UUID, key: str) -> Operation | None:
    """The agency's operation of this idempotency key, or None."""
    row = (await connection.execute(_KEYED, {"agency": agency, "key": key})).one_or_none()
    return None if row is None else _operation(row)


async def unfinished(connection: AsyncConnection) -> list[Operation]:
    """The operations of all agencies that wait for their day or are under way, and that nobody paused."""
    return [_operation(row) for row in await connection.execute(_UNFINISHED)]


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
    return [_operation(row) for row in await connection.execute(_PAGE, parameters)]


async def counts(connection: AsyncConnection, operation: uuid.UUID) -> dict[str, int]:
    """How many items ended how."""
    return (await counts_of(connection, [operation]))[operation]


async def counts_of(
    connection: AsyncConnection, operations: Sequence[uuid.UUID]
) -> dict[uuid.UUID, dict[str, int]]:
    """The same for each of several operations."""
    found: dict[uuid.UUID, dict[str, int]] = {operation: {} for operation in operations}
    for operation, outcome, items in await connection.execute(_COUNTS, {"operations": list(operations)}):
        found[operation][outcome] = items
    return found


async def lock(connection: AsyncConnection, operation: uuid.UUID) -> tuple[str, dt.datetime | None]:
    """State and moment of effect, locked until the transaction ends."""
    state, applied_at = (await connection.execute(_LOCK, {"operation": operation})).one()
    return state, applied_at


async def set_state(
    connection: AsyncConnection,
    operation: uuid.UUID,
    state: str,
    *,
    applied: bool = False,
    refusal: dict[str, Any] | None = None,
    only: Sequence[str] | None = None,
) -> bool:
    """Moves the operation on, where ``only`` is given from these states alone; False if it stays where it is.

    One that was withdrawn or refused is moved by nothing any more.
    """
    parameters = {
        "operation": operation,
        "state": state,
        "applied": applied,
        "refusal": None if refusal is None else json.dumps(refusal),
        "only": only,
    }
    return await connection.scalar(_STATE, parameters) is not None


async def add_items(
    connection: AsyncConnection, operation: uuid.UUID, phase: str, items: Sequence[Item]
) -> None:
    """Notes what is to be done to each appraisal in a phase; what is noted already stays."""
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
    await connection.execute(_ADD_ITEMS, {"operation": operation, "phase": phase, "items": content})


async def pending(
    connection: AsyncConnection, operation: uuid.UUID, phase: str, limit: int
) -> list[PendingItem]:
    """The next items of a phase that are to be done."""
    rows = await connection.execute(_PENDING, {"operation": operation, "phase": phase, "limit": limit})
    return [PendingItem(*row) for row in rows]


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
    """Lets what was refused or failed be done once more; how many items that are."""
    return (await connection.execute(_AGAIN, {"operation": operation})).rowcount


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
    return [ItemLine(*row) for row in await connection.execute(_ITEMS, parameters)]


def _operation(row: Any) -> Operation:
    identity, agency, kind, change, *rest = row
    return Operation(identity, agency, kind, CHANGE.validate_python(change), *rest)
