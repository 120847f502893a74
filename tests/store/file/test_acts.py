"""What people did on a case is read in order, each act under the version of the scheme of its moment."""

import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.stages import Capacity
from states.triggers import Trigger
from store.database import autocommit
from store.file.acts import Act, acts_of
from store.file.texts import texts_of
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import PLANNING_OPENS, RecordedCase, new_case

pytestmark = pytest.mark.database
PLANNING = (Trigger.SUBMIT_PLAN, Trigger.APPROVE_PLAN)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


@pytest.fixture
async def case(database: AsyncEngine, agency: SmallAgency) -> RecordedCase:
    """A case whose plan was submitted and approved."""
    found = await new_case(database, agency)
    await found.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, PLANNING_OPENS, document="a" * 64)
    await found.act(Trigger.APPROVE_PLAN, Capacity.RATER, PLANNING_OPENS)
    return found


async def read(case: RecordedCase, *triggers: Trigger, until: int = 1000) -> list[Act]:
    async with autocommit(case.database).connect() as connection:
        return await acts_of(connection, uuid.UUID(case.appraisal.id), triggers, until=until)


async def test_acts_come_in_order_with_who_did_them(case: RecordedCase) -> None:
    submitted, approved = await read(case, *PLANNING)
    assert (submitted.trigger, submitted.digest, submitted.actor_id) == (
        Trigger.SUBMIT_PLAN,
        "a" * 64,
        case.employee,
    )
    assert (approved.trigger, approved.actor) == (Trigger.APPROVE_PLAN, "Rater Kota Contoh")
    assert submitted.sequence < approved.sequence


async def test_only_the_wanted_triggers_are_read(case: RecordedCase) -> None:
    assert [each.trigger for each in await read(case, Trigger.APPROVE_PLAN)] == [Trigger.APPROVE_PLAN]


async def test_nothing_after_the_given_sequence_is_read(case: RecordedCase) -> None:
    submitted, _approved = await read(case, *PLANNING)
    assert await read(case, *PLANNING, until=submitted.sequence) == [submitted]


async def test_an_act_is_under_the_version_of_the_launch(case: RecordedCase, agency: SmallAgency) -> None:
    assert {each.rulebook for each in await read(case, *PLANNING)} == {agency.rules.book.key}


async def test_an_act_after_the_case_has_adopted_another_version_is_under_that(
    database: AsyncEngine, case: RecordedCase, agency: SmallAgency
) -> None:
    approved = (await read(case, Trigger.APPROVE_PLAN))[0].sequence
    async with database.begin() as connection:
        # The record is append-only: the later version comes with an event of its own.
        await connection.execute(
            text("""
                INSERT INTO event (appraisal_id, sequence, kind, body, command_id, fingerprint, at, recorded_at, hash)
                SELECT appraisal_id, sequence + 1, kind,
                    body || jsonb_build_object('trigger', 'adopt_rules', 'rulebook', 'nasional@9'),
                    'adopting', '', at, recorded_at, hash
                FROM event WHERE appraisal_id = :id AND sequence = :sequence
            """),
            {"id": uuid.UUID(case.appraisal.id), "sequence": approved},
        )
    acts = await read(case, *PLANNING, Trigger.ADOPT_RULES)
    assert [each.rulebook for each in acts] == [agency.rules.book.key] * 2 + ["nasional@9"]


async def test_a_text_of_another_case_is_not_read(database: AsyncEngine, case: RecordedCase) -> None:
    async with autocommit(database).connect() as connection:
        assert await texts_of(connection, uuid.UUID(case.appraisal.id), ["b" * 64]) == {}
        assert await texts_of(connection, uuid.UUID(case.appraisal.id), []) == {}
