"""What an agency has already, to be compared with its roster."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

_ROWS_AT_ONCE = 2_000

_AGENCY = text("SELECT id FROM agency WHERE name = :name")
_UNITS = text("""
    SELECT unit.code, unit.name, unit.kind, unit.zone, parent.code, heir.code
    FROM unit
    LEFT JOIN unit AS parent ON parent.id = unit.parent_id
    LEFT JOIN unit AS heir ON heir.id = unit.merged_into
    WHERE unit.agency_id = :agency
    ORDER BY unit.code
""").bindparams(bindparam("agency", type_=Uuid()))
# ExplainedNotice up person by person: after a first import the planner knows nothing of these tables yet, and a join of
# its choice would read all relations once for everybody.
_PEOPLE = text("""
    SELECT person.nip, unit.code, person.name, person.title_before, person.title_after, person.post,
        person.post_kind, person.echelon, person.grade, person.employment, person.legal_standing,
        person.post_since, person.email, person.phone, holder.nip, present.operation_id IS NOT NULL
    FROM person
    JOIN unit ON unit.id = person.unit_id
    LEFT JOIN LATERAL (
        SELECT holder_id, operation_id FROM assignment
        WHERE employee_id = person.id AND capacity = 'rater' AND kind = 'definitive'
            AND valid_until IS NULL AND appraisal_id IS NULL
        LIMIT 1
    ) AS present ON true
    LEFT JOIN LATERAL (SELECT nip FROM person WHERE id = present.holder_id LIMIT 1) AS holder ON true
    WHERE person.agency_id = :agency
""").bindparams(bindparam("agency", type_=Uuid()))
_ORDERED = text("""
    WITH ordered AS MATERIALIZED (
        SELECT employee_id FROM assignment
        WHERE capacity = 'rater' AND kind = 'definitive' AND valid_until IS NULL AND appraisal_id IS NULL
            AND operation_id IS NOT NULL
    )
    SELECT person.nip, holder.nip, relation.valid_from, relation.valid_until, relation.operation_id IS NOT NULL
    FROM ordered
    JOIN person ON person.id = ordered.employee_id
    JOIN assignment AS relation ON relation.employee_id = person.id AND relation.capacity = 'rater'
        AND relation.kind = 'definitive' AND relation.appraisal_id IS NULL
    JOIN person AS holder ON holder.id = relation.holder_id
    WHERE person.agency_id = :agency
    ORDER BY person.nip, relation.valid_from DESC, relation.valid_until DESC NULLS FIRST, relation.recorded_at DESC
""").bindparams(bindparam("agency", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class PresentUnit:
    """A unit as it is."""

    code: str
    name: str
    kind: str
    zone: str
    parent: str | None
    heir: str | None
    """The unit that took it over, if one did."""


PersonValues = tuple[str, str, str, str, str, str, str, str, str, str, dt.date | None, str, str]
"""Unit's code, name, title before and after, post, its kind, echelon, grade, employment, legal standing, since
when in the post, e-mail address, telephone number."""


@dataclass(frozen=True, slots=True, repr=False)
class PresentPerson:
    """A person as he is, with the definitive rater."""

    nip: str
    values: PersonValues
    rater: str | None
    ordered: bool
    """The rater was given by an operation of the personnel office, not by a roster."""


@dataclass(frozen=True, slots=True, repr=False)
class PastRelation:
    """Somebody was or is the definitive rater."""

    holder: str
    since: dt.datetime
    until: dt.datetime | None
    ordered: bool


async def known_agency(connection: AsyncConnection, name: str) -> uuid.UUID | None:
    """The id of the agency called ``name``."""
    found: uuid.UUID | None = await connection.scalar(_AGENCY, {"name": name})
    return found


async def present_units(connection: AsyncConnection, agency: uuid.UUID) -> list[PresentUnit]:
    """Every unit of the agency."""
    return [PresentUnit(*row) for row in await connection.execute(_UNITS, {"agency": agency})]


async def present_people(
    connection: AsyncConnection, agency: uuid.UUID
) -> AsyncIterator[Sequence[PresentPerson]]:
    """Everybody of the agency, page by page, in one query."""
    paged = {"yield_per": _ROWS_AT_ONCE}
    async with connection.stream(_PEOPLE, {"agency": agency}, execution_options=paged) as rows:
        async for page in rows.partitions():
            yield [PresentPerson(row[0], row[1:14], row[14], row[15]) for row in page]


async def ordered_raters(connection: AsyncConnection, agency: uuid.UUID) -> dict[str, list[PastRelation]]:
    """The definitive raters, the present one first, of those whose present one was given by an operation."""
    found: dict[str, list[PastRelation]] = {}
    for nip, *relation in await connection.execute(_ORDERED, {"agency": agency}):
        found.setdefault(nip, []).append(PastRelation(*relation))
    return found
