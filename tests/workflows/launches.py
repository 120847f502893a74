"""An agency of three hundred to be launched: some exempt, some without a rater."""

import asyncio
import datetime as dt
import uuid

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.following.reading import lag
from tests.fixtures.agency import SmallAgency, build_agency

NEXT_YEAR = dt.datetime.now(dt.UTC).year + 1
"""Its planning has not opened, so that the started appraisals sleep."""

SKIPPED = {
    "unpaid_leave": 2,
    "suspended": 1,
    "state_official": 1,
    "pre_retirement": 1,
    "left_service": 2,
    "no_rater": 4,
}
STANDINGS = ("02", "04", "07", "13", "20", "98", "99")


async def large_agency(database: AsyncEngine, employees: int = 295) -> SmallAgency:
    """Five officials and ``employees``; seven are exempt, three and the head have no rater."""
    agency = await build_agency(database, employees=employees, year=NEXT_YEAR)
    async with database.begin() as transaction:
        for number, standing in enumerate(STANDINGS):
            await transaction.execute(
                text("UPDATE person SET legal_standing = :standing WHERE id = :id"),
                {"standing": standing, "id": agency.employees[number * 3]},
            )
        await transaction.execute(
            text("DELETE FROM assignment WHERE employee_id = ANY(:ids)"),
            {"ids": list(agency.employees[-3:])},
        )
    return agency


async def started_in(database: AsyncEngine, agency: SmallAgency) -> int:
    """How many appraisals of the agency's cycle are on record, and with that started."""
    async with database.connect() as connection:
        return int(
            await connection.scalar(
                text("SELECT count(started_at) FROM appraisal WHERE cycle_id = :cycle"),
                {"cycle": agency.cycle},
            )
            or 0
        )


async def appraisals_in(database: AsyncEngine, agency: SmallAgency) -> dict[uuid.UUID, uuid.UUID]:
    """The appraisals of the agency's cycle by employee."""
    async with database.connect() as connection:
        rows = await connection.execute(
            text("SELECT employee_id, id FROM appraisal WHERE cycle_id = :cycle"), {"cycle": agency.cycle}
        )
        return {row.employee_id: row.id for row in rows}


async def waiting(database: AsyncEngine) -> int:
    """Of how many appraisals the engine has not been told."""
    async with database.connect() as connection:
        return (await lag(connection)).cases


async def until_followed(database: AsyncEngine) -> None:
    """Returns once the engine has been told of everything on record."""
    async with asyncio.timeout(60):
        while await waiting(database):  # noqa: ASYNC110  # the record is looked at, nothing tells us
            await asyncio.sleep(0.05)
