"""Finds the appraisals of an agency on which people are awaited."""

import uuid

from sqlalchemy import Boolean, Text, Uuid, bindparam, exists, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.agency.table import OrganisationUnit

_OPEN = text("""
    WITH RECURSIVE chosen_unit AS (
        SELECT id FROM unit WHERE agency_id = :agency AND code = :unit
        UNION
        SELECT unit.id FROM unit JOIN chosen_unit ON unit.parent_id = chosen_unit.id
    )
    SELECT appraisal.id
    FROM appraisal
    JOIN cycle ON cycle.id = appraisal.cycle_id AND cycle.agency_id = :agency
    JOIN task ON task.appraisal_id = appraisal.id AND task.closed_at IS NULL AND task.duty = ''
    WHERE (:unit IS NULL OR appraisal.unit_id IN (SELECT id FROM chosen_unit))
        AND (NOT :overdue OR COALESCE(CAST(appraisal.snapshot -> 'deadline' ->> 'lapsed' AS boolean), false))
    ORDER BY appraisal.due_on, appraisal.id
""").bindparams(
    bindparam("agency", type_=Uuid()), bindparam("unit", type_=Text()), bindparam("overdue", type_=Boolean())
)
_UNIT = select(
    exists().where(
        col(OrganisationUnit.agency_id) == bindparam("agency"),
        col(OrganisationUnit.code) == bindparam("unit"),
    )
)


async def awaiting(
    connection: AsyncConnection, agency: uuid.UUID, *, unit: str | None, overdue: bool
) -> list[uuid.UUID]:
    """Appraisals with an open task, the first due first. ``unit`` (with all below) and ``overdue`` narrow the list."""
    parameters = {"agency": agency, "unit": unit, "overdue": overdue}
    return list(await connection.scalars(_OPEN, parameters))


async def has_unit(connection: AsyncConnection, agency: uuid.UUID, code: str) -> bool:
    """Whether the agency has a unit of this code."""
    return bool(await connection.scalar(_UNIT, {"agency": agency, "unit": code}))
