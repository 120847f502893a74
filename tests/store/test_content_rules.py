"""What a scheme says of content is stored with its version, and never changes."""

import uuid

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from store.agency.content_rules import content_rules_of
from store.agency.rule_contexts import SchemeChanged, keep_scheme, keep_system
from tests.fixtures.content import SMALL
from tests.states.builders import current

pytestmark = pytest.mark.database

BOOK = current().book


def named() -> str:
    return f"uji-{uuid.uuid4().hex[:8]}"


async def test_content_rules_come_back_as_they_were(database: AsyncEngine) -> None:
    book = BOOK.model_copy(update={"scheme": named()})
    async with database.begin() as connection:
        await keep_system(connection, book, SMALL)
        assert await content_rules_of(connection, book.key) == SMALL


async def test_a_version_that_says_nothing_of_content_has_no_content_rules(database: AsyncEngine) -> None:
    book = BOOK.model_copy(update={"scheme": named()})
    async with database.begin() as connection:
        await keep_system(connection, book, None)
        assert await content_rules_of(connection, book.key) is None


async def test_the_same_version_with_other_content_is_refused(database: AsyncEngine) -> None:
    book = BOOK.model_copy(update={"scheme": named()})
    async with database.begin() as connection:
        await keep_system(connection, book, SMALL)
        with pytest.raises(SchemeChanged):
            await keep_system(connection, book, SMALL.model_copy(update={"entries": {}}))


async def test_content_that_is_left_out_the_second_time_is_refused(database: AsyncEngine) -> None:
    book = BOOK.model_copy(update={"scheme": named()})
    async with database.begin() as connection:
        await keep_system(connection, book, SMALL)
        with pytest.raises(SchemeChanged):
            await keep_system(connection, book, None)


async def test_keeping_the_process_alone_leaves_the_content_as_it_is(database: AsyncEngine) -> None:
    book = BOOK.model_copy(update={"scheme": named()})
    async with database.begin() as connection:
        await keep_system(connection, book, SMALL)
        await keep_scheme(connection, book)
        assert await content_rules_of(connection, book.key) == SMALL


async def test_a_version_that_was_asked_for_too_early_is_found_once_it_is_stored(
    database: AsyncEngine,
) -> None:
    book = BOOK.model_copy(update={"scheme": named()})
    async with database.begin() as connection:
        assert await content_rules_of(connection, book.key) is None
        await keep_system(connection, book, SMALL)
        assert await content_rules_of(connection, book.key) == SMALL
