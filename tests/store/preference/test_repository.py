"""Preferences on a real PostgreSQL."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.message.channels import ChannelName
from store.preference.repository import choose, chosen_by
from tests.fixtures.agency import SmallAgency, build_agency

CHOICES = {("reminder", ChannelName.EMAIL): False, ("task", ChannelName.WHATSAPP): True}


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=2)


async def moments(database: AsyncEngine) -> list[dt.datetime]:
    async with database.connect() as connection:
        return list(await connection.scalars(text("SELECT changed_at FROM preference ORDER BY kind")))


async def test_who_has_chosen_nothing_is_as_by_default(database: AsyncEngine, agency: SmallAgency) -> None:
    async with database.connect() as connection:
        assert await chosen_by(connection, agency.employee) == {}


async def test_choices_are_kept_for_the_person_alone(database: AsyncEngine, agency: SmallAgency) -> None:
    async with database.begin() as connection:
        assert await choose(connection, agency.employees[0], CHOICES) == 2
        assert await chosen_by(connection, agency.employees[0]) == CHOICES
        assert await chosen_by(connection, agency.employees[1]) == {}


async def test_a_later_choice_replaces_the_earlier_one(database: AsyncEngine, agency: SmallAgency) -> None:
    async with database.begin() as connection:
        await choose(connection, agency.employee, CHOICES)
        assert await choose(connection, agency.employee, {("reminder", ChannelName.EMAIL): True}) == 1
        assert await chosen_by(connection, agency.employee) == {
            **CHOICES,
            ("reminder", ChannelName.EMAIL): True,
        }


async def test_the_same_choice_again_changes_nothing(database: AsyncEngine, agency: SmallAgency) -> None:
    async with database.begin() as connection:
        await choose(connection, agency.employee, CHOICES)
    before = await moments(database)
    async with database.begin() as connection:
        assert await choose(connection, agency.employee, CHOICES) == 0
    assert await moments(database) == before


async def test_nothing_chosen_is_nothing_written(database: AsyncEngine, agency: SmallAgency) -> None:
    async with database.begin() as connection:
        assert await choose(connection, agency.employee, {}) == 0


async def test_an_unknown_person_chooses_nothing(database: AsyncEngine, agency: SmallAgency) -> None:
    async with database.begin() as connection:
        assert await choose(connection, uuid.uuid4(), CHOICES) == 0
