"""Reads immutable texts, and computes the digest under which a text is kept (see `store.appraisal.recording`)."""

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import Json, canonical
from store.rows import one_row

# A rating is its author's draft until it is delivered, by its author or, where he does not, by the superior who sets
# it: `delivered` tells whether that rating was the one. `present` tells whether a text is of now: nothing was rated or
# reopened after it was last used.
_READ = text("""
    SELECT document.digest, document.kind, document.author_id AS author, person.name AS author_name, document.content,
        document.created_at,
        EXISTS (
            SELECT FROM event AS used
            JOIN LATERAL (
                SELECT body ->> 'trigger' AS trigger FROM event AS later
                WHERE later.appraisal_id = used.appraisal_id AND later.sequence > used.sequence
                    AND later.body ->> 'trigger' IN ('rate', 'return_rating', 'deliver_result', 'countersign')
                ORDER BY later.sequence LIMIT 1
            ) AS following ON following.trigger IN ('deliver_result', 'countersign')
            WHERE used.appraisal_id = document.appraisal_id AND used.body ->> 'document' = document.digest
        ) AS delivered,
        EXISTS (
            SELECT FROM event AS used
            WHERE used.appraisal_id = document.appraisal_id AND used.body ->> 'document' = document.digest
                AND NOT EXISTS (
                    SELECT FROM event AS later
                    WHERE later.appraisal_id = used.appraisal_id AND later.sequence > used.sequence
                        AND later.body ->> 'trigger' IN ('rate', 'reopen')
                )
        ) AS present
    FROM document JOIN person ON person.id = document.author_id
    WHERE document.appraisal_id = :appraisal AND document.digest = :digest
""")


@dataclass(frozen=True, slots=True)
class Document:
    """One text of a case."""

    digest: str
    kind: str
    author: uuid.UUID
    author_name: str
    content: Json
    created_at: dt.datetime
    delivered: bool
    """For a rating: whether it is the one that was delivered to the employee."""
    present: bool
    """Whether nothing was rated or reopened after it."""


def digest_of(appraisal: str, kind: str, author: str, content: Json) -> str:
    """The id of a text: SHA-256 in hex over its appraisal, kind, author and content."""
    return hashlib.sha256(
        canonical({"appraisal": appraisal, "kind": kind, "author": author, "content": content})
    ).hexdigest()


async def read(connection: AsyncConnection, appraisal: uuid.UUID, digest: str) -> Document | None:
    """A text of an appraisal, or None if the appraisal has no such text."""
    row = (await connection.execute(_READ, {"appraisal": appraisal, "digest": digest})).one_or_none()
    return None if row is None else one_row(Document, row)
