"""Teams from the command line."""

import uuid

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from schemes.loading import builtin_system
from store.team.writing import NewTeam, add_team
from tests.fixtures.agency import SmallAgency, build_agency
from tests.service.cli.conftest import CommandLine

pytestmark = pytest.mark.database


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    system = builtin_system("tangsel-evaluasi")
    return await build_agency(database, book=system.book, content=system.content)


async def test_teams_are_listed_with_how_their_results_stand(
    kinerja: CommandLine, database: AsyncEngine, agency: SmallAgency
) -> None:
    none = await kinerja("team", "list")
    assert (none.code, none.out.strip()) == (0, "This cycle has no teams yet.")
    team = uuid.uuid4()
    async with database.begin() as connection:
        await add_team(
            connection,
            NewTeam(
                team,
                agency.cycle,
                agency.unit,
                "Tim Antrean",
                "Memangkas antrean",
                "team",
                agency.employee,
                agency.officer,
                "k",
                "0" * 64,
            ),
        )
    listed = await kinerja("team", "list")
    assert listed.code == 0, listed.err
    for word in ("Tim Antrean", "Badan Contoh"):
        assert word.split()[0] in listed.out


async def test_a_scheme_without_teams_says_so(kinerja: CommandLine, database: AsyncEngine) -> None:
    await build_agency(database)
    answer = await kinerja("team", "list")
    assert (answer.code, "no results of teams" in answer.err) == (1, True)
