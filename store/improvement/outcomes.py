"""Puts on record how a time to improve ended."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import Boolean, Date, DateTime, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

_UNDER_KEY = text("""
    SELECT fingerprint FROM improvement_outcome WHERE improvement_id = :improvement AND key = :key
""").bindparams(bindparam("improvement", type_=Uuid()), bindparam("key", type_=Text()))
_WRITE = text("""
    WITH closed AS (
        UPDATE improvement SET closed_at = COALESCE(closed_at, now()) WHERE id = :improvement
    )
    INSERT INTO improvement_outcome (id, improvement_id, revision, kind, held_on, passed, reason, letter, by_id, at,
        key, fingerprint, recorded_at)
    SELECT gen_random_uuid(), :improvement, 1 + COALESCE(max(revision), 0), :kind, :held_on, :passed, :reason, :letter,
        :by, :at, :key, :fingerprint, now()
    FROM improvement_outcome WHERE improvement_id = :improvement
""").bindparams(
    *(bindparam(name, type_=Uuid()) for name in ("improvement", "by")),
    *(bindparam(name, type_=Text()) for name in ("kind", "reason", "letter", "key", "fingerprint")),
    bindparam("held_on", type_=Date()),
    bindparam("passed", type_=Boolean()),
    bindparam("at", type_=DateTime(timezone=True)),
)


@dataclass(frozen=True, slots=True)
class NewOutcome:
    """How it ended, as a personnel officer puts it on record."""

    improvement: uuid.UUID
    kind: str
    """``test`` or ``end``."""
    held_on: dt.date | None
    passed: bool | None
    reason: str
    letter: str
    by: uuid.UUID
    at: dt.datetime
    """Business moment."""
    key: str
    fingerprint: str


async def recorded_under(connection: AsyncConnection, improvement: uuid.UUID, key: str) -> str | None:
    """The fingerprint of what an earlier request with the same key put on record; None if there was none."""
    found: str | None = await connection.scalar(_UNDER_KEY, {"improvement": improvement, "key": key})
    return found


async def record_outcome(connection: AsyncConnection, new: NewOutcome) -> None:
    """Adds a revision. The caller holds what attends to it, so that two do not count at once."""
    parameters = {
        "improvement": new.improvement,
        "kind": new.kind,
        "held_on": new.held_on,
        "passed": new.passed,
        "reason": new.reason,
        "letter": new.letter,
        "by": new.by,
        "at": new.at,
        "key": new.key,
        "fingerprint": new.fingerprint,
    }
    await connection.execute(_WRITE, parameters)
