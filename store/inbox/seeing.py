"""Marks what somebody has seen of the own inbox; the first moment stays."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, DateTime, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

_CHOSEN = """notice.recipient_id = :person AND notice.channel = 'inbox'
    AND (CAST(:notices AS uuid[]) IS NULL OR notice.id = ANY(:notices))
    AND (CAST(:until AS timestamptz) IS NULL OR notice.created_at <= :until)"""
_BINDS = (
    bindparam("person", type_=Uuid()),
    bindparam("notices", type_=ARRAY(Uuid())),
    bindparam("until", type_=DateTime(timezone=True)),
)

_SEE = text(f"""
    UPDATE notice SET state = 'seen', seen_at = business_at(cycle.clock, :now)
    FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id
    WHERE appraisal.id = notice.appraisal_id AND notice.state = 'delivered' AND {_CHOSEN}
""").bindparams(*_BINDS, bindparam("now", type_=DateTime(timezone=True)))  # noqa: S608  # parts of SQL, never input

# Seen or not: where the engine was away when a notice was marked, the result itself is noted when it is repeated.
_UNNOTED_RESULTS = text(f"""
    SELECT DISTINCT notice.appraisal_id
    FROM notice JOIN appraisal ON appraisal.id = notice.appraisal_id AND appraisal.employee_id = :person
    WHERE notice.template = 'result_ready' AND {_CHOSEN}
        AND appraisal.stage = 'response' AND appraisal.snapshot ->> 'received_on' IS NULL
        AND appraisal.snapshot ->> 'seen' IS NULL
    ORDER BY notice.appraisal_id
""").bindparams(*_BINDS)  # noqa: S608  # parts of SQL, never input


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody has seen: these of his notices, or all that were written ``until`` a real moment."""

    person: uuid.UUID
    notices: Sequence[uuid.UUID] | None = None
    until: dt.datetime | None = None

    @property
    def parameters(self) -> dict[str, Any]:
        """The same as parameters of a statement. Raises `ValueError` where neither or both are given."""
        if (self.notices is None) == (self.until is None):
            raise ValueError("name either notices or a moment")
        notices = None if self.notices is None else list(self.notices)
        return {"person": self.person, "notices": notices, "until": self.until}


async def mark_seen(connection: AsyncConnection, seen: Seen, now: dt.datetime) -> int:
    """Marks them at the real moment ``now`` and returns how many were not marked before; others' are left alone."""
    return (await connection.execute(_SEE, {**seen.parameters, "now": now})).rowcount


async def results_to_note(connection: AsyncConnection, seen: Seen) -> list[uuid.UUID]:
    """The person's own appraisals whose result is told by what was seen and is not noted as received yet."""
    return list(await connection.scalars(_UNNOTED_RESULTS, seen.parameters))
