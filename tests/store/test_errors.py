"""What the database refuses ends in logs: the statement is named, and nothing that somebody wrote in it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine


async def test_an_error_of_the_database_names_the_statement_and_no_words_of_people(
    database: AsyncEngine,
) -> None:
    async with database.connect() as connection:
        with pytest.raises(DBAPIError) as refused:
            await connection.execute(text("SELECT CAST(:note AS text)"), {"note": "Catatan pembinaan\0"})
    told = str(refused.value)
    assert "SELECT CAST" in told
    assert "pembinaan" not in told
