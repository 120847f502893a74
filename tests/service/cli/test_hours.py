"""Operators look at the sending hours of an agency and set them."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import messages, new_case, plan_all
from tests.service.cli.conftest import CommandLine

pytestmark = pytest.mark.database


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


async def kept(database: AsyncEngine) -> dict[str, Any]:
    async with database.connect() as connection:
        found: dict[str, Any] = await connection.scalar(text("SELECT sending_hours FROM agency"))
        return found


async def test_an_agency_has_the_default_hours(kinerja: CommandLine, agency: SmallAgency) -> None:
    answer = await kinerja("hours")
    assert answer.code == 0
    assert answer.out.splitlines() == [
        "Kota Contoh (Asia/Jakarta, or the zone of the recipient's unit):",
        "written to from 07:30 to 16:00",
        "digests at 08:30 and 13:30",
        "at most 2 e-mails and 1 chat messages to one person a day",
    ]


async def test_hours_are_set_and_shown(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine
) -> None:
    answer = await kinerja("hours", "--opens", "07:00", "--morning", "07:45", "--daily", 3, "--daily-chat", 2)
    assert "written to from 07:00 to 16:00" in answer.out
    assert "digests at 07:45 and 13:30" in answer.out
    assert "at most 3 e-mails and 2 chat messages" in answer.out
    assert (await kinerja("hours")).out == answer.out
    assert await kept(database) == {"opens": "07:00", "morning": "07:45", "daily": 3, "daily_chat": 2}


async def test_what_is_not_named_stays_as_it_was_set(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine
) -> None:
    await kinerja("hours", "--closes", "15:00")
    await kinerja("hours", "--afternoon", "14:00")
    assert await kept(database) == {"closes": "15:00", "afternoon": "14:00"}


async def test_new_hours_hold_for_what_is_planned_then(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine
) -> None:
    await kinerja("hours", "--opens", "06:00", "--morning", "06:45")
    await new_case(database, agency)
    await plan_all(database)
    (message,) = await messages(database)
    # 06.45 in Jakarta.
    assert (message.slot.hour, message.slot.minute) == (23, 45)


@pytest.mark.parametrize(
    ("arguments", "says"),
    (
        (("--opens", "9:99"), "--opens: 9:99 is no local time; write it as HH:MM"),
        (("--opens", "09:00"), "--morning: 08:30 must be later than opens (09:00)"),
        (("--closes", "13:00"), "--closes: 13:00 must be later than afternoon (13:30)"),
        (("--daily", "0"), "--daily: 0 must be 1 to 20"),
        (("--daily-chat", "21"), "--daily-chat: 21 must be 1 to 20"),
    ),
)
async def test_a_wrong_hour_names_its_option_and_changes_nothing(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine, arguments: tuple[str, str], says: str
) -> None:
    answer = await kinerja("hours", *arguments)
    assert answer.code == 1
    assert says in answer.err
    assert answer.err.rstrip().endswith("Nothing was changed.")
    assert await kept(database) == {}


async def test_of_several_agencies_one_is_named(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine
) -> None:
    await build_agency(database, name="Kabupaten Lain")
    assert "--agency" in (await kinerja("hours")).err
    await kinerja("hours", "--agency", "Kabupaten Lain", "--daily", 5)
    assert "at most 2 e-mails" in (await kinerja("hours", "--agency", "Kota Contoh")).out


async def test_a_number_must_be_one(kinerja: CommandLine, agency: SmallAgency) -> None:
    assert (await kinerja("hours", "--daily", "dua")).code == 2
