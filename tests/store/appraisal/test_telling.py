"""Whoever is awaited in a new stage is told, and nobody who may not act there."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.stages import Stage
from store.person.roles import grant_role
from tests.fixtures.agency import SmallAgency, build_agency
from tests.store.operation.walking import case_in

pytestmark = pytest.mark.database


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


async def told(database: AsyncEngine, agency: SmallAgency, stage: Stage) -> set[str]:
    async with database.connect() as connection:
        names = await connection.execute(
            text("""
                SELECT lower(split_part(person.name, ' ', 1)) FROM notice
                JOIN person ON person.id = notice.recipient_id
                WHERE notice.stage = :stage AND notice.template = 'task_opened' AND person.agency_id = :agency"""),
            {"stage": stage.value, "agency": agency.agency},
        )
        return set(names.scalars())


async def end_the_line_at(database: AsyncEngine, person: object) -> None:
    async with database.begin() as transaction:
        await transaction.execute(
            text("DELETE FROM assignment WHERE employee_id = :person"), {"person": person}
        )


async def test_of_a_countersignature_the_superior_is_told(database: AsyncEngine, agency: SmallAgency) -> None:
    await case_in(database, agency, agency.employee, agency.rater, Stage.COUNTERSIGN)
    assert await told(database, agency, Stage.COUNTERSIGN) == {"superior"}


async def test_of_a_countersignature_on_what_the_superior_rated_the_next_level_is_told(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await case_in(database, agency, agency.employee, agency.superior, Stage.COUNTERSIGN)
    assert await told(database, agency, Stage.COUNTERSIGN) == {"director"}


async def test_at_the_end_of_the_line_the_top_decider_is_told_to_countersign(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await end_the_line_at(database, agency.rater)
    async with database.begin() as transaction:
        await grant_role(transaction, agency.head, "top_decider")
    await case_in(database, agency, agency.employee, agency.rater, Stage.COUNTERSIGN)
    assert await told(database, agency, Stage.COUNTERSIGN) == {"head"}


@pytest.mark.parametrize("stage", (Stage.COUNTERSIGN, Stage.OBJECTED))
async def test_personnel_officers_are_not_told_to_sign_or_decide(
    database: AsyncEngine, agency: SmallAgency, stage: Stage
) -> None:
    await end_the_line_at(database, agency.rater)
    await case_in(database, agency, agency.employee, agency.rater, stage)
    assert await told(database, agency, stage) == set()
