"""Kinds of columns that tables and statements share."""

from enum import StrEnum

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.base import ReadAs, enumerated


class Colour(StrEnum):
    DARK_RED = "dark_red"


async def read(database: AsyncEngine, value: str) -> object:
    statement = text("SELECT CAST(:value AS text) AS colour, 1 AS place").columns(colour=enumerated(Colour))
    async with database.connect() as connection:
        return (await connection.execute(statement, {"value": value})).one().colour


async def test_a_text_is_read_as_the_member_with_that_value(database: AsyncEngine) -> None:
    assert await read(database, "dark_red") is Colour.DARK_RED


async def test_a_text_that_is_no_value_is_an_error(database: AsyncEngine) -> None:
    with pytest.raises(LookupError):
        await read(database, "DARK_RED")


async def test_a_json_document_is_read_as_what_is_made_of_it(database: AsyncEngine) -> None:
    statement = text("""SELECT CAST('{"b": 1, "a": 2}' AS jsonb) AS names, 1 AS place""")
    async with database.connect() as connection:
        row = (await connection.execute(statement.columns(names=ReadAs(sorted)))).one()
    assert row.names == ["a", "b"]
