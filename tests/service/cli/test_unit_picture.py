"""The picture of a unit from the command line."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.fixtures.rated import Division, Rated, build_division, put_on_record
from tests.fixtures.skills import SKILLED, rating
from tests.service.cli.conftest import CommandLine

pytestmark = pytest.mark.database

WEAK, ABLE = rating(speaking="basic"), rating(speaking="able")


@pytest.fixture
async def division(database: AsyncEngine) -> Division:
    """Eight people, of whom four are weak in speaking."""
    found = await build_division(database, "Kota Gambar", employees=8, content=SKILLED)
    cases = [
        Rated(person, "good", filled=WEAK if place < 4 else ABLE) for place, person in enumerate(found.staff)
    ]
    await put_on_record(database, found, cases)
    return found


async def test_counts_and_programmes_are_printed_without_names(
    kinerja: CommandLine, division: Division
) -> None:
    shown = await kinerja("unit", "picture", "U2")
    assert shown.code == 0, shown.err
    assert "Skills of Bidang U2: 8 people with a result" in shown.out
    (speaking,) = [line for line in shown.out.splitlines() if line.startswith("│ Speaking")]
    assert [cell.strip() for cell in speaking.split("│")[1:-1]] == ["Speaking", "8", "4", "not shown", "50.0"]
    assert "4 of 8 people (50 percent) need strengthening in “Speaking”" in " ".join(shown.out.split())
    assert "Talks, 8 lesson hours" in shown.out
    assert "Counts that would tell of fewer than 3 people are not shown." in shown.out
    assert "Employee" not in shown.out


async def test_a_code_that_no_unit_has_is_told(kinerja: CommandLine, division: Division) -> None:
    refused = await kinerja("unit", "picture", "U9")
    assert (refused.code, "no unit with the code U9" in refused.err) == (1, True)
