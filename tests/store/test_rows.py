"""Rows that are read by name, on a real PostgreSQL."""

from dataclasses import dataclass

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.rows import ColumnsDiffer, all_rows, one_row, rows_of


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    days: int
    open: bool = True


async def read(database: AsyncEngine, sql: str) -> list[Stage]:
    async with database.connect() as connection:
        return all_rows(Stage, await connection.execute(text(sql)))


async def test_columns_in_the_order_of_the_fields(database: AsyncEngine) -> None:
    found = await read(database, "SELECT 'rating' AS name, 7 AS days, false AS open")
    assert found == [Stage("rating", 7, open=False)]


async def test_columns_in_another_order_reach_the_fields_of_their_names(database: AsyncEngine) -> None:
    found = await read(
        database, "SELECT false AS open, days, 'stage ' || days AS name FROM generate_series(1, 2) AS days"
    )
    assert found == [Stage("stage 1", 1, open=False), Stage("stage 2", 2, open=False)]


@pytest.mark.parametrize(
    ("columns", "named"),
    (
        ("'rating' AS name, false AS open", r"missing columns \['days'\], superfluous columns \[\]"),
        ("'rating' AS name, 7 AS days", r"missing columns \['open'\]"),
        ("'rating' AS name, 7 AS days, true AS open, 1 AS place", r"superfluous columns \['place'\]"),
        ("'rating' AS name, 7 AS days, true AS open, 'once more' AS name", r"superfluous columns \['name'\]"),
        (
            "'rating' AS name, 7, true AS open",
            r"missing columns \['days'\], superfluous columns \['\?column\?'\]",
        ),
    ),
)
async def test_a_missing_or_superfluous_column_is_an_error(
    database: AsyncEngine, columns: str, named: str
) -> None:
    with pytest.raises(ColumnsDiffer, match=named):
        await read(database, f"SELECT {columns}")


async def test_columns_are_compared_though_there_is_no_row(database: AsyncEngine) -> None:
    with pytest.raises(ColumnsDiffer):
        await read(database, "SELECT 'rating' AS name WHERE false")


async def test_one_row_is_read_the_same_way(database: AsyncEngine) -> None:
    async with database.connect() as connection:
        row = (await connection.execute(text("SELECT 7 AS days, 'rating' AS name, true AS open"))).one()
        assert one_row(Stage, row) == Stage("rating", 7)
        short = (await connection.execute(text("SELECT 7 AS days"))).one()
        with pytest.raises(ColumnsDiffer):
            one_row(Stage, short)


async def test_pages_of_a_stream_are_read_the_same_way(database: AsyncEngine) -> None:
    statement = text("SELECT days, 'rating' AS name, true AS open FROM generate_series(1, 5) AS days")
    async with (
        database.connect() as connection,
        connection.stream(statement) as rows,
    ):
        pages = [rows_of(Stage, page) async for page in rows.partitions(2)]
    assert [[stage.days for stage in page] for page in pages] == [[1, 2], [3, 4], [5]]
    assert rows_of(Stage, []) == []
