"""A local mail server that keeps every message in a Maildir, and the reader of that Maildir."""

import asyncio
import mailbox
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from itertools import islice
from pathlib import Path
from typing import Any

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from notifications.return_path import looks_like_one
from service.runtime.atomic_file import sync_directory

_RECIPIENT = "X-Envelope-To"
_FOLDERS = ("new", "cur")

_log = structlog.get_logger(__name__)

Intake = Callable[[bytes, Sequence[str]], Awaitable[str]]
"""Takes a returned mail and the return paths that it was addressed to. Returns the SMTP answer."""


@dataclass(frozen=True)
class StoredMessage:
    """A message as received at `date`; `to` holds the addresses of its SMTP envelope."""

    id: str
    message_id: str | None
    sender: str
    to: tuple[str, ...]
    subject: str
    date: datetime
    text: str


class _Keeper:
    """Answers 250 only once the message is on the disk or the intake of bounces has taken it."""

    def __init__(self, directory: Path, intake: Intake | None = None) -> None:
        self._directory = directory
        self._intake = intake
        # Maildir gives names that are unique within one thread only.
        self._one_at_a_time = asyncio.Lock()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        returned = [address for address in envelope.rcpt_tos if looks_like_one(address)]
        if self._intake is not None and returned:
            return await self._intake(_content(envelope), returned)
        try:
            async with self._one_at_a_time:
                await asyncio.to_thread(self._keep, envelope)
        except OSError:
            _log.exception("message_not_kept", directory=str(self._directory))
            return "451 The message could not be stored; try again later"
        return "250 Kept"

    def _keep(self, envelope: Envelope) -> None:
        recipients = ", ".join(envelope.rcpt_tos)
        message = mailbox.MaildirMessage(f"{_RECIPIENT}: {recipients}\n".encode() + _content(envelope))
        open_maildir(self._directory).add(message)
        sync_directory(self._directory / "new")


def _content(envelope: Envelope) -> bytes:
    content = envelope.content or b""
    return content if isinstance(content, bytes) else content.encode()


def open_maildir(directory: Path) -> mailbox.Maildir:
    """Opens the Maildir, closed to other users, and makes it if it is missing."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    maildir = mailbox.Maildir(directory, create=True)
    directory.chmod(0o700)
    return maildir


async def start_mailbox(
    host: str, port: int, directory: Path, intake: Intake | None = None
) -> asyncio.Server:
    """Listens for mail until the returned server is closed. Raises OSError if the port is taken."""
    open_maildir(directory)
    keeper = _Keeper(directory, intake)
    loop = asyncio.get_running_loop()

    def protocol() -> SMTP:
        return SMTP(keeper, hostname="kinerja", ident="kinerja mailbox", enable_SMTPUTF8=True, loop=loop)

    return await loop.create_server(protocol, host, port)


async def serve_mailbox(host: str, port: int, directory: Path, intake: Intake | None = None) -> None:
    """Runs the mail server until it is cancelled."""
    server = await start_mailbox(host, port, directory, intake)
    _log.info("mailbox_ready", host=host, port=port, directory=str(directory))
    async with server:
        await server.serve_forever()


def list_messages(directory: Path, limit: int | None = 50) -> list[StoredMessage]:
    """The newest messages first, at most `limit` (None: all). The messages are neither changed nor marked."""
    files = [file for folder in _FOLDERS for file in _files(directory / folder)]
    files.sort(key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)
    return [_read(file) for file in islice(files, limit)]


def _files(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())


def _read(file: Path) -> StoredMessage:
    message: EmailMessage = message_from_bytes(file.read_bytes(), policy=policy.default)
    recipients = getaddresses([str(message.get(_RECIPIENT) or message.get("To") or "")])
    return StoredMessage(
        id=file.name.partition(":")[0],
        message_id=_header(message, "Message-ID"),
        sender=_header(message, "From") or "",
        to=tuple(address for _, address in recipients if address),
        subject=_header(message, "Subject") or "",
        date=datetime.fromtimestamp(file.stat().st_mtime, UTC),
        text=_text(message),
    )


def _header(message: EmailMessage, name: str) -> str | None:
    value: Any = message.get(name)
    return None if value is None else str(value)


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except LookupError:
        # Python does not know the character set.
        raw: Any = part.get_payload(decode=True)
        return bytes(raw).decode("utf-8", "replace")
