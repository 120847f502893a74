"""The plans below a plan are those of the people whom its holder rates now, each person once."""

import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.policy import JUDGING, SEEING
from states.stages import Capacity
from states.triggers import Trigger
from store.appraisal.repository import Asker
from store.database import autocommit
from store.plan.cascade import PlanBelow, plans_below
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import PLANNING_OPENS, RecordedCase, new_case

pytestmark = pytest.mark.database


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=2)


@pytest.fixture
async def above(database: AsyncEngine, agency: SmallAgency) -> RecordedCase:
    """The case of the rater."""
    return await new_case(database, agency, agency.rater)


async def below(above: RecordedCase, asker: uuid.UUID) -> list[PlanBelow]:
    agency = above.agency
    async with autocommit(above.database).connect() as connection:
        who = Asker(asker, agency.agency, SEEING, JUDGING, PLANNING_OPENS)
        return await plans_below(connection, uuid.UUID(above.appraisal.id), who)


async def test_those_whom_one_rates_are_found_by_name(
    database: AsyncEngine, agency: SmallAgency, above: RecordedCase
) -> None:
    for employee in reversed(agency.employees):
        await new_case(database, agency, employee)
    found = await below(above, agency.rater)
    assert [each.employee for each in found] == ["Employee 1 Kota Contoh", "Employee 2 Kota Contoh"]
    assert [each.capacities for each in found] == [["rater"]] * 2


async def test_whoever_is_nothing_on_a_case_below_has_no_capacity_there(
    database: AsyncEngine, agency: SmallAgency, above: RecordedCase
) -> None:
    await new_case(database, agency)
    (found,) = await below(above, agency.head)
    assert found.capacities == []


async def test_a_case_that_was_handed_over_is_not_below_any_more(
    database: AsyncEngine, agency: SmallAgency, above: RecordedCase
) -> None:
    case = await new_case(database, agency)
    handed_over = {"assignee": str(agency.director), "assigned_capacity": Capacity.RATER}
    await case.act(Trigger.REASSIGN, Capacity.HR, PLANNING_OPENS, actor=str(agency.officer), **handed_over)
    assert await below(above, agency.rater) == []


async def test_a_cancelled_case_is_not_below(
    database: AsyncEngine, agency: SmallAgency, above: RecordedCase
) -> None:
    case = await new_case(database, agency)
    await case.act(Trigger.CANCEL, Capacity.HR, PLANNING_OPENS, actor=str(agency.officer))
    assert await below(above, agency.rater) == []


async def test_a_submitted_plan_is_not_in_force_below(
    database: AsyncEngine, agency: SmallAgency, above: RecordedCase
) -> None:
    case = await new_case(database, agency)
    async with database.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO document (digest, appraisal_id, kind, author_id, content, created_at)"
                " VALUES (:digest, :case, 'submit_plan', :author, CAST(:content AS jsonb), now())"
            ),
            {
                "digest": "a" * 64,
                "case": uuid.UUID(case.appraisal.id),
                "author": agency.employee,
                "content": '{"content": {"results": []}}',
            },
        )
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, PLANNING_OPENS, document="a" * 64)
    assert [each.plan for each in await below(above, agency.rater)] == [None]
    await case.act(Trigger.APPROVE_PLAN, Capacity.RATER, PLANNING_OPENS)
    assert [each.plan for each in await below(above, agency.rater)] == [{"results": []}]


async def test_a_suspended_case_stands_where_it_was_stopped(
    database: AsyncEngine, agency: SmallAgency, above: RecordedCase
) -> None:
    case = await new_case(database, agency)
    await case.act(Trigger.SUSPEND, Capacity.HR, PLANNING_OPENS, actor=str(agency.officer))
    (found,) = await below(above, agency.rater)
    assert (found.stage, found.stage_of_work) == ("suspended", "plan_drafting")
