"""What the database holds of legal standings is what `states.standing` says."""

import re

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.standing import UNAVAILABLE, LegalStanding
from store.person.standing import NOT_ACTIVE
from tests.documents import ROOT
from tests.fixtures.agency import SmallAgency, build_agency

pytestmark = pytest.mark.database

_INDEX = "SELECT pg_get_expr(indpred, indrelid) FROM pg_index WHERE indexrelid = CAST('ix_person_away' AS regclass)"


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


@pytest.mark.parametrize("standing", tuple(LegalStanding))
async def test_the_resolver_takes_the_same_standings_for_an_absence(
    database: AsyncEngine, agency: SmallAgency, standing: LegalStanding
) -> None:
    async with database.begin() as connection:
        await connection.execute(
            text("UPDATE person SET legal_standing = :standing WHERE id = :id"),
            {"standing": standing.value, "id": agency.rater},
        )
        away = await connection.scalar(text("SELECT is_away(:id, now())"), {"id": agency.rater})
    assert away is (standing in UNAVAILABLE)


async def test_the_index_of_the_few_has_the_condition_of_the_queries(database: AsyncEngine) -> None:
    async with database.connect() as connection:
        condition = await connection.scalar(text(_INDEX))
    found = re.fullmatch(r"\(\((\w+)\)::text <> '(\w+)'::text\)", condition or "")
    assert found is not None
    assert f"{found[1]} <> '{found[2]}'" == NOT_ACTIVE


def test_no_code_of_a_standing_stands_in_the_text_of_a_query() -> None:
    codes = "|".join(standing.value for standing in LegalStanding)
    written = re.compile(rf"standing\W[^\n]*'(?:{codes})'")
    sources = [path for path in (ROOT / "store").rglob("*.py") if "migrations" not in path.parts]
    assert sources
    assert [path.name for path in sources if written.search(path.read_text("utf-8"))] == []
