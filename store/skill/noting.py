"""Finds cases whose skills are to be derived anew, with what they are derived from, and keeps what they came to."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import Json
from store.rows import all_rows

# Only schemes that ask for skills, and only cases that were rated: of those a row that is older than the case, or none.
_WAITING = """asking AS (
        SELECT array_agg(key) AS keys FROM scheme
        WHERE content_rules -> 'follow_up' ->> 'weaknesses' IS NOT NULL OR content_rules ->> 'skills' IS NOT NULL
    ), waiting AS (
        SELECT appraisal.id, closed.surveys
        FROM asking
        JOIN appraisal ON asking.keys IS NOT NULL
        LEFT JOIN skill_standing AS kept ON kept.appraisal_id = appraisal.id
        CROSS JOIN LATERAL (SELECT 0 AS surveys) AS closed
        WHERE (:cycle IS NULL OR appraisal.cycle_id = :cycle)
            AND (appraisal.snapshot ->> 'result' IS NOT NULL OR kept.result IS NOT NULL)
            AND (kept.sequence IS NULL OR kept.sequence < appraisal.sequence OR kept.surveys < closed.surveys)
            AND appraisal.snapshot ->> 'rulebook' = ANY (asking.keys)
        ORDER BY appraisal.id LIMIT :most
    )"""

# As it was rated: the version of the scheme is that of the result, whatever the case follows since.
_FOUND = text(f"""
    WITH {_WAITING}
    SELECT appraisal.id AS appraisal, appraisal.sequence, waiting.surveys, appraisal.snapshot,
        COALESCE(version.rulebook, appraisal.snapshot ->> 'rulebook') AS rulebook, person.post,
        result.content -> 'content' AS rating, meeting.content -> 'content' AS meeting,
        CAST('{{}}' AS jsonb) AS means
    FROM waiting
    JOIN appraisal ON appraisal.id = waiting.id
    JOIN person ON person.id = appraisal.employee_id
    LEFT JOIN document AS result ON result.digest = appraisal.snapshot ->> 'result'
    LEFT JOIN LATERAL (
        SELECT max(event.sequence) AS sequence FROM event
        WHERE event.appraisal_id = appraisal.id
            AND result.digest IN (event.body ->> 'document', event.body ->> 'result')
    ) AS set ON true
    LEFT JOIN LATERAL (
        SELECT event.body ->> 'rulebook' AS rulebook FROM event
        WHERE event.appraisal_id = appraisal.id AND event.sequence <= set.sequence AND event.body ? 'rulebook'
        ORDER BY event.sequence DESC LIMIT 1
    ) AS version ON true
    LEFT JOIN LATERAL (
        SELECT event.body ->> 'document' AS digest FROM event
        WHERE event.appraisal_id = appraisal.id AND event.body ->> 'trigger' = 'deliver_result'
        ORDER BY event.sequence DESC LIMIT 1
    ) AS delivery ON true
    LEFT JOIN document AS meeting ON meeting.digest = delivery.digest
    ORDER BY appraisal.id
""").bindparams(bindparam("cycle", type_=Uuid()), bindparam("most", type_=Integer()))  # noqa: S608  # the constant above

_COUNT = text(f"WITH {_WAITING} SELECT count(*) FROM waiting").bindparams(  # noqa: S608  # the constant above
    bindparam("cycle", type_=Uuid()), bindparam("most", type_=Integer())
)

# Of two that derive at once, the one that knew more of the case stays.
_KEEP = text("""
    INSERT INTO skill_standing (appraisal_id, sequence, surveys, result, weak, strong, known)
    SELECT appraisal_id, sequence, surveys, result, weak, strong, known
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
        appraisal_id uuid, sequence integer, surveys integer, result text, weak text[], strong text[], known text[])
    ORDER BY appraisal_id
    ON CONFLICT (appraisal_id) DO UPDATE SET sequence = excluded.sequence, surveys = excluded.surveys,
        result = excluded.result, weak = excluded.weak, strong = excluded.strong, known = excluded.known
    WHERE excluded.sequence >= skill_standing.sequence
""").bindparams(bindparam("rows", type_=Text()))


@dataclass(frozen=True, slots=True)
class ToDerive:
    """A case whose skills are to be derived, and what from."""

    appraisal: uuid.UUID
    sequence: int
    surveys: int
    snapshot: Json
    rulebook: str
    """The version of the scheme under which it was rated."""
    post: str
    rating: Json | None
    """The result as a filled form; None for one in words."""
    meeting: Json | None
    means: Json
    """Of closed surveys, by input and skill."""


@dataclass(frozen=True, slots=True)
class Derived:
    """What the skills of a case came to."""

    appraisal: uuid.UUID
    sequence: int
    surveys: int
    result: str | None
    weak: Sequence[str] = ()
    strong: Sequence[str] = ()
    known: Sequence[str] = ()


async def to_derive(connection: AsyncConnection, most: int, cycle: uuid.UUID | None = None) -> list[ToDerive]:
    """Up to ``most`` cases, of one cycle or of all, in one query."""
    return all_rows(ToDerive, await connection.execute(_FOUND, {"cycle": cycle, "most": most}))


async def waiting_in(connection: AsyncConnection, cycle: uuid.UUID, most: int) -> int:
    """How many cases of a cycle wait, counted up to ``most``."""
    return int(await connection.scalar(_COUNT, {"cycle": cycle, "most": most}) or 0)


async def keep_derived(connection: AsyncConnection, derived: Sequence[Derived]) -> None:
    """Keeps what was derived, in one statement."""
    rows = [
        {
            "appraisal_id": str(each.appraisal),
            "sequence": each.sequence,
            "surveys": each.surveys,
            "result": each.result,
            "weak": list(each.weak),
            "strong": list(each.strong),
            "known": list(each.known),
        }
        for each in derived
    ]
    if rows:
        await connection.execute(_KEEP, {"rows": json.dumps(rows)})
