"""Reads results by person and year, a page of people in one statement each. The caller decides who may see them.

A result is the one that the snapshot of a case names; what it may be built on, the caller tells from the snapshot.
"""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Boolean, Integer, Text, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import Json
from store.rows import all_rows

# One look by the key of texts for each case: a join would let all texts of all years be read.
_RATED = """LEFT JOIN LATERAL (
        SELECT digest, predicate, score, kind FROM rated WHERE rated.digest = appraisal.snapshot ->> 'result' LIMIT 1
    ) AS rated ON true"""
_COLUMNS = """appraisal.id, appraisal.employee_id, cycle.year, appraisal.period, appraisal.period_from,
        appraisal.period_until, appraisal.snapshot, rated.digest, rated.predicate, rated.score,
        COALESCE(rated.kind = 'result', false) AS decided"""

_PAGE = text(f"""
    WITH page AS (
        SELECT DISTINCT employee_id FROM appraisal
        WHERE cycle_id = :cycle AND stage <> 'cancelled'
            AND (CAST(:after AS uuid) IS NULL OR employee_id > :after)
            AND (CAST(:only AS uuid) IS NULL OR employee_id = :only)
        ORDER BY employee_id LIMIT :limit
    )
    SELECT {_COLUMNS}, person.title_before, person.name, person.title_after, person.nip, person.post,
        person.post_kind, unit.id AS unit_id, unit.code AS unit_code, unit.name AS unit
    FROM page
    JOIN appraisal ON appraisal.cycle_id = :cycle AND appraisal.employee_id = page.employee_id
        AND appraisal.stage <> 'cancelled'
    JOIN cycle ON cycle.id = appraisal.cycle_id
    JOIN person ON person.id = appraisal.employee_id
    JOIN unit ON unit.id = appraisal.unit_id
    {_RATED}
    ORDER BY appraisal.employee_id, appraisal.period
""").bindparams(  # noqa: S608  # the constants above
    bindparam("cycle", type_=Uuid()),
    bindparam("after", type_=Uuid()),
    bindparam("only", type_=Uuid()),
    bindparam("limit", type_=Integer()),
)

# Of several cycles of a year the latest one in which somebody was appraised counts.
_BEFORE = text(f"""
    SELECT {_COLUMNS}
    FROM (
        SELECT DISTINCT ON (earlier.employee_id, cycle.year) earlier.employee_id, cycle.year, cycle.id
        FROM appraisal AS earlier JOIN cycle ON cycle.id = earlier.cycle_id
        WHERE earlier.employee_id = ANY (:people) AND cycle.year BETWEEN :first AND :last
            AND cycle.rehearsal = :rehearsal AND earlier.stage <> 'cancelled'
        ORDER BY earlier.employee_id, cycle.year, cycle.created_at DESC
    ) AS cycle
    JOIN appraisal ON appraisal.cycle_id = cycle.id AND appraisal.employee_id = cycle.employee_id
        AND appraisal.stage <> 'cancelled'
    {_RATED}
    ORDER BY appraisal.employee_id, cycle.year, appraisal.period
""").bindparams(  # noqa: S608  # the constants above
    bindparam("people", type_=ARRAY(Uuid())),
    bindparam("first", type_=Integer()),
    bindparam("last", type_=Integer()),
    bindparam("rehearsal", type_=Boolean()),
)

# Without a number to compare with, none is counted apart.
_ENTRIES = text("""
    SELECT entry.appraisal_id, entry.kind, count(*) AS entries,
        count(*) FILTER (
            WHERE jsonb_typeof(entry.content -> asked.field) = 'number'
                AND CAST(entry.content ->> asked.field AS numeric) <= CAST(asked.at_most AS numeric)
        ) AS within
    FROM unnest(:kinds, :fields, :limits) AS asked(kind, field, at_most)
    JOIN entry ON entry.kind = asked.kind
    WHERE entry.appraisal_id = ANY (:cases) AND entry.withdrawn_at IS NULL AND NOT entry.confidential
    GROUP BY entry.appraisal_id, entry.kind
""").bindparams(
    bindparam("cases", type_=ARRAY(Uuid())),
    bindparam("kinds", type_=ARRAY(Text())),
    bindparam("fields", type_=ARRAY(Text())),
    bindparam("limits", type_=ARRAY(Text())),
)

_FORMS = text(
    "SELECT digest, content -> 'content' AS form FROM document WHERE digest = ANY (:digests)"
).bindparams(bindparam("digests", type_=ARRAY(Text())))


@dataclass(frozen=True, slots=True)
class RatedCase:
    """A period of somebody's year with its result."""

    id: uuid.UUID
    employee_id: uuid.UUID
    year: int
    period: int
    period_from: dt.date | None
    """None for the first day of the year."""
    period_until: dt.date | None
    """None for the last day of the year."""
    snapshot: Json
    digest: str | None
    """The text of its result; None where there is none with an outcome."""
    predicate: str | None
    score: float | None
    decided: bool
    """Whether a decision on an objection set the result."""


@dataclass(frozen=True, slots=True)
class CaseOfCycle(RatedCase):
    """A period of somebody's year with who and where he is."""

    title_before: str
    name: str
    title_after: str
    nip: str
    post: str
    post_kind: str
    unit_id: uuid.UUID
    unit_code: str
    unit: str


@dataclass(frozen=True, slots=True)
class CountedKind:
    """A kind of entry, and which of its entries are counted apart."""

    kind: str
    field: str = ""
    at_most: float = 0


@dataclass(frozen=True, slots=True)
class EntriesOfCase:
    """How many entries of a kind a case has that were not withdrawn."""

    appraisal_id: uuid.UUID
    kind: str
    entries: int
    within: int


async def cases_of_cycle(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    *,
    after: uuid.UUID | None = None,
    only: uuid.UUID | None = None,
    limit: int,
) -> list[CaseOfCycle]:
    """All periods of the next ``limit`` people of a cycle, in the order of their ids; with ``only`` of one person."""
    parameters = {"cycle": cycle, "after": after, "only": only, "limit": limit}
    return all_rows(CaseOfCycle, await connection.execute(_PAGE, parameters))


async def cases_before(
    connection: AsyncConnection,
    people: Collection[uuid.UUID],
    *,
    first: int,
    last: int,
    rehearsal: bool,
) -> list[RatedCase]:
    """All periods of these people in these years, of rehearsals alone or of none."""
    parameters = {"people": list(people), "first": first, "last": last, "rehearsal": rehearsal}
    return all_rows(RatedCase, await connection.execute(_BEFORE, parameters))


async def entries_of(
    connection: AsyncConnection, cases: Collection[uuid.UUID], kinds: Collection[CountedKind]
) -> list[EntriesOfCase]:
    """How many entries of these kinds the cases have."""
    parameters = {
        "cases": list(cases),
        "kinds": [each.kind for each in kinds],
        "fields": [each.field for each in kinds],
        "limits": [str(each.at_most) for each in kinds],
    }
    return all_rows(EntriesOfCase, await connection.execute(_ENTRIES, parameters))


async def forms_of(connection: AsyncConnection, digests: Collection[str]) -> dict[str, Json]:
    """The filled forms of texts by their digest; words alone have none."""
    rows = await connection.execute(_FORMS, {"digests": list(digests)})
    return {row.digest: row.form for row in rows if isinstance(row.form, dict)}
