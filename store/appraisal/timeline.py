"""Reads what happened to an appraisal, with the names of those who did it."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Integer, Uuid

from store.rows import all_rows

# A rating counts as delivered when delivering it, or its being set by the rater's superior, is the next thing that
# happened to it. What was rated anew or reopened later is no longer the present result.
_PAGE = text("""
    SELECT event.sequence, event.kind, event.body, event.at, event.recorded_at, actor.name AS actor,
        behalf.name AS on_behalf_of, assignee.name AS assignee, document.digest AS document,
        document.author_id AS author, document.content,
        document.kind = 'rate' AND EXISTS (
            SELECT FROM (
                SELECT later.body ->> 'trigger' AS trigger FROM event AS later
                WHERE later.appraisal_id = event.appraisal_id AND later.sequence > event.sequence
                    AND later.body ->> 'trigger' IN ('rate', 'return_rating', 'deliver_result', 'countersign')
                ORDER BY later.sequence LIMIT 1
            ) AS following WHERE following.trigger IN ('deliver_result', 'countersign')
        ) AS delivered,
        document.digest IS NOT NULL AND NOT EXISTS (
            SELECT FROM event AS later
            WHERE later.appraisal_id = event.appraisal_id AND later.sequence > event.sequence
                AND later.body ->> 'trigger' IN ('rate', 'reopen')
        ) AS present
    FROM event
    LEFT JOIN person AS actor ON actor.id = event.actor_id
    LEFT JOIN person AS behalf ON behalf.id = CAST(event.body ->> 'on_behalf_of' AS uuid)
    LEFT JOIN person AS assignee ON assignee.id = CAST(event.body ->> 'assignee' AS uuid)
    LEFT JOIN document
        ON document.digest = event.body ->> 'document' AND document.appraisal_id = event.appraisal_id
    WHERE event.appraisal_id = :appraisal AND (:before IS NULL OR event.sequence < :before)
    ORDER BY event.sequence DESC LIMIT :limit
""").bindparams(bindparam("appraisal", type_=Uuid()), bindparam("before", type_=Integer()))


@dataclass(frozen=True, slots=True)
class Happening:
    """One recorded event for its readers; ``content`` is shown only to those who may read it."""

    sequence: int
    kind: str
    body: dict[str, Any]
    at: dt.datetime
    recorded_at: dt.datetime
    actor: str | None
    on_behalf_of: str | None
    assignee: str | None
    document: str | None
    author: uuid.UUID | None
    content: dict[str, Any] | None
    delivered: bool | None
    present: bool
    """Whether it has a text, after which nothing was rated or reopened."""


async def timeline(
    connection: AsyncConnection, appraisal: uuid.UUID, *, before: int | None, limit: int
) -> list[Happening]:
    """The events of an appraisal before a sequence, the newest first."""
    parameters = {"appraisal": appraisal, "before": before, "limit": limit}
    return all_rows(Happening, await connection.execute(_PAGE, parameters))
