"""Reads and writes what is attended to."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import ARRAY, DateTime, Integer, Interval, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.clock import IDENTITY, Clock
from store.attending.kinds import AttendedKind
from store.rows import all_rows

_BEGIN = text("""
    INSERT INTO attended (id, kind, cycle_id, due_at) VALUES (:id, :kind, :cycle, :due)
    ON CONFLICT (id) DO NOTHING
""").bindparams(
    bindparam("id", type_=Uuid()),
    bindparam("kind", type_=Text()),
    bindparam("cycle", type_=Uuid()),
    bindparam("due", type_=DateTime(timezone=True)),
)
_TAKE = text("""
    SELECT attended.kind, attended.cycle_id, attended.due_at, attended.ended_at, cycle.clock, now() AS real_now
    FROM attended JOIN cycle ON cycle.id = attended.cycle_id
    WHERE attended.id = :id FOR UPDATE OF attended
""").bindparams(bindparam("id", type_=Uuid()))
_SET_DUE = text("""
    UPDATE attended SET due_at = COALESCE(CAST(:due AS timestamptz), due_at),
        ended_at = CASE WHEN CAST(:due AS timestamptz) IS NULL THEN now() ELSE ended_at END
    WHERE id = :id AND ended_at IS NULL
""").bindparams(bindparam("id", type_=Uuid()), bindparam("due", type_=DateTime(timezone=True)))
_CLAIM = text("""
    WITH fresh AS MATERIALIZED (
        SELECT id FROM attended WHERE ended_at IS NULL AND told_at IS NULL
        ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED
    ), missed AS MATERIALIZED (
        SELECT attended.id FROM attended JOIN cycle ON cycle.id = attended.cycle_id
        WHERE attended.ended_at IS NULL AND attended.told_at < now() - :patience
            AND attended.due_at <= business_at(cycle.clock, now())
        ORDER BY attended.due_at LIMIT :most FOR UPDATE OF attended SKIP LOCKED
    )
    UPDATE attended SET told_at = now()
    WHERE id IN (SELECT id FROM fresh UNION ALL SELECT id FROM missed)
    RETURNING id, old.told_at IS NOT NULL AS missed
""").bindparams(bindparam("most", type_=Integer()), bindparam("patience", type_=Interval()))
_UNTELL = text("UPDATE attended SET told_at = NULL WHERE id = ANY (:ids)").bindparams(
    bindparam("ids", type_=ARRAY(Uuid()))
)


@dataclass(frozen=True, slots=True)
class Attended:
    """What is attended to, held by the transaction that read it."""

    id: uuid.UUID
    kind: str
    cycle: uuid.UUID
    due_at: dt.datetime
    """Business moment."""
    ended: bool
    clock: Clock
    now: dt.datetime
    """Business moment of the transaction."""


@dataclass(frozen=True, slots=True)
class Untold:
    """Something of which the engine is to be told."""

    id: uuid.UUID
    missed: bool
    """Whether it was told before, and has let the moment pass."""


async def begin(
    connection: AsyncConnection, noun: uuid.UUID, kind: AttendedKind, cycle: uuid.UUID, due_at: dt.datetime
) -> None:
    """Has something attended to from the business moment ``due_at`` on. A repeat changes nothing."""
    await connection.execute(_BEGIN, {"id": noun, "kind": kind.value, "cycle": cycle, "due": due_at})


async def take(connection: AsyncConnection, noun: uuid.UUID) -> Attended | None:
    """What is attended to, locked until the transaction ends; None for an unknown id."""
    row = (await connection.execute(_TAKE, {"id": noun})).one_or_none()
    if row is None:
        return None
    clock = Clock.from_data(row.clock) if row.clock else IDENTITY
    return Attended(
        id=noun,
        kind=row.kind,
        cycle=row.cycle_id,
        due_at=row.due_at,
        ended=row.ended_at is not None,
        clock=clock,
        now=clock.business(row.real_now),
    )


async def set_due(connection: AsyncConnection, noun: uuid.UUID, due_at: dt.datetime | None) -> None:
    """Sets the next business moment; None: nothing is to be done any more."""
    await connection.execute(_SET_DUE, {"id": noun, "due": due_at})


async def claim_untold(connection: AsyncConnection, most: int, patience: dt.timedelta) -> list[Untold]:
    """What the engine must be told: new things, and things whose moment has passed although it was told."""
    return all_rows(Untold, await connection.execute(_CLAIM, {"most": most, "patience": patience}))


async def untell(connection: AsyncConnection, ids: list[uuid.UUID]) -> None:
    """Notes that the engine could not be told of these."""
    await connection.execute(_UNTELL, {"ids": ids})
