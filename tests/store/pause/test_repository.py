"""A paused channel sends nothing and loses nothing."""

import asyncio
import datetime as dt
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.channel import Envelope, NullChannel, Receipt
from notifications.relay import Links, Relay
from store.message.channels import SENT_BY_RELAY, ChannelName
from store.pause.repository import ChannelStanding, pause, resume, standings
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import RecordedCase, make_due, many_messages, messages, new_case, plan_all

EMAIL = ChannelName.EMAIL
HOUR = dt.timedelta(hours=1)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


@pytest.fixture
async def case(database: AsyncEngine, agency: SmallAgency) -> RecordedCase:
    return await new_case(database, agency)


async def paused(database: AsyncEngine, channel: ChannelName = EMAIL, by: str = "ops") -> bool:
    async with database.begin() as connection:
        return await pause(connection, channel, by=by, reason="Server pindah")


async def resumed(database: AsyncEngine, channel: ChannelName = EMAIL) -> bool:
    async with database.begin() as connection:
        return await resume(connection, channel, by="ops")


async def standing(database: AsyncEngine, channel: ChannelName = EMAIL) -> ChannelStanding:
    async with database.connect() as connection:
        rows = await standings(connection, failed_since=dt.datetime.now(dt.UTC) - HOUR)
    return {row.channel: row for row in rows}[channel]


def relay_of(database: AsyncEngine, channel: NullChannel) -> Relay:
    return Relay(database, {EMAIL: channel}, Links("http://kinerja.test"))


async def states(database: AsyncEngine) -> list[str]:
    return [row.state for row in await messages(database)]


class StoppedBetween(NullChannel):
    """A channel that is paused by somebody while its first message is on the way."""

    def __init__(self, database: AsyncEngine) -> None:
        super().__init__()
        self._engine = database

    async def send(self, envelope: Envelope) -> Receipt:
        await paused(self._engine)
        return await super().send(envelope)


async def test_a_pause_and_its_end_are_kept_with_who_did_it_and_why(database: AsyncEngine) -> None:
    assert await paused(database) is True
    assert await resumed(database) is True
    async with database.connect() as connection:
        (row,) = (await connection.execute(text("SELECT * FROM channel_pause"))).all()
    assert (row.channel, row.paused_by, row.reason, row.resumed_by) == (
        "email",
        "ops",
        "Server pindah",
        "ops",
    )
    assert row.resumed_at > row.paused_at


async def test_pausing_twice_changes_nothing(database: AsyncEngine) -> None:
    await paused(database)
    first = await standing(database)
    assert await paused(database, by="somebody else") is False
    assert await standing(database) == first


async def test_ten_at_once_pause_a_channel_once(database: AsyncEngine) -> None:
    done = await asyncio.gather(*(paused(database) for _ in range(10)))
    assert sorted(done) == [False] * 9 + [True]


async def test_resuming_what_is_open_changes_nothing(database: AsyncEngine) -> None:
    assert await resumed(database) is False
    assert (await standing(database)).paused_at is None


async def test_one_channel_is_paused_without_the_others(database: AsyncEngine) -> None:
    await paused(database, ChannelName.TELEGRAM)
    open_ones = [name for name in SENT_BY_RELAY if (await standing(database, name)).paused_at is None]
    assert open_ones == [EMAIL, ChannelName.WHATSAPP, ChannelName.WEBHOOK]


async def test_nothing_leaves_while_a_channel_is_paused_and_everything_afterwards(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await many_messages(database, 5)
    await paused(database)
    channel = NullChannel()
    relay = relay_of(database, channel)
    assert await relay.relay_due() == 0
    assert channel.sent == []
    assert await states(database) == ["waiting"] * 5
    await resumed(database)
    await relay.relay_due()
    assert len({envelope.id for envelope in channel.sent}) == len(channel.sent) == 5
    assert await states(database) == ["sent"] * 5


async def test_what_is_new_is_planned_during_a_pause(database: AsyncEngine, case: RecordedCase) -> None:
    await paused(database)
    await relay_of(database, NullChannel()).relay_due()
    assert await states(database) == ["waiting"]


async def test_a_send_under_way_ends_normally_when_its_channel_is_paused(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await plan_all(database)
    channel = StoppedBetween(database)
    await relay_of(database, channel).relay_due()
    (message,) = await messages(database)
    assert (message.state, message.provider_answer, len(channel.sent)) == ("sent", "null", 1)


async def test_what_was_claimed_before_a_pause_and_lost_its_sender_waits_for_the_end(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await plan_all(database)
    async with database.begin() as connection:
        await connection.execute(text("UPDATE message SET state = 'sending', attempts = 1"))
    await paused(database)
    channel = NullChannel()
    await relay_of(database, channel).relay_due()
    assert (channel.sent, await states(database)) == ([], ["sending"])
    await resumed(database)
    await make_due(database)
    await relay_of(database, channel).relay_due()
    assert (len(channel.sent), await states(database)) == (1, ["sent"])


async def test_the_standing_counts_what_waits_and_since_when(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await many_messages(database, 3)
    async with database.begin() as connection:
        await connection.execute(
            text("""
                UPDATE message SET next_attempt_at = now() + CASE WHEN id = (SELECT min(id::text)::uuid FROM message)
                    THEN interval '1 day' ELSE - interval '20 minutes' END""")
        )
    found = await standing(database)
    assert (found.waiting, found.due, found.failed) == (3, 2, 0)
    assert found.oldest is not None
    assert dt.timedelta(minutes=20) <= dt.datetime.now(dt.UTC) - found.oldest < dt.timedelta(minutes=25)


@pytest.mark.parametrize(
    ("outcome", "minutes", "failed"),
    (
        ("temporary_failure", 59, 1),
        ("permanent_failure", 59, 1),
        ("bounced", 59, 1),
        ("sent", 59, 0),
        ("delivered", 59, 0),
        ("bounced", 61, 0),
    ),
)
async def test_the_standing_counts_what_failed_in_the_last_hour(
    database: AsyncEngine, case: RecordedCase, outcome: str, minutes: int, failed: int
) -> None:
    await plan_all(database)
    parameters: dict[str, Any] = {"outcome": outcome, "minutes": minutes}
    async with database.begin() as connection:
        await connection.execute(
            text("""
                INSERT INTO message_attempt (message_id, number, at, provider, outcome, answer)
                SELECT id, 1, now() - make_interval(mins => :minutes), 'p', :outcome, '' FROM message"""),
            parameters,
        )
    assert (await standing(database)).failed == failed
    assert (await standing(database, ChannelName.TELEGRAM)).failed == 0


async def test_a_person_who_paused_is_named(database: AsyncEngine, agency: SmallAgency) -> None:
    await paused(database, by=str(agency.officer))
    assert (await standing(database)).paused_by == "Officer Kota Contoh"


async def test_an_operator_without_an_account_is_named_as_he_is(database: AsyncEngine) -> None:
    await paused(database, by="root")
    found = await standing(database)
    assert (found.paused_by, found.reason) == ("root", "Server pindah")
