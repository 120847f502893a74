"""Savings of drafts, one over the other."""

import asyncio
import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.database import autocommit
from store.draft import repository
from store.draft.repository import MOST_ASIDE, Place, Saved
from tests.fixtures.agency import build_agency
from tests.fixtures.cases import new_case


@pytest.fixture
async def place(database: AsyncEngine) -> Place:
    agency = await build_agency(database)
    case = await new_case(database, agency)
    return Place(uuid.UUID(case.appraisal.id), "plan", agency.employee)


async def save(database: AsyncEngine, place: Place, content: str, read: int) -> Saved:
    async with autocommit(database).connect() as connection:
        return await repository.save(connection, place, {"x": content}, read=read)


async def stands(database: AsyncEngine, place: Place) -> tuple[int, object]:
    async with autocommit(database).connect() as connection:
        draft = await repository.read_draft(connection, place)
    assert draft is not None
    return draft.version, draft.content


async def test_a_saving_over_the_version_that_was_read_wins(database: AsyncEngine, place: Place) -> None:
    await save(database, place, "a", 0)
    assert (await save(database, place, "b", 1)).version == 2
    assert await stands(database, place) == (2, {"x": "b"})


async def test_a_saving_over_another_version_changes_nothing(database: AsyncEngine, place: Place) -> None:
    await save(database, place, "a", 0)
    for read in (0, 2, 9):
        refused = await save(database, place, "b", read)
        assert (refused.version, refused.saved_at, refused.aside is None) == (None, None, False)
    assert await stands(database, place) == (1, {"x": "a"})


async def test_drafts_of_two_authors_and_two_forms_are_apart(database: AsyncEngine, place: Place) -> None:
    async with database.connect() as connection:
        other = await connection.scalar(
            text("SELECT id FROM person WHERE id <> :id LIMIT 1"), {"id": place.author}
        )
    for each in (
        place,
        Place(place.appraisal, "rating", place.author),
        Place(place.appraisal, "plan", other),
    ):
        assert (await save(database, each, "a", 0)).version == 1


async def test_twenty_at_once_leave_one_winner_and_nineteen_aside(
    database: AsyncEngine, place: Place
) -> None:
    saved = await asyncio.gather(*(save(database, place, str(number), 0) for number in range(20)))
    assert sorted(each.version or 0 for each in saved) == [0] * 19 + [1]
    async with autocommit(database).connect() as connection:
        kept = await repository.asides(connection, place)
    assert {line.id for line in kept} == {each.aside for each in saved if each.aside}


async def test_no_more_than_the_newest_are_kept_aside(database: AsyncEngine, place: Place) -> None:
    await save(database, place, "a", 0)
    refused = [(await save(database, place, str(number), 0)).aside for number in range(MOST_ASIDE + 3)]
    async with autocommit(database).connect() as connection:
        kept = await repository.asides(connection, place)
        total = await connection.scalar(text("SELECT count(*) FROM draft_aside"))
    assert [line.id for line in kept] == refused[:2:-1]
    assert total == MOST_ASIDE


async def test_who_hands_in_keeps_what_was_kept_aside(database: AsyncEngine, place: Place) -> None:
    await save(database, place, "a", 0)
    await save(database, place, "b", 0)
    async with autocommit(database).connect() as connection:
        assert await repository.remove(connection, place)
        assert len(await repository.asides(connection, place)) == 1
    assert await stands(database, place) == (2, {})


async def test_nothing_is_removed_twice(database: AsyncEngine, place: Place) -> None:
    await save(database, place, "a", 0)
    async with autocommit(database).connect() as connection:
        assert await repository.remove(connection, place)
        assert not await repository.remove(connection, place)
    assert (await stands(database, place))[0] == 2


async def test_only_the_named_version_is_removed(database: AsyncEngine, place: Place) -> None:
    await save(database, place, "a", 0)
    async with autocommit(database).connect() as connection:
        assert not await repository.remove(connection, place, read=2)
        assert await repository.remove(connection, place, read=1)


async def test_what_was_kept_aside_of_another_draft_is_not_found(database: AsyncEngine, place: Place) -> None:
    await save(database, place, "a", 0)
    aside = (await save(database, place, "b", 0)).aside
    assert aside is not None
    other = Place(place.appraisal, "rating", place.author)
    async with autocommit(database).connect() as connection:
        found = await repository.read_aside(connection, place, aside)
        assert found is not None
        assert found.content == {"x": "b"}
        assert await repository.read_aside(connection, other, aside) is None
