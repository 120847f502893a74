"""Reads what an agency has already, for comparison with its roster."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Uuid, bindparam, label, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased
from sqlmodel import col

from store.agency.table import Agency, OrganisationUnit
from store.rows import all_rows, rows_of

_ROWS_AT_ONCE = 2_000

_AGENCY = select(col(Agency.id)).where(col(Agency.name) == bindparam("name"))
_Parent, _Heir = aliased(OrganisationUnit), aliased(OrganisationUnit)
_UNITS = (
    select(
        col(OrganisationUnit.code),
        col(OrganisationUnit.name),
        col(OrganisationUnit.kind),
        col(OrganisationUnit.zone),
        label("parent", col(_Parent.code)),
        label("heir", col(_Heir.code)),
    )
    .outerjoin(_Parent, col(_Parent.id) == OrganisationUnit.parent_id)
    .outerjoin(_Heir, col(_Heir.id) == OrganisationUnit.merged_into)
    .where(col(OrganisationUnit.agency_id) == bindparam("agency"))
    .order_by(col(OrganisationUnit.code))
)
# Looked up person by person: after a first import the planner knows nothing of these tables yet, and a join of
# its choice would read all relations once for everybody.
_PEOPLE = text("""
    SELECT unit.code AS unit, person.name, person.title_before, person.title_after, person.post,
        person.post_kind, person.echelon, person.grade, person.employment, person.legal_standing,
        person.post_since, person.contract_until, person.email, person.phone, person.nip, holder.nip AS rater,
        present.operation_id IS NOT NULL AS ordered
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
    SELECT person.nip AS employee, holder.nip AS holder, relation.valid_from AS since, relation.valid_until AS until,
        relation.operation_id IS NOT NULL AS ordered
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
    """Code of the unit that took this one over, if one did."""


# Not frozen, nor is the next: everybody of an agency is read at once, and frozen each takes three times as long.
@dataclass(slots=True, repr=False)
class PersonValues:
    """What a roster says about a person, in the words of the table `Person`."""

    unit: str
    """The unit's code."""
    name: str
    title_before: str
    title_after: str
    post: str
    post_kind: str
    echelon: str
    grade: str
    employment: str
    legal_standing: str
    post_since: dt.date | None
    contract_until: dt.date | None
    email: str
    phone: str


@dataclass(slots=True, repr=False)
class PresentPerson(PersonValues):
    """A person as he is, with the definitive rater."""

    nip: str
    rater: str | None
    ordered: bool
    """Whether an operation of the personnel office gave the rater, and not a roster."""


@dataclass(frozen=True, slots=True, repr=False)
class PastRelation:
    """A past or present relation to a definitive rater."""

    employee: str
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
    return all_rows(PresentUnit, await connection.execute(_UNITS, {"agency": agency}))


async def present_people(
    connection: AsyncConnection, agency: uuid.UUID
) -> AsyncIterator[Sequence[PresentPerson]]:
    """Everybody of the agency, page by page, in one query."""
    paged = {"yield_per": _ROWS_AT_ONCE}
    async with connection.stream(_PEOPLE, {"agency": agency}, execution_options=paged) as rows:
        async for page in rows.partitions(_ROWS_AT_ONCE):
            yield rows_of(PresentPerson, page)


async def ordered_raters(connection: AsyncConnection, agency: uuid.UUID) -> dict[str, list[PastRelation]]:
    """The definitive raters, the present one first, of people whose present rater was given by an operation."""
    found: dict[str, list[PastRelation]] = {}
    for relation in all_rows(PastRelation, await connection.execute(_ORDERED, {"agency": agency})):
        found.setdefault(relation.employee, []).append(relation)
    return found
