"""Values that stand in a statement itself."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from store.constant import constant


@pytest.mark.parametrize("value", ("inbox", "", "it's", "100 % :sure \\ $1"))
async def test_a_constant_arrives_as_it_is(database: AsyncEngine, value: str) -> None:
    async with database.connect() as connection:
        assert await connection.scalar(select(constant(value))) == value


def test_a_constant_is_no_parameter_of_the_statement() -> None:
    assert select(constant("inbox")).compile().params == {}
