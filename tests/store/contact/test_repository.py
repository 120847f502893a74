"""Addresses on a real PostgreSQL."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.contact.repository import confirm, mark_bad, remove
from store.message.channels import ChannelName
from tests.fixtures.agency import SmallAgency, build_agency

NOON = dt.datetime(2026, 1, 9, 5, tzinfo=dt.UTC)
ASKED = NOON - dt.timedelta(minutes=5)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=2)


async def contacts(database: AsyncEngine) -> list[Any]:
    async with database.connect() as connection:
        return list((await connection.execute(text("SELECT * FROM contact ORDER BY address"))).all())


async def confirmed(
    database: AsyncEngine, person: uuid.UUID, address: str = "123", at: dt.datetime = NOON, **changes: Any
) -> bool:
    async with database.begin() as connection:
        usual: dict[str, Any] = {"channel": ChannelName.TELEGRAM, "unless_since": ASKED}
        return await confirm(connection, person=person, address=address, at=at, **usual | changes)


async def test_a_confirmed_address_is_in_use(database: AsyncEngine, agency: SmallAgency) -> None:
    assert await confirmed(database, agency.employee)
    (row,) = await contacts(database)
    assert (row.person_id, row.channel, row.address) == (agency.employee, "telegram", "123")
    assert (row.confirmed_at, row.bad_since) == (NOON, None)


async def test_a_code_is_spent_by_a_confirmation_after_it_was_asked_for(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await confirmed(database, agency.employee)
    assert not await confirmed(database, agency.employee, "456", NOON + dt.timedelta(minutes=1))
    assert [row.address for row in await contacts(database)] == ["123"]


async def test_a_new_code_moves_a_person_to_another_chat(database: AsyncEngine, agency: SmallAgency) -> None:
    await confirmed(database, agency.employee)
    later = NOON + dt.timedelta(hours=1)
    assert await confirmed(database, agency.employee, "456", later, unless_since=later)
    assert [row.address for row in await contacts(database)] == ["456"]


async def test_a_chat_belongs_to_the_person_who_linked_it_last(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    for employee in agency.employees:
        assert await confirmed(database, employee)
    (row,) = await contacts(database)
    assert row.person_id == agency.employees[1]


async def test_an_address_that_was_bad_is_good_again_once_confirmed(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await confirmed(database, agency.employee, at=ASKED - dt.timedelta(days=1))
    async with database.begin() as connection:
        await mark_bad(
            connection, person=agency.employee, channel="telegram", address="123", at=ASKED, answer="blocked"
        )
    assert await confirmed(database, agency.employee)
    (row,) = await contacts(database)
    assert (row.bad_since, row.bad_answer) == (None, "")


async def test_an_unknown_person_confirms_nothing(database: AsyncEngine, agency: SmallAgency) -> None:
    assert not await confirmed(database, uuid.uuid4())
    assert await contacts(database) == []


async def test_a_removed_address_is_forgotten(database: AsyncEngine, agency: SmallAgency) -> None:
    await confirmed(database, agency.employee)
    async with database.begin() as connection:
        assert await remove(connection, channel=ChannelName.TELEGRAM, address="123")
        assert not await remove(connection, channel=ChannelName.TELEGRAM, address="123")
    assert await contacts(database) == []


async def test_no_address_is_no_bad_address(database: AsyncEngine, agency: SmallAgency) -> None:
    async with database.begin() as connection:
        await mark_bad(connection, person=agency.employee, channel="email", address="", at=NOON, answer="x")
    assert await contacts(database) == []


async def test_a_bad_mail_address_is_not_in_use(database: AsyncEngine, agency: SmallAgency) -> None:
    async with database.begin() as connection:
        await mark_bad(
            connection,
            person=agency.employee,
            channel="email",
            address="a@b.example",
            at=NOON,
            answer="x" * 999,
        )
    (row,) = await contacts(database)
    assert (row.confirmed_at, row.bad_since, len(row.bad_answer)) == (None, NOON, 500)
