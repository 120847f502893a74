"""Finds the people, units and deadlines that a requested change names."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, Date, DateTime, Select, Text, Uuid, any_, bindparam, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from states.appraisal import Appraisal
from states.codec import load_appraisal
from states.operations.refusals import NamedPerson
from states.operations.substituting import RunningSubstitution
from store.agency.table import Agency, OrganisationUnit
from store.cycle.table import Cycle
from store.rows import all_rows
from store.substitution.table import SubstitutionRow

_AGENCY = bindparam("agency", type_=Uuid())
_AT = bindparam("at", type_=DateTime(timezone=True))

_LOCK = select(col(Agency.id)).where(col(Agency.id) == _AGENCY).with_for_update()
_PEOPLE = text("""
    SELECT id, is_away(id, :at) AS away,
        (SELECT count(*) FROM assignment
         WHERE holder_id = person.id AND capacity = 'rater' AND kind = 'definitive' AND appraisal_id IS NULL
            AND (valid_until IS NULL OR valid_until > :at)) AS rates
    FROM person WHERE agency_id = :agency AND id = ANY(:people)
""").bindparams(_AGENCY, _AT, bindparam("people", type_=ARRAY(Uuid())))
_UNITS = select(col(OrganisationUnit.id)).where(
    col(OrganisationUnit.agency_id) == _AGENCY,
    col(OrganisationUnit.id) == any_(bindparam("units", type_=ARRAY(Uuid()))),
    col(OrganisationUnit.merged_into).is_(None),
)
_CYCLE = select(
    select(col(Cycle.id)).where(col(Cycle.id) == bindparam("cycle"), col(Cycle.agency_id) == _AGENCY).exists()
)
_ABOVE = text("""
    WITH RECURSIVE above AS (
        SELECT id, parent_id FROM unit WHERE id = :unit
        UNION
        SELECT unit.id, unit.parent_id FROM above JOIN unit ON unit.id = above.parent_id
    )
    SELECT id FROM above
""").bindparams(bindparam("unit", type_=Uuid()))
_AMONG_IDS = any_(bindparam("ids", type_=ARRAY(Uuid())))
_SUBSTITUTIONS: Select[*tuple[Any, ...]] = (
    select(
        col(SubstitutionRow.id),
        col(SubstitutionRow.official_id).label("official"),
        col(SubstitutionRow.substitute_id).label("substitute"),
        col(SubstitutionRow.kind),
        col(SubstitutionRow.valid_from),
        col(SubstitutionRow.valid_until),
    )
    .where(
        col(SubstitutionRow.agency_id) == _AGENCY,
        or_(
            col(SubstitutionRow.official_id) == _AMONG_IDS,
            col(SubstitutionRow.substitute_id) == _AMONG_IDS,
            col(SubstitutionRow.id) == _AMONG_IDS,
        ),
        or_(col(SubstitutionRow.valid_until).is_(None), col(SubstitutionRow.valid_until) > _AT),
    )
    .order_by(col(SubstitutionRow.valid_from), col(SubstitutionRow.id))
)
_RUNNING = text("""
    WITH RECURSIVE below AS (
        SELECT id FROM unit WHERE id = :unit
        UNION
        SELECT unit.id FROM below JOIN unit ON unit.parent_id = below.id
    )
    SELECT appraisal.id, appraisal.snapshot
    FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id AND cycle.agency_id = :agency
    WHERE appraisal.due_on IS NOT NULL AND appraisal.stage <> 'suspended' AND appraisal.started_at IS NOT NULL
        AND (CAST(:cycle AS uuid) IS NULL OR appraisal.cycle_id = :cycle)
        AND (CAST(:unit AS uuid) IS NULL OR appraisal.unit_id IN (SELECT id FROM below))
        AND (cardinality(:people) = 0 OR appraisal.employee_id = ANY(:people))
        AND (cardinality(:stages) = 0 OR appraisal.stage = ANY(:stages))
        AND (CAST(:until AS date) IS NULL OR appraisal.due_on < :until)
    ORDER BY appraisal.id
""").bindparams(
    _AGENCY,
    bindparam("cycle", type_=Uuid()),
    bindparam("unit", type_=Uuid()),
    bindparam("people", type_=ARRAY(Uuid())),
    bindparam("stages", type_=ARRAY(Text())),
    bindparam("until", type_=Date()),
)


async def lock_agency(connection: AsyncConnection, agency: uuid.UUID) -> None:
    """Makes other changes and imports of the agency wait until the transaction ends."""
    await connection.execute(_LOCK, {"agency": agency})


async def named_people(
    connection: AsyncConnection, agency: uuid.UUID, people: Collection[uuid.UUID], at: dt.datetime
) -> dict[uuid.UUID, NamedPerson]:
    """Those of ``people`` who are in the agency."""
    rows = await connection.execute(_PEOPLE, {"agency": agency, "people": list(people), "at": at})
    return {person.id: person for person in all_rows(NamedPerson, rows)}


async def standing_units(
    connection: AsyncConnection, agency: uuid.UUID, units: Collection[uuid.UUID]
) -> set[uuid.UUID]:
    """Those of ``units`` that the agency has and that were not merged into others."""
    return set((await connection.execute(_UNITS, {"agency": agency, "units": list(units)})).scalars())


async def units_above(connection: AsyncConnection, unit: uuid.UUID) -> set[uuid.UUID]:
    """The unit and all that stand above it."""
    return set((await connection.execute(_ABOVE, {"unit": unit})).scalars())


async def has_cycle(connection: AsyncConnection, agency: uuid.UUID, cycle: uuid.UUID) -> bool:
    """Whether the agency has this cycle."""
    return bool(await connection.scalar(_CYCLE, {"agency": agency, "cycle": cycle}))


async def substitutions_of(
    connection: AsyncConnection, agency: uuid.UUID, ids: Collection[uuid.UUID], at: dt.datetime
) -> list[RunningSubstitution]:
    """Substitutions after ``at`` for which ``ids`` holds the substitution itself, its official or its substitute."""
    rows = await connection.execute(_SUBSTITUTIONS, {"agency": agency, "ids": list(ids), "at": at})
    return all_rows(RunningSubstitution, rows)


async def running_deadlines(
    connection: AsyncConnection,
    agency: uuid.UUID,
    *,
    people: Collection[uuid.UUID],
    unit: uuid.UUID | None,
    cycle: uuid.UUID | None,
    stages: Collection[str],
    until: dt.date | None,
) -> list[tuple[uuid.UUID, Appraisal]]:
    """The requested appraisals that have a running deadline; with ``until`` only those due before that day."""
    rows = await connection.execute(
        _RUNNING,
        {
            "agency": agency,
            "people": list(people),
            "unit": unit,
            "cycle": cycle,
            "stages": list(stages),
            "until": until,
        },
    )
    return [(row.id, load_appraisal(row.snapshot)) for row in rows]
