"""E-mail by SMTP, over connections that are kept between messages."""

import datetime as dt
import socket
import time
from dataclasses import dataclass, field

from aiosmtplib import SMTP, SMTPException, SMTPRecipientsRefused, SMTPResponseException
from aiosmtplib.errors import (
    SMTPAuthenticationError,
    SMTPConnectResponseError,
    SMTPHeloError,
    SMTPSenderRefused,
)

from notifications.addressing import rehearsal_address
from notifications.channel import Envelope, PermanentFailure, Receipt, TemporaryFailure
from notifications.mail import compose

# The server refuses us rather than this message: every message would meet the same, so none may be given up.
_REFUSES_US = (SMTPAuthenticationError, SMTPConnectResponseError, SMTPHeloError, SMTPSenderRefused)
_ASK_AFTER_SECONDS = 5.0
"""A connection that was idle for longer is asked whether it still lives."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and how long an answer may take (seconds)."""

    host: str
    port: int
    implicit_tls: bool = False
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 20.0

    def connection(self) -> SMTP:
        """A connection that is not open yet. Plain connections turn to TLS where the server offers it."""
        return SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.implicit_tls,
            username=self.username,
            password=self.password,
            timeout=self.timeout,
            local_hostname=socket.gethostname(),
        )


class EmailChannel:
    """Hands messages to one mail server, each as one message with a Message-ID made from its notice.

    As many connections are opened as messages are sent at once, and kept until `close`. A refusal of the
    recipient or the content with 5xx is permanent (RFC 5321 §4.2.1); 4xx, silence, an absent server, and a
    server that refuses ourselves are temporary.
    """

    def __init__(self, server: MailServer, *, sender: str) -> None:
        self.server = server
        self.sender = sender
        self._idle: list[tuple[SMTP, float]] = []

    async def send(self, envelope: Envelope) -> Receipt:
        """Returns when the server has taken responsibility for the message (RFC 5321 §6.1)."""
        if envelope.rehearsal and envelope.address != rehearsal_address(envelope.person):
            raise PermanentFailure("a rehearsal may not write to a real address")
        if not envelope.address:
            raise PermanentFailure("no e-mail address is known")
        try:
            content = compose(envelope, sender=self.sender)
        except ValueError as error:
            raise PermanentFailure(f"the message cannot be addressed: {error}") from error
        try:
            connection = await self._connected()
            _, answer = await self._handed_over(connection, envelope.address, content)
        except SMTPRecipientsRefused as refused:
            raise _failure(refused.recipients[0]) from refused
        except _REFUSES_US as refused:
            raise TemporaryFailure(_said(refused)) from refused
        except SMTPResponseException as refused:
            raise _failure(refused) from refused
        except (SMTPException, OSError, TimeoutError) as error:
            raise TemporaryFailure(f"{type(error).__name__}: {error}") from error
        return Receipt(f"250 {answer}", dt.datetime.now(dt.UTC))

    async def close(self) -> None:
        """Says goodbye on every kept connection."""
        while self._idle:
            connection, _ = self._idle.pop()
            try:
                await connection.quit()
            except (SMTPException, OSError):
                connection.close()

    async def _connected(self) -> SMTP:
        while self._idle:
            connection, since = self._idle.pop()
            if await self._lives(connection, since):
                return connection
            connection.close()
        connection = self.server.connection()
        try:
            await connection.connect()
        except BaseException:
            connection.close()
            raise
        return connection

    async def _lives(self, connection: SMTP, since: float) -> bool:
        if not connection.is_connected:
            return False
        if time.monotonic() - since < _ASK_AFTER_SECONDS:
            return True
        try:
            await connection.noop()
        except (SMTPException, OSError):
            return False
        return True

    async def _handed_over(self, connection: SMTP, address: str, content: bytes) -> tuple[object, str]:
        """Sends on the connection and keeps it, unless what state it is in is not known."""
        keep = False
        try:
            answer = await connection.sendmail(self.sender, [address], content)
            keep = True
        except (SMTPResponseException, SMTPRecipientsRefused):
            keep = connection.is_connected
            raise
        finally:
            if keep:
                self._idle.append((connection, time.monotonic()))
            else:
                connection.close()
        return answer


def _failure(refused: SMTPResponseException) -> TemporaryFailure | PermanentFailure:
    kind = PermanentFailure if refused.code >= 500 else TemporaryFailure
    return kind(_said(refused))


def _said(refused: SMTPResponseException) -> str:
    return f"{refused.code} {refused.message}"
