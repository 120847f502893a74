"""Failover among providers: by scripted ones for each failure, and among real mail servers."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import structlog

from notifications.channel import (
    Channel,
    Envelope,
    NullChannel,
    PermanentFailure,
    ProviderUnavailable,
    Receipt,
    SendingFailed,
    TemporaryFailure,
)
from notifications.circuit import FAILURES, FIRST_PAUSE, JITTER, Circuit
from notifications.email import EmailChannel, MailServer
from notifications.failover import FailoverChannel
from tests.fixtures.mail import Postbox, Slow
from tests.notifications.envelopes import SENDER, envelope


@dataclass
class Failing(NullChannel):
    """A provider that fails as it is told."""

    failure: SendingFailed = field(default_factory=lambda: ProviderUnavailable("away"))
    tried: int = 0

    async def send(self, envelope: Envelope) -> Receipt:
        """Fails."""
        self.tried += 1
        raise self.failure


def channel_of(*providers: Channel) -> FailoverChannel:
    return FailoverChannel({f"p{number}": provider for number, provider in enumerate(providers)})


async def test_the_first_provider_takes_everything_while_it_works() -> None:
    first, second = NullChannel(), NullChannel()
    await channel_of(first, second).send(envelope())
    assert (len(first.sent), len(second.sent)) == (1, 0)


async def test_the_next_one_steps_in_at_once_for_one_that_is_away() -> None:
    second = NullChannel()
    receipt = await channel_of(Failing(), second).send(envelope())
    assert receipt.answer == "null"
    assert len(second.sent) == 1


@pytest.mark.parametrize("failure", (TemporaryFailure("silence"), PermanentFailure("550 no")))
async def test_what_may_have_been_handed_over_is_never_sent_through_another(failure: SendingFailed) -> None:
    second = NullChannel()
    with pytest.raises(type(failure)) as failed:
        await channel_of(Failing(failure=failure), second).send(envelope())
    assert second.sent == []
    assert failed.value.provider == "p0"


async def test_when_all_are_away_each_ones_words_are_told() -> None:
    with pytest.raises(ProviderUnavailable, match="p0: away; p1: away"):
        await channel_of(Failing(), Failing()).send(envelope())


async def test_one_that_stays_away_is_passed_over_without_being_asked() -> None:
    first, second = Failing(), NullChannel()
    channel = channel_of(first, second)
    for _ in range(FAILURES + 5):
        await channel.send(envelope())
    assert first.tried == FAILURES
    assert len(second.sent) == FAILURES + 5


async def test_when_all_are_passed_over_nothing_is_asked_and_that_is_said() -> None:
    first = Failing()
    channel = channel_of(first)
    for _ in range(FAILURES):
        with pytest.raises(ProviderUnavailable):
            await channel.send(envelope())
    with pytest.raises(ProviderUnavailable, match="p0: passed over at present"):
        await channel.send(envelope())
    assert first.tried == FAILURES


async def test_a_send_that_is_cut_off_leaves_the_provider_to_be_probed_again() -> None:
    now = 0.0

    class Hanging(Failing):
        hangs = False

        async def send(self, envelope: Envelope) -> Receipt:
            if self.hangs:
                await asyncio.sleep(60)
            return await super().send(envelope)

    first = Hanging()
    channel = FailoverChannel({"p0": first}, circuit=lambda: Circuit(clock=lambda: now))
    for _ in range(FAILURES):
        with pytest.raises(ProviderUnavailable):
            await channel.send(envelope())
    now, first.hangs = FIRST_PAUSE * (1 + JITTER), True
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await channel.send(envelope())
    assert channel.circuits["p0"].begin()


@pytest.fixture
async def second() -> AsyncIterator[Postbox]:
    box = Postbox()
    async with box.listening():
        yield box


def by_mail(*boxes: Postbox, timeout: float = 5.0) -> FailoverChannel:
    servers = [MailServer("127.0.0.1", box.port, timeout=timeout) for box in boxes]
    return FailoverChannel({server.name: EmailChannel(server, sender=SENDER) for server in servers})


async def test_mail_goes_on_through_the_second_server_when_the_first_vanishes(second: Postbox) -> None:
    first = Postbox()
    channel = by_mail(first, second)
    async with first.listening():
        for _ in range(3):
            await channel.send(envelope())
    receipts = [await channel.send(envelope()) for _ in range(10)]
    await channel.close()
    assert (len(first.received), len(second.received)) == (3, 10)
    assert {receipt.provider for receipt in receipts} == {f"127.0.0.1:{second.port}"}


async def test_mail_returns_to_the_first_server_when_it_is_back(second: Postbox) -> None:
    now = 0.0
    first = Postbox()
    channel = by_mail(first, second)
    channel.circuits = {name: Circuit(clock=lambda: now) for name in channel.circuits}
    for _ in range(FAILURES + 1):
        await channel.send(envelope())
    async with first.listening():
        await channel.send(envelope())
        assert first.received == []
        now = FIRST_PAUSE * (1 + JITTER)
        await channel.send(envelope())
        assert len(first.received) == 1
        await channel.close()


async def test_a_mail_whose_content_is_on_its_way_is_not_sent_through_the_second_server(
    second: Postbox,
) -> None:
    first = Slow(seconds=2.0)
    async with first.listening():
        channel = by_mail(first, second, timeout=0.2)
        with pytest.raises(TemporaryFailure):
            await channel.send(envelope())
        await channel.close()
    assert second.received == []


async def test_thirty_messages_at_once_lose_none_when_the_first_server_vanishes(second: Postbox) -> None:
    first = Postbox()
    channel = by_mail(first, second)
    async with first.listening():
        await asyncio.gather(*(channel.send(envelope()) for _ in range(10)))
    await asyncio.gather(*(channel.send(envelope()) for _ in range(20)))
    await channel.close()
    assert (len(first.received), len(second.received)) == (10, 20)


async def test_the_log_tells_once_that_a_provider_is_passed_over() -> None:
    class Waiting(Failing):
        async def send(self, envelope: Envelope) -> Receipt:
            await asyncio.sleep(0.01)
            return await super().send(envelope)

    channel = channel_of(Waiting(), NullChannel())
    with structlog.testing.capture_logs() as lines:
        await asyncio.gather(*(channel.send(envelope()) for _ in range(FAILURES * 3)))
    assert [(line["event"], line["provider"]) for line in lines] == [("provider_passed_over", "p0")]
