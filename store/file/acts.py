"""Reads what people did on a case, with the digest of what they wrote."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Integer, Text, Uuid

from store.rows import all_rows

# A decision on an objection names the new result beside itself. The version of the scheme is that of the moment:
# the one of the launch, or the one that the case adopted last.
_ACTS = text("""
    SELECT event.sequence, event.body ->> 'trigger' AS trigger, event.body ->> 'capacity' AS capacity,
        event.body ->> 'target' AS target, event.body ->> 'ground' AS ground, event.at, event.recorded_at,
        event.actor_id, actor.name AS actor, behalf.name AS on_behalf_of,
        event.body ->> CASE event.body ->> 'trigger' WHEN 'change_result' THEN 'result' ELSE 'document' END AS digest,
        (
            SELECT version.body ->> 'rulebook' FROM event AS version
            WHERE version.appraisal_id = event.appraisal_id AND version.sequence <= event.sequence
                AND version.body ? 'rulebook'
            ORDER BY version.sequence DESC LIMIT 1
        ) AS rulebook
    FROM event
    LEFT JOIN person AS actor ON actor.id = event.actor_id
    LEFT JOIN person AS behalf ON behalf.id = CAST(event.body ->> 'on_behalf_of' AS uuid)
    WHERE event.appraisal_id = :appraisal AND event.sequence <= :until
        AND event.body ->> 'trigger' = ANY (:triggers)
    ORDER BY event.sequence
""").bindparams(
    bindparam("appraisal", type_=Uuid()),
    bindparam("until", type_=Integer()),
    bindparam("triggers", type_=ARRAY(Text())),
)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody did on a case."""

    sequence: int
    trigger: str
    capacity: str
    target: str
    """The stage after it."""
    ground: str | None
    """On what a revision of the plan rests."""
    at: dt.datetime
    """In business time."""
    recorded_at: dt.datetime
    actor_id: uuid.UUID | None
    actor: str | None
    on_behalf_of: str | None
    digest: str | None
    """The text that came with it; of a decision that changes the result, the new result."""
    rulebook: str
    """The version of the scheme under which it was done."""


async def acts_of(
    connection: AsyncConnection, appraisal: uuid.UUID, triggers: Collection[str], *, until: int
) -> list[Act]:
    """The acts of these triggers up to a sequence of the case, in order."""
    parameters = {"appraisal": appraisal, "triggers": list(triggers), "until": until}
    return all_rows(Act, await connection.execute(_ACTS, parameters))
