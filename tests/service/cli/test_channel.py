"""Operators stop and resume channels from the command line."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.cli.channel import Channel
from service.cli.operator_name import operator_name
from store.message.channels import SENT_BY_RELAY
from tests.fixtures.agency import build_agency
from tests.fixtures.cases import many_messages, new_case
from tests.service.cli.conftest import CommandLine

pytestmark = pytest.mark.database

WHY = ("--reason", "Server surel dipindahkan")


def test_every_channel_with_a_provider_can_be_paused() -> None:
    assert tuple(channel.value for channel in Channel) == SENT_BY_RELAY


def test_an_operator_without_a_name_is_known_by_the_number_of_his_account() -> None:
    assert operator_name(3_999_999_999) == "uid 3999999999"
    assert operator_name(0) == "root"


async def test_a_channel_is_paused_and_listed_with_who_and_why(kinerja: CommandLine) -> None:
    paused = await kinerja("channel", "pause", "email", *WHY)
    assert paused.code == 0
    assert paused.out.startswith("E-mail is paused. What is being sent ends")
    listed = await kinerja("channel", "list")
    (line,) = [each for each in listed.out.splitlines() if "E-mail" in each]
    assert f"by {operator_name()}: Server surel dipindahkan" in line
    assert sum("open" in each for each in listed.out.splitlines()) == 3


async def test_a_channel_goes_on(kinerja: CommandLine) -> None:
    await kinerja("channel", "pause", "email", *WHY)
    resumed = await kinerja("channel", "resume", "email")
    assert (resumed.code, resumed.out.startswith("E-mail goes on")) == (0, True)
    assert "paused since" not in (await kinerja("channel", "list")).out


async def test_twice_is_no_error_and_says_so(kinerja: CommandLine) -> None:
    await kinerja("channel", "pause", "whatsapp", *WHY)
    again = await kinerja("channel", "pause", "whatsapp", "--reason", "Lagi")
    assert (again.code, "is paused already" in again.out) == (0, True)
    open_one = await kinerja("channel", "resume", "telegram")
    assert (open_one.code, open_one.out.strip()) == (0, "Telegram is not paused.")


async def test_the_list_tells_how_much_waits_and_since_when(
    kinerja: CommandLine, database: AsyncEngine
) -> None:
    await new_case(database, await build_agency(database))
    await many_messages(database, 4)
    (line,) = [each for each in (await kinerja("channel", "list")).out.splitlines() if "E-mail" in each]
    cells = [cell.strip() for cell in line.strip("│┃").split("│")]
    assert cells == ["E-mail", "open", "4", "4", "0", "0"]


@pytest.mark.parametrize("reason", ("", "   ", "x" * 501))
async def test_a_pause_needs_a_reason_of_some_length(kinerja: CommandLine, reason: str) -> None:
    answer = await kinerja("channel", "pause", "email", "--reason", reason)
    assert (answer.code, "--reason: say in 1 to 500 characters why." in answer.err) == (1, True)
    assert "paused since" not in (await kinerja("channel", "list")).out


async def test_the_inbox_cannot_be_paused(kinerja: CommandLine) -> None:
    assert (await kinerja("channel", "pause", "inbox", *WHY)).code == 2


async def test_indonesian_is_spoken_unless_told_otherwise(kinerja: CommandLine) -> None:
    answer = await CommandLine(kinerja.environment, language="")("channel", "pause", "email", *WHY)
    assert answer.out.startswith("Surel dijeda.")


async def test_what_failed_is_tried_again(kinerja: CommandLine, database: AsyncEngine) -> None:
    await new_case(database, await build_agency(database))
    await many_messages(database, 3)
    async with database.begin() as connection:
        await connection.execute(text("UPDATE message SET state = 'permanent_failure'"))
        await connection.execute(
            text("UPDATE notice SET state = 'permanent_failure' WHERE channel = 'email'")
        )
    retried = await kinerja("channel", "retry", "email", "--since", "2026-01-01")
    assert (retried.code, retried.out.strip()) == (0, "E-mail: 3 messages are tried again.")


async def test_a_day_that_is_none_is_refused_with_the_way_to_write_it(kinerja: CommandLine) -> None:
    refused = await kinerja("channel", "retry", "email", "--since", "yesterday")
    assert refused.code == 2
    assert "%Y-%m-%d" in refused.err
