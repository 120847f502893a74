"""Cases that were on record before duties were are whole after the upgrade, and the way back is open."""

import uuid
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.audit.verifying import first_break
from states.stages import Capacity
from states.triggers import Trigger
from store.appraisal.auditing import Scope, audited
from store.migrating import configuration, upgrade
from tests.fixtures.agency import build_agency
from tests.fixtures.cases import new_case
from tests.fixtures.results import DELIVERED_AT, delivered_result, objection_under_review, officer_acts

pytestmark = pytest.mark.database


async def back(database: AsyncEngine) -> None:
    """To the revision before."""
    async with database.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(configuration(sync), "0010"))


async def rows(database: AsyncEngine, statement: str) -> list[Any]:
    async with database.begin() as connection:
        return list((await connection.execute(text(statement))).all())


async def test_everybody_who_ever_touched_a_result_is_found_again(empty: AsyncEngine) -> None:
    """The snapshots of before named the last rating alone, and nobody after a reopening."""
    await upgrade(empty)
    case = await delivered_result(empty, await build_agency(empty))
    right = list(case.appraisal.result_by)
    assert right == [str(case.agency.rater)]
    await back(empty)
    async with empty.begin() as connection:
        await connection.execute(text("UPDATE appraisal SET snapshot = snapshot - 'result_by'"))
    await upgrade(empty)
    [row] = await rows(empty, "SELECT snapshot FROM appraisal")
    assert row.snapshot["result_by"] == right
    assert [first_break(each) async for each in audited(empty, Scope())] == [None]


async def test_a_stand_in_comes_before_the_official_and_both_are_listed_once(empty: AsyncEngine) -> None:
    await upgrade(empty)
    agency = await build_agency(empty)
    case = await delivered_result(empty, agency)
    async with empty.begin() as connection:
        await connection.execute(text("ALTER TABLE event DISABLE TRIGGER event_is_append_only"))
        await connection.execute(
            text("""
                UPDATE event SET body = body || jsonb_build_object('on_behalf_of', CAST(:official AS text))
                WHERE body ->> 'trigger' = 'rate'"""),
            {"official": str(agency.superior)},
        )
        await connection.execute(text("UPDATE appraisal SET snapshot = snapshot - 'result_by'"))
    await back(empty)
    await upgrade(empty)
    [row] = await rows(empty, "SELECT snapshot FROM appraisal")
    assert row.snapshot["result_by"] == [str(case.agency.rater), str(agency.superior)]


async def test_a_period_that_was_closed_is_known_as_closed(empty: AsyncEngine) -> None:
    await upgrade(empty)
    agency = await build_agency(empty)
    case = await new_case(empty, agency)
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, DELIVERED_AT)
    await case.act(Trigger.APPROVE_PLAN, Capacity.RATER, DELIVERED_AT)
    await case.act(Trigger.CLOSE_PERIOD, Capacity.HR, DELIVERED_AT, actor=str(agency.officer))
    await back(empty)
    async with empty.begin() as connection:
        await connection.execute(text("UPDATE appraisal SET snapshot = snapshot - 'period_closed'"))
    await upgrade(empty)
    assert [first_break(each) async for each in audited(empty, Scope())] == [None]


async def test_the_way_back_leaves_one_task_of_each_case(empty: AsyncEngine) -> None:
    await upgrade(empty)
    case = await objection_under_review(empty, await build_agency(empty))
    await officer_acts(case, Trigger.ASK_EMPLOYEE, DELIVERED_AT)
    await back(empty)
    [task] = await rows(empty, "SELECT appraisal_id, capacity FROM task WHERE closed_at IS NULL")
    assert tuple(task) == (uuid.UUID(case.appraisal.id), "appeals_officer")
