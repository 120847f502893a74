"""Creates, finds and lists cycles."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Text, bindparam, cast, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from states.working_days import NATIONAL_DAYS, WorkingDays
from store.agency.table import Agency, OrganisationUnit
from store.appraisal.table import AppraisalRow
from store.base import new_id
from store.cycle.table import Cycle
from store.rows import all_rows

_AGENCIES = select(col(Agency.id), col(Agency.name), col(Agency.zone)).order_by(col(Agency.name))
_ZONES = (
    select(col(OrganisationUnit.zone))
    .distinct()
    .where(col(OrganisationUnit.agency_id) == bindparam("agency"), col(OrganisationUnit.zone) != "")
    .order_by(col(OrganisationUnit.zone))
)
_NAMED_AGENCY = bindparam("agency", type_=Text())
_NAMED_CYCLE = bindparam("cycle", type_=Text())
_LIST: Select[*tuple[Any, ...]] = (
    select(
        col(Cycle.id),
        col(Agency.name).label("agency"),
        col(Cycle.name),
        col(Cycle.year),
        col(Cycle.scheme),
        col(Cycle.rehearsal),
        col(Cycle.launched_at),
        func.count(col(AppraisalRow.id)).label("appraisals"),
        func.count(col(AppraisalRow.started_at)).label("started"),
        # A closed case is the only one that waits on nobody.
        func.count(col(AppraisalRow.id)).filter(col(AppraisalRow.holder).is_(None)).label("closed"),
    )
    .select_from(Cycle)
    .join(Agency, col(Agency.id) == col(Cycle.agency_id))
    .outerjoin(AppraisalRow, col(AppraisalRow.cycle_id) == col(Cycle.id))
    .where(
        or_(_NAMED_AGENCY.is_(None), col(Agency.name) == _NAMED_AGENCY),
        or_(
            _NAMED_CYCLE.is_(None), col(Cycle.name) == _NAMED_CYCLE, cast(col(Cycle.id), Text) == _NAMED_CYCLE
        ),
    )
    .group_by(col(Cycle.id), col(Agency.name))
    .order_by(col(Agency.name), col(Cycle.year), col(Cycle.name))
)


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """An agency in a list."""

    id: uuid.UUID
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class CycleLine:
    """A cycle in a list, with how far it has come."""

    id: uuid.UUID
    agency: str
    name: str
    year: int
    scheme: str
    rehearsal: bool
    launched_at: dt.datetime | None
    appraisals: int
    started: int
    closed: int


async def agencies(connection: AsyncConnection) -> list[AgencyLine]:
    """All agencies by name."""
    return all_rows(AgencyLine, await connection.execute(_AGENCIES))


async def zones_of(connection: AsyncConnection, agency: uuid.UUID) -> list[str]:
    """The time zones of the agency's units, as far as the roster names them."""
    return list((await connection.execute(_ZONES, {"agency": agency})).scalars())


async def add_cycle(
    connection: AsyncConnection,
    *,
    agency: uuid.UUID,
    name: str,
    year: int,
    scheme: str,
    clock: list[Any],
    working_days: WorkingDays = NATIONAL_DAYS,
) -> uuid.UUID | None:
    """Adds a cycle and returns its id; None if the agency has one of this name. ``scheme`` is a stored version key."""
    statement = insert(Cycle).values(
        {
            col(Cycle.id): new_id(),
            col(Cycle.agency_id): agency,
            col(Cycle.name): name,
            col(Cycle.year): year,
            col(Cycle.scheme): scheme,
            col(Cycle.clock): clock,
            col(Cycle.rehearsal): bool(clock),
            col(Cycle.working_days): working_days.model_dump(mode="json", exclude_defaults=True),
            col(Cycle.created_at): func.now(),
        }
    )
    unless_named = statement.on_conflict_do_nothing(index_elements=[col(Cycle.agency_id), col(Cycle.name)])
    return await connection.scalar(unless_named.returning(col(Cycle.id)))


async def cycles(
    connection: AsyncConnection, *, agency: str | None = None, cycle: str | None = None
) -> list[CycleLine]:
    """All cycles. ``agency`` (a name) and ``cycle`` (a name or an id) narrow them down, if given."""
    return all_rows(CycleLine, await connection.execute(_LIST, {"agency": agency, "cycle": cycle}))
