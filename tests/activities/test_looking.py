"""A look at the record lets time act there; what is wrong with one case is noted with that case."""

import datetime as dt
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.testing import capture_logs
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.commanding import Commands
from activities.looking import Looking
from states.following import Position
from states.stages import Stage
from store.database import create_engine
from tests.activities.telling import Shop, open_shop
from tests.workflows.running import Silence

pytestmark = [pytest.mark.database, pytest.mark.engine]


@pytest_asyncio.fixture
async def shop(client: Client, database: AsyncEngine) -> Shop:
    return await open_shop(client, database)


def request(case: object, *, at: dt.datetime | None = None, known: int = 0) -> dict[str, Any]:
    return {"appraisal": str(case), "at": (at or dt.datetime.now(dt.UTC)).isoformat(), "known": known}


async def look(database: AsyncEngine, asked: dict[str, Any]) -> str:
    looking = Looking(database, Commands(database, Silence()))
    return str(await ActivityEnvironment().run(looking.look, asked))


async def trouble(shop: Shop) -> str:
    async with shop.database.connect() as connection:
        return str(
            await connection.scalar(
                text("SELECT trouble FROM following WHERE appraisal_id = :id"), {"id": shop.case()}
            )
        )


async def test_a_look_answers_with_the_position_after_time_has_acted(shop: Shop) -> None:
    position = Position.from_text(await look(shop.database, request(shop.case())))
    assert position is not None
    assert (position.stage, position.sequence) == (Stage.PLAN_DRAFTING, 2)


@pytest.mark.parametrize(
    "case", ("0c7bdc9f-c7b3-4aea-8047-2fde816c7a32", "", "appraisal", "../../etc", "' OR 1=1"), ids=str
)
async def test_a_case_that_is_not_on_record_has_no_position(shop: Shop, case: object) -> None:
    assert await look(shop.database, request(case)) == ""


async def test_time_is_the_database_s_however_far_ahead_the_engine_s_clock_is(shop: Shop) -> None:
    ahead = dt.datetime.now(dt.UTC) + dt.timedelta(days=365)
    with capture_logs() as logged:
        position = Position.from_text(await look(shop.database, request(shop.case(), at=ahead)))
    assert position is not None
    assert position.stage is Stage.PLAN_DRAFTING
    assert [line["event"] for line in logged] == ["clocks_differ"]


@pytest.mark.parametrize(
    ("damage", "named"),
    (
        ("UPDATE appraisal SET snapshot = '{}'", "ValidationError"),
        (
            "UPDATE appraisal SET snapshot = jsonb_set(snapshot, '{rulebook}', '\"gone@9\"')",
            "RulesUnknown",
        ),
        ("UPDATE cycle SET clock = '[[1, 2, 3]]'", "ClockError"),
    ),
)
async def test_a_damaged_case_is_noted_and_its_content_is_not_told(
    shop: Shop, damage: str, named: str
) -> None:
    await shop.run(damage)
    with pytest.raises(ApplicationError) as failed:
        await look(shop.database, request(shop.case()))
    assert await trouble(shop) == named
    assert str(shop.agency.employee) not in str(failed.value)


async def test_a_case_that_was_mended_has_no_trouble_any_more(shop: Shop) -> None:
    await shop.run("UPDATE following SET trouble = 'RulesUnknown', trouble_at = now()")
    await look(shop.database, request(shop.case()))
    assert await trouble(shop) == ""


async def test_a_database_that_is_away_is_no_fault_of_the_case(shop: Shop) -> None:
    away = create_engine("postgresql+asyncpg://nobody@127.0.0.1:1/none")
    with pytest.raises(OSError, match="onnect"):
        await look(away, request(shop.case()))
    assert await trouble(shop) == ""
    await away.dispose()


async def test_an_engine_that_knows_more_than_the_record_is_reported(shop: Shop) -> None:
    with capture_logs() as logged:
        await look(shop.database, request(shop.case(), known=99))
    assert [(line["event"], line["record"], line["engine"]) for line in logged] == [
        ("record_behind_engine", 2, 99)
    ]
