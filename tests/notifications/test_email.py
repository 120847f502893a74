"""The e-mail channel against real servers of every temper."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest

from notifications.channel import (
    Channel,
    NullChannel,
    PermanentFailure,
    ProviderUnavailable,
    TemporaryFailure,
)
from notifications.email import EmailChannel, MailServer
from notifications.mail import compose
from notifications.return_path import ReturnPaths
from tests.fixtures.mail import Greylisting, Postbox, Refusing, Slow
from tests.notifications.envelopes import SENDER, envelope


def channel_to(postbox: Postbox, *, timeout: float = 5.0) -> EmailChannel:
    return EmailChannel(MailServer("127.0.0.1", postbox.port, timeout=timeout), sender=SENDER)


@pytest.fixture
async def postbox() -> AsyncIterator[Postbox]:
    box = Postbox()
    async with box.listening():
        yield box


@pytest.fixture
async def channel(postbox: Postbox) -> AsyncIterator[EmailChannel]:
    found = channel_to(postbox)
    yield found
    await found.close()


async def test_a_message_arrives_with_the_headers_of_an_automatic_one(
    channel: EmailChannel, postbox: Postbox
) -> None:
    receipt = await channel.send(envelope())
    assert receipt.answer == "250 Message kept"
    assert receipt.at.tzinfo is not None
    assert receipt.provider == f"127.0.0.1:{postbox.port}"
    ((address, mail),) = postbox.received
    assert address == "budi@contoh.go.id"
    assert mail["From"] == "Kinerja <kinerja@contoh.go.id>"
    assert mail["To"] == "Budi Santoso <budi@contoh.go.id>"
    assert mail["Message-ID"] == f"<{uuid.UUID(int=1)}@contoh.go.id>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "id"
    assert mail["Date"] is not None


async def test_both_forms_of_the_text_arrive_unharmed(channel: EmailChannel, postbox: Postbox) -> None:
    await channel.send(envelope())
    ((_, mail),) = postbox.received
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert plain.get_content().splitlines() == ["Teks – pengingat"]
    assert html is not None
    assert html.get_content().splitlines() == ["<p>Teks</p>"]


def test_the_message_has_seven_bits_only_and_lines_of_legal_length() -> None:
    content = compose(envelope(name="Bùdi Sántoso"), sender=SENDER)
    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")


async def test_connections_are_kept_between_messages(channel: EmailChannel, postbox: Postbox) -> None:
    for _ in range(10):
        await channel.send(envelope())
    assert len(postbox.received) == 10
    assert postbox.connections == 1


async def test_as_many_connections_are_opened_as_messages_are_sent_at_once(
    channel: EmailChannel, postbox: Postbox
) -> None:
    for _ in range(3):
        await asyncio.gather(*(channel.send(envelope()) for _ in range(4)))
    assert len(postbox.received) == 12
    assert postbox.connections == 4


async def test_a_bounce_comes_back_to_an_address_that_names_the_message() -> None:
    senders: list[str] = []

    class Noting(Postbox):
        async def handle_MAIL(  # noqa: N802  # aiosmtpd's name
            self, server: object, session: object, envelope: Any, address: str, options: list[str]
        ) -> str:
            senders.append(address)
            envelope.mail_from = address
            return "250 OK"

    postbox, paths = Noting(), ReturnPaths("secret", "contoh.go.id")
    async with postbox.listening():
        channel = EmailChannel(MailServer("127.0.0.1", postbox.port), sender=SENDER, return_paths=paths)
        await channel.send(envelope())
        await channel.close()
    assert senders == [paths.make(uuid.UUID(int=1))]
    ((_, mail),) = postbox.received
    assert mail["From"] == "Kinerja <kinerja@contoh.go.id>"


async def test_answers_go_where_somebody_reads_them(channel: EmailChannel, postbox: Postbox) -> None:
    await channel.send(envelope(reply_to="kepegawaian@contoh.go.id"))
    ((_, mail),) = postbox.received
    assert mail["Reply-To"] == "kepegawaian@contoh.go.id"


async def test_a_digest_can_be_switched_off_with_one_click(channel: EmailChannel, postbox: Postbox) -> None:
    link = "https://kinerja.contoh.go.id/api/v1/unsubscribe/" + "a" * 43
    await channel.send(envelope(unsubscribe=link))
    ((_, mail),) = postbox.received
    assert mail["List-Unsubscribe"] == f"<{link}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


async def test_one_click_is_not_promised_over_a_connection_that_others_can_read(
    channel: EmailChannel, postbox: Postbox
) -> None:
    await channel.send(envelope(unsubscribe="http://kinerja.contoh.go.id/x"))
    ((_, mail),) = postbox.received
    assert mail["List-Unsubscribe"] == "<http://kinerja.contoh.go.id/x>"
    assert mail["List-Unsubscribe-Post"] is None


async def test_what_may_not_be_switched_off_offers_no_way_to(channel: EmailChannel, postbox: Postbox) -> None:
    await channel.send(envelope())
    ((_, mail),) = postbox.received
    assert mail["List-Unsubscribe"] is None
    assert mail["Reply-To"] is None


async def test_a_closed_channel_can_be_used_again(channel: EmailChannel, postbox: Postbox) -> None:
    await channel.send(envelope())
    await channel.close()
    await channel.send(envelope())
    assert postbox.connections == 2


async def test_greylisting_is_temporary_and_the_repetition_has_the_same_message_id() -> None:
    postbox = Greylisting()
    async with postbox.listening():
        channel = channel_to(postbox)
        with pytest.raises(TemporaryFailure) as failed:
            await channel.send(envelope())
        assert failed.value.answer == "451 Greylisted, try again later"
        await channel.send(envelope())
        await channel.close()
    assert postbox.ids == [f"<{uuid.UUID(int=1)}@contoh.go.id>"]
    assert postbox.connections == 1


async def test_an_unknown_recipient_is_permanent_with_the_servers_words() -> None:
    postbox = Refusing()
    async with postbox.listening():
        channel = channel_to(postbox)
        with pytest.raises(PermanentFailure) as failed:
            await channel.send(envelope())
        await channel.close()
    assert failed.value.answer == "550 No such user here"
    assert failed.value.bad_address
    assert failed.value.reason == "bad_address"


async def test_a_policy_against_the_recipient_is_permanent_and_no_fault_of_the_address() -> None:
    class Strict(Postbox):
        async def recipient_answer(self, address: str) -> str:
            return "550 5.7.1 Relay access denied"

    postbox = Strict()
    async with postbox.listening():
        channel = channel_to(postbox)
        with pytest.raises(PermanentFailure) as failed:
            await channel.send(envelope())
        await channel.close()
    assert not failed.value.bad_address
    assert failed.value.reason == "refused"


async def test_refused_content_is_permanent_and_no_fault_of_the_address() -> None:
    class Strict(Postbox):
        async def content_answer(self) -> str:
            return "554 Looks like spam"

    postbox = Strict()
    async with postbox.listening():
        channel = channel_to(postbox)
        with pytest.raises(PermanentFailure, match="554 Looks like spam") as failed:
            await channel.send(envelope())
        await channel.close()
    assert not failed.value.bad_address


async def test_a_server_that_refuses_our_sender_is_unavailable_because_it_would_hit_every_message() -> None:
    class Distrusting(Postbox):
        async def handle_MAIL(self, *_: object) -> str:  # noqa: N802  # aiosmtpd's name
            return "550 We do not know you"

    postbox = Distrusting()
    async with postbox.listening():
        channel = channel_to(postbox)
        with pytest.raises(ProviderUnavailable, match="550 We do not know you"):
            await channel.send(envelope())
        await channel.close()


async def test_a_server_that_is_about_to_close_is_unavailable() -> None:
    class Closing(Postbox):
        async def recipient_answer(self, address: str) -> str:
            return "421 Shutting down"

    postbox = Closing()
    async with postbox.listening():
        channel = channel_to(postbox)
        with pytest.raises(ProviderUnavailable, match="421 Shutting down"):
            await channel.send(envelope())
        await channel.close()


async def test_a_server_that_wants_a_sign_in_it_then_refuses_is_unavailable(postbox: Postbox) -> None:
    server = MailServer("127.0.0.1", postbox.port, username="robot", password="wrong")
    with pytest.raises(ProviderUnavailable) as failed:
        await EmailChannel(server, sender=SENDER).send(envelope())
    assert failed.value.provider == f"127.0.0.1:{postbox.port}"
    assert "wrong" not in failed.value.answer


async def test_a_server_that_is_away_is_unavailable() -> None:
    with pytest.raises(ProviderUnavailable, match="SMTPConnectError"):
        await channel_to(Postbox()).send(envelope())


async def test_a_server_that_goes_away_before_the_content_was_handed_nothing(postbox: Postbox) -> None:
    class Leaving(Postbox):
        async def recipient_answer(self, address: str) -> str:
            raise ConnectionResetError

    leaving = Leaving()
    async with leaving.listening():
        channel = channel_to(leaving, timeout=0.3)
        with pytest.raises(TemporaryFailure):
            await channel.send(envelope())
        await channel.close()
    assert leaving.received == []


async def test_a_server_that_does_not_answer_in_time_is_temporary() -> None:
    postbox = Slow(seconds=3)
    async with postbox.listening():
        with pytest.raises(TemporaryFailure, match="Timeout") as failed:
            await channel_to(postbox, timeout=0.2).send(envelope())
    # It may have taken the message all the same.
    assert not isinstance(failed.value, ProviderUnavailable)


async def test_a_server_that_vanished_between_two_messages_is_asked_anew_when_it_is_back() -> None:
    postbox = Postbox()
    channel = channel_to(postbox)
    async with postbox.listening():
        await channel.send(envelope())
    with pytest.raises(TemporaryFailure):
        await channel.send(envelope())
    async with postbox.listening():
        await channel.send(envelope())
        await channel.close()
    assert len(postbox.received) == 2


@pytest.mark.parametrize(
    "address", ("budi@contoh.go.id", "", "00000000-0000-0000-0000-000000000009@gladi.invalid")
)
async def test_a_rehearsal_is_refused_every_address_but_the_one_that_cannot_exist(
    channel: EmailChannel, postbox: Postbox, address: str
) -> None:
    with pytest.raises(PermanentFailure, match="rehearsal") as failed:
        await channel.send(envelope(rehearsal=True, address=address))
    assert failed.value.reason == "rehearsal"
    assert postbox.received == []


async def test_a_rehearsal_may_write_to_the_address_that_cannot_exist(
    channel: EmailChannel, postbox: Postbox
) -> None:
    invalid = f"{uuid.UUID(int=3)}@gladi.invalid"
    await channel.send(envelope(rehearsal=True, address=invalid))
    assert [address for address, _ in postbox.received] == [invalid]


@pytest.mark.parametrize(
    "address", ("", "not an address", "a@b@c", "x@", "budi@contoh.go.id\r\nBcc: all@x.id")
)
async def test_an_address_that_cannot_be_written_is_permanent_and_reaches_no_server(
    channel: EmailChannel, postbox: Postbox, address: str
) -> None:
    with pytest.raises(PermanentFailure):
        await channel.send(envelope(address=address))
    assert postbox.connections == 0


async def test_the_null_twin_sends_nothing_and_remembers_everything() -> None:
    twin = NullChannel()
    channel: Channel = twin
    await channel.send(envelope())
    await channel.close()
    assert [sent.id for sent in twin.sent] == [uuid.UUID(int=1)]
