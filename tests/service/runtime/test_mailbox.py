import asyncio
import os
import smtplib
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest

from service.runtime.mailbox import list_messages, start_mailbox


class Sink:
    """A running mailbox."""

    def __init__(self, directory: Path, port: int) -> None:
        self.directory = directory
        self.port = port

    async def send(self, message: EmailMessage, *recipients: str) -> None:
        await aiosmtplib.send(
            message,
            hostname="127.0.0.1",
            port=self.port,
            recipients=list(recipients) or None,
            start_tls=False,
        )


@pytest.fixture
async def sink(tmp_path: Path) -> AsyncIterator[Sink]:
    server = await start_mailbox("127.0.0.1", 0, tmp_path / "mail")
    async with server:
        yield Sink(tmp_path / "mail", server.sockets[0].getsockname()[1])


def mail(subject: str = "Pengingat", text: str = "Rencana kinerja jatuh tempo besok.\n") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Kinerja <kinerja@example.go.id>"
    message["To"] = "Siti <siti@example.go.id>"
    message["Subject"] = subject
    message["Message-ID"] = "<1@example.go.id>"
    message.set_content(text)
    return message


async def test_a_message_is_kept_as_it_was_sent(sink: Sink) -> None:
    await sink.send(mail("Pengingat: évaluasi — besok"))
    (message,) = list_messages(sink.directory)
    assert message.subject == "Pengingat: évaluasi — besok"
    assert message.to == ("siti@example.go.id",)
    assert message.sender == "Kinerja <kinerja@example.go.id>"
    assert message.message_id == "<1@example.go.id>"
    assert message.text == "Rencana kinerja jatuh tempo besok.\n"
    assert datetime.now(UTC) - message.date < timedelta(seconds=10)


async def test_the_people_it_was_sent_to_count_not_those_that_it_names(sink: Sink) -> None:
    await sink.send(mail(), "budi@example.go.id", "ani@example.go.id")
    assert list_messages(sink.directory)[0].to == ("budi@example.go.id", "ani@example.go.id")


async def test_the_newest_message_comes_first_and_the_limit_holds(sink: Sink) -> None:
    for number in range(5):
        await sink.send(mail(f"Nomor {number}"))
    assert [message.subject for message in list_messages(sink.directory, 2)] == ["Nomor 4", "Nomor 3"]
    assert len(list_messages(sink.directory, None)) == 5


async def test_messages_that_come_at_once_are_all_kept(sink: Sink) -> None:
    await asyncio.gather(*(sink.send(mail(f"Nomor {number}")) for number in range(40)))
    assert {message.subject for message in list_messages(sink.directory, None)} == {
        f"Nomor {n}" for n in range(40)
    }
    assert len({message.id for message in list_messages(sink.directory, None)}) == 40


async def test_a_message_with_two_forms_is_read_in_its_plain_one(sink: Sink) -> None:
    message = mail(text="polos\n")
    message.add_alternative("<p>kaya</p>", subtype="html")
    await sink.send(message)
    assert list_messages(sink.directory)[0].text == "polos\n"


async def test_a_message_without_text_is_listed_all_the_same(sink: Sink) -> None:
    message = EmailMessage()
    message["To"], message["From"] = "a@example.go.id", "b@example.go.id"
    message.set_content(b"\x00\x01", maintype="application", subtype="pdf")
    await sink.send(message)
    (kept,) = list_messages(sink.directory)
    assert (kept.subject, kept.text, kept.message_id) == ("", "", None)


async def test_a_character_set_that_nobody_knows_does_not_break_the_list(sink: Sink) -> None:
    raw = b"From: a@x.id\r\nTo: b@x.id\r\nContent-Type: text/plain; charset=klingon\r\n\r\nhalo\r\n"

    def send() -> None:
        with smtplib.SMTP("127.0.0.1", sink.port) as client:
            client.sendmail("a@x.id", ["b@x.id"], raw)

    await asyncio.to_thread(send)
    assert list_messages(sink.directory)[0].text.strip() == "halo"


async def test_a_message_that_cannot_be_stored_is_not_acknowledged(sink: Sink) -> None:
    for folder in ("tmp", "new"):
        os.rename(sink.directory / folder, sink.directory / f"{folder}-away")
        (sink.directory / folder).write_text("in the way")
    with pytest.raises(aiosmtplib.SMTPDataError, match="could not be stored"):
        await sink.send(mail())


async def test_only_the_owner_may_read_the_mail(sink: Sink) -> None:
    await sink.send(mail())
    assert sink.directory.stat().st_mode & 0o077 == 0


def test_a_mailbox_that_was_never_used_is_empty(tmp_path: Path) -> None:
    assert list_messages(tmp_path / "none") == []


async def test_a_taken_port_is_an_error(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        with pytest.raises(OSError, match="address already in use"):
            await start_mailbox("127.0.0.1", listener.getsockname()[1], tmp_path / "mail")
