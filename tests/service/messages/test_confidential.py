"""A copy of a message from which others could read who has answered a survey is for its recipient alone."""

import uuid

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.tokens import Identity
from service.messages.reading import copy_of
from service.messages.schemas import MessageCopyDetail
from service.notices.reading import notices_to_person
from service.notices.schemas import PersonNotices
from service.problems import NotFound
from store.attending.kinds import AttendedKind
from store.attending.repository import begin
from store.attending.telling import tell
from store.message.xray import Filter
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import PLANNING_OPENS, RecordedCase, messages, new_case, plan_all
from translations import Locale

pytestmark = pytest.mark.database


@pytest_asyncio.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=2)


@pytest_asyncio.fixture
async def case(database: AsyncEngine, agency: SmallAgency) -> RecordedCase:
    case = await new_case(database, agency)
    async with database.begin() as connection:
        await connection.execute(text("DELETE FROM notice"))
    return case


async def told(case: RecordedCase, kind: AttendedKind, template: str) -> None:
    """The second employee is told."""
    noun, person = uuid.uuid4(), case.agency.employees[1]
    async with case.database.begin() as connection:
        await begin(connection, noun, kind, case.agency.cycle, PLANNING_OPENS)
        await tell(
            connection,
            noun,
            uuid.UUID(case.appraisal.id),
            template,
            [person],
            rule="asked",
            occurrence=1,
            due_on=None,
            at=PLANNING_OPENS,
        )


async def copy(case: RecordedCase, person: uuid.UUID) -> MessageCopyDetail:
    (message,) = await messages(case.database)
    async with case.database.connect() as connection:
        return await copy_of(connection, message.id, Identity(person, case.agency.agency), Locale.INDONESIAN)


async def told_to_colleague(case: RecordedCase, asker: uuid.UUID) -> PersonNotices:
    async with case.database.connect() as connection:
        return await notices_to_person(
            connection,
            case.agency.employees[1],
            Identity(asker, case.agency.agency),
            Filter(),
            Locale.INDONESIAN,
            cursor=None,
            limit=10,
        )


async def test_the_recipient_reads_it_and_finds_nothing_of_the_case(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    await told(case, AttendedKind.SURVEY, "survey_reminder")
    await plan_all(database)
    (carried,) = (await copy(case, agency.employees[1])).carried
    assert (carried.appraisal_id, carried.stage, carried.kind) == (None, None, "feedback")
    lines = (await told_to_colleague(case, agency.employees[1])).items
    assert {(each.appraisal_id, each.stage) for each in lines} == {(None, None)}


async def test_a_personnel_officer_does_not(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    await told(case, AttendedKind.SURVEY, "survey_reminder")
    await plan_all(database)
    with pytest.raises(NotFound):
        await copy(case, agency.officer)
    found = await told_to_colleague(case, agency.officer)
    assert (found.items, found.counts) == ([], [])


async def test_of_a_digest_he_sees_the_rest(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    await told(case, AttendedKind.SURVEY, "survey_reminder")
    await told(case, AttendedKind.TEAM_RESULT, "team_result_asked")
    await plan_all(database)
    assert [each.kind for each in (await copy(case, agency.officer)).carried] == ["task"]
    assert len((await copy(case, agency.employees[1])).carried) == 2
