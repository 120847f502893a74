"""Operators list times to improve and put outcomes on record in the name of a personnel officer."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.fixtures.agency import nip
from tests.fixtures.improvements import begun, finalised, improving_division, on, rows
from tests.fixtures.rated import Division
from tests.service.cli.conftest import CommandLine

pytestmark = pytest.mark.database

EMPLOYEE, OFFICER = nip(5), nip(4)


@pytest.fixture
async def division(database: AsyncEngine) -> Division:
    return await improving_division(database, employees=1)


@pytest.fixture
async def track(database: AsyncEngine, division: Division) -> Any:
    """A time to improve that has ended five days ago."""
    await finalised(database, division, "poor")
    (track,) = await begun(database)
    await on(database, division, track.ends_on + dt.timedelta(days=5))
    return track


async def test_the_list_names_people_days_and_how_it_stands(
    kinerja: CommandLine, division: Division, track: Any
) -> None:
    answer = await kinerja("improvement", "list", "--as", OFFICER)
    assert answer.code == 0, answer.err
    assert str(track.id) in answer.out
    assert track.ends_on.isoformat() in answer.out
    assert "The competency test, or its outcome, is awaited" in answer.out
    closed = await kinerja("improvement", "list", "--as", OFFICER, "--closed")
    assert "There is no time to improve." in closed.out


async def test_a_failed_test_is_put_on_record_once_and_says_what_may_follow(
    kinerja: CommandLine, database: AsyncEngine, division: Division, track: Any
) -> None:
    held_on = (track.ends_on + dt.timedelta(days=2)).isoformat()
    command = ("improvement", "test", track.appraisal_id, "--as", OFFICER, "--held-on", held_on, "--failed")
    answer = await kinerja(*command, "--letter", "800/1", "--key", "k-1")
    assert answer.code == 0, answer.err
    assert "on record as revision 1 (key k-1)" in answer.out
    assert "What may follow: Another post, a lower post or the end" in answer.out
    assert (await kinerja(*command, "--letter", "800/1", "--key", "k-1")).code == 0
    (outcome,) = await rows(database, "SELECT * FROM improvement_outcome")
    assert (outcome.passed, outcome.letter, outcome.by_id) == (False, "800/1", division.agency.officer)


async def test_what_the_service_refuses_is_said_in_a_sentence(
    kinerja: CommandLine, division: Division, track: Any
) -> None:
    early = ("improvement", "test", track.id, "--held-on", track.ends_on.isoformat(), "--passed", "--as")
    answer = await kinerja(*early, OFFICER)
    assert (answer.code, f"The time to improve lasts until {track.ends_on}" in answer.err) == (1, True)
    answer = await kinerja(*early, EMPLOYEE)
    assert (answer.code, "personnel officer" in answer.err) == (1, True)
    answer = await kinerja("improvement", "list", "--as", EMPLOYEE)
    assert (answer.code, "personnel officer" in answer.err) == (1, True)
