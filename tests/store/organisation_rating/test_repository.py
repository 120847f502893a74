"""Predicates of units and written reasons: the latest counts, the earlier ones stay."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from store.database import autocommit
from store.organisation_rating.reasons import (
    NewDistributionReason,
    give_reason,
    latest_reason,
    reason_under,
)
from store.organisation_rating.repository import (
    NewUnitLevel,
    level_under,
    levels,
    present_level,
    set_level,
)
from tests.fixtures.agency import SmallAgency, build_agency

pytestmark = pytest.mark.database


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


async def put(database: AsyncEngine, agency: SmallAgency, level: str, key: str) -> None:
    new = NewUnitLevel(agency.cycle, agency.unit, level, "LKjIP", agency.superior, key, "f" * 64)
    async with autocommit(database).connect() as connection:
        await set_level(connection, new)


async def say(database: AsyncEngine, agency: SmallAgency, reason: str, key: str) -> None:
    new = NewDistributionReason(agency.cycle, agency.unit, reason, agency.superior, key, "f" * 64)
    async with autocommit(database).connect() as connection:
        await give_reason(connection, new)


async def test_the_latest_predicate_counts_and_the_history_stays(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    for number, level in enumerate(("good", "poor", "good")):
        await put(database, agency, level, f"k{number}")
    await put(database, agency, "excellent", "k3")
    async with autocommit(database).connect() as connection:
        present = await present_level(connection, agency.cycle, agency.unit)
        history = await levels(connection, agency.cycle, agency.unit, after=None, limit=9)
    assert present is not None
    assert present.level == "excellent"
    assert [line.level for line in history] == ["excellent", "good", "poor", "good"]
    assert history[0].set_by == "Superior Kota Contoh"


async def test_the_history_is_read_page_by_page(database: AsyncEngine, agency: SmallAgency) -> None:
    for number in range(3):
        await put(database, agency, "good", f"k{number}")
    seen: list[uuid.UUID] = []
    after: tuple[dt.datetime, uuid.UUID] | None = None
    async with autocommit(database).connect() as connection:
        while page := await levels(connection, agency.cycle, agency.unit, after=after, limit=2):
            seen += [line.id for line in page]
            after = (page[-1].set_at, page[-1].id)
    assert len(seen) == len(set(seen)) == 3


async def test_a_key_writes_once(database: AsyncEngine, agency: SmallAgency) -> None:
    await put(database, agency, "good", "same")
    await put(database, agency, "poor", "same")
    async with autocommit(database).connect() as connection:
        under = await level_under(connection, agency.superior, "same")
        history = await levels(connection, agency.cycle, agency.unit, after=None, limit=9)
    assert under is not None
    assert under.level == "good"
    assert [line.level for line in history] == ["good"]


async def test_a_key_of_somebody_else_is_another_key(database: AsyncEngine, agency: SmallAgency) -> None:
    await put(database, agency, "good", "same")
    async with autocommit(database).connect() as connection:
        assert await level_under(connection, agency.officer, "same") is None


async def test_a_unit_without_a_predicate_has_none(database: AsyncEngine, agency: SmallAgency) -> None:
    async with autocommit(database).connect() as connection:
        assert await present_level(connection, agency.cycle, agency.unit) is None
        assert await latest_reason(connection, agency.cycle, agency.unit) is None


async def test_the_latest_reason_is_the_one_that_stands(database: AsyncEngine, agency: SmallAgency) -> None:
    await say(database, agency, "Semua target tercapai", "r1")
    await say(database, agency, "Unit baru dibentuk", "r2")
    await say(database, agency, "Tidak tercatat", "r2")
    async with autocommit(database).connect() as connection:
        latest = await latest_reason(connection, agency.cycle, agency.unit)
        first = await reason_under(connection, agency.superior, "r1")
    assert latest is not None
    assert latest.reason == "Unit baru dibentuk"
    assert first is not None
    assert first.reason == "Semua target tercapai"


@pytest.mark.parametrize("table", ("organisation_rating", "distribution_reason"))
async def test_what_was_set_or_said_is_never_changed(
    database: AsyncEngine, agency: SmallAgency, table: str
) -> None:
    await put(database, agency, "good", "k")
    await say(database, agency, "Unit baru", "r")
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.begin() as connection:
            await connection.execute(text(f"UPDATE {table} SET reason = 'lain'"))
