"""Reads what a new period starts with."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.agency.table import OrganisationUnit, SchemeVersion
from store.appraisal.table import AppraisalRow
from store.person.table import Person
from store.rows import one_row

_PERIOD: Select[*tuple[Any, ...]] = (
    select(
        col(AppraisalRow.cycle_id).label("cycle"),
        col(AppraisalRow.employee_id).label("employee"),
        col(AppraisalRow.period),
        col(SchemeVersion.content).label("scheme"),
        col(OrganisationUnit.id).label("unit"),
        col(OrganisationUnit.zone),
    )
    .select_from(AppraisalRow)
    .join(SchemeVersion, col(SchemeVersion.key) == col(AppraisalRow.snapshot)["rulebook"].astext)
    .join(Person, col(Person.id) == col(AppraisalRow.employee_id))
    .join(OrganisationUnit, col(OrganisationUnit.id) == col(Person.unit_id))
    .where(col(AppraisalRow.id) == bindparam("appraisal"))
)


@dataclass(frozen=True, slots=True)
class Period:
    """A period of an employee's year, and the unit in which the next one begins."""

    cycle: uuid.UUID
    employee: uuid.UUID
    period: int
    scheme: dict[str, Any]
    """The rules of the period, which the next one keeps."""
    unit: uuid.UUID
    zone: str


async def period_of(connection: AsyncConnection, appraisal: uuid.UUID) -> Period:
    """The period of an existing appraisal, with the present unit of its employee."""
    return one_row(Period, (await connection.execute(_PERIOD, {"appraisal": appraisal})).one())
