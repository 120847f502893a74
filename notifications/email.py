"""E-mail by SMTP, over connections that are kept open between messages."""

import datetime as dt
import socket
import time
from dataclasses import dataclass, field

from aiosmtplib import SMTP, SMTPException, SMTPRecipientRefused, SMTPResponseException

from notifications.channel import (
    Envelope,
    PermanentFailure,
    ProviderUnavailable,
    Receipt,
    SendingFailed,
    TemporaryFailure,
)
from notifications.mail import compose
from notifications.mail_status import blames_address
from notifications.rehearsing import refuse_real_address
from notifications.return_path import ReturnPaths

_ASK_AFTER_SECONDS = 5.0
"""A connection that was idle for longer is tested before it is used again."""
_CLOSES = 421
"""The server is about to close the connection; it may answer any command with this (RFC 5321 §3.8)."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and how long a connection and an answer may take (seconds)."""

    host: str
    port: int
    implicit_tls: bool = False
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 20.0
    connect_timeout: float = 8.0
    """Shorter, so that another server can be tried within the same send."""

    @property
    def name(self) -> str:
        """The server's name in receipts and logs."""
        return f"{self.host}:{self.port}"

    def connection(self) -> SMTP:
        """A connection that is not open yet. A plain connection changes to TLS if the server offers it."""
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
    """Hands messages to one mail server, each with a Message-ID made from its id.

    The channel opens as many connections as it sends messages at once, and keeps them until `close`. If the server
    refuses the recipient or the content, 5xx is permanent (RFC 5321 §4.2.1) and 4xx is temporary. A server that is
    away or does not let us send (connection, greeting, sign-in, sender) is unavailable: it got no message. Silence
    after the content was sent is only temporary, because the server may have accepted the message.
    """

    def __init__(self, server: MailServer, *, sender: str, return_paths: ReturnPaths | None = None) -> None:
        self.server = server
        self.sender = sender
        self._return_paths = return_paths
        self._idle: list[tuple[SMTP, float]] = []

    async def send(self, envelope: Envelope) -> Receipt:
        """Returns when the server has taken responsibility for the message (RFC 5321 §6.1)."""
        refuse_real_address(envelope)
        if not envelope.address:
            raise PermanentFailure("no e-mail address is known", reason="no_address")
        try:
            content = compose(envelope, sender=self.sender)
        except ValueError as error:
            answer = f"the message cannot be addressed: {error}"
            raise PermanentFailure(answer, reason="bad_address", bad_address=True) from error
        connection = await self._connected()
        answer = await self._handed_over(connection, envelope, content)
        return Receipt(f"250 {answer}", dt.datetime.now(dt.UTC), self.server.name)

    async def close(self) -> None:
        """Ends every open connection properly."""
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
            await connection.connect(timeout=self.server.connect_timeout)
        except (SMTPException, OSError) as error:
            connection.close()
            raise self._unavailable(error) from error
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

    async def _handed_over(self, connection: SMTP, envelope: Envelope, content: bytes) -> str:
        """Sends over the connection, and keeps the connection unless its state is unknown."""
        keep = False
        try:
            await self._addressed(connection, envelope, len(content))
            answer = await self._taken(connection, content)
            keep = True
        except _Refused as refused:
            keep = await _is_reset(connection)
            raise refused.failure from refused.__cause__
        finally:
            if keep:
                self._idle.append((connection, time.monotonic()))
            else:
                connection.close()
        return answer

    async def _addressed(self, connection: SMTP, envelope: Envelope, size: int) -> None:
        """Names sender and recipient. If this fails, the server has not got the content."""
        paths = self._return_paths
        return_path = self.sender if paths is None else paths.make(envelope.id)
        # RFC 1870: a message that is too large is refused before it is transmitted.
        options = [f"size={size}"] if connection.supports_extension("size") else []
        try:
            await connection.mail(return_path, options=options)
            await connection.rcpt(envelope.address)
        except SMTPRecipientRefused as refused:
            raise _Refused(self._of_recipient(refused)) from refused
        except SMTPResponseException as refused:
            raise _Refused(self._unavailable(refused)) from refused
        except (SMTPException, OSError) as error:
            raise self._unavailable(error) from error
        except ValueError as error:
            # For instance letters beyond ASCII: they need SMTPUTF8 (RFC 6531), which few servers support.
            answer = "the address has characters that mail servers do not take"
            failure = self._permanent(answer, "bad_address", bad_address=True)
            raise _Refused(failure) from error

    async def _taken(self, connection: SMTP, content: bytes) -> str:
        try:
            response = await connection.data(content)
        except SMTPResponseException as refused:
            if refused.code >= 500:
                raise _Refused(self._permanent(_said(refused), "refused")) from refused
            raise _Refused(TemporaryFailure(_said(refused), provider=self.server.name)) from refused
        except (SMTPException, OSError) as error:
            raise TemporaryFailure(_told(error), provider=self.server.name) from error
        return str(response.message)

    def _of_recipient(self, refused: SMTPRecipientRefused) -> SendingFailed:
        said = _said(refused)
        if refused.code >= 500:
            bad = blames_address(said)
            return self._permanent(said, "bad_address" if bad else "refused", bad_address=bad)
        if refused.code == _CLOSES:
            return self._unavailable(refused)
        return TemporaryFailure(said, provider=self.server.name)

    def _permanent(self, answer: str, reason: str, *, bad_address: bool = False) -> PermanentFailure:
        return PermanentFailure(answer, reason=reason, provider=self.server.name, bad_address=bad_address)

    def _unavailable(self, error: Exception) -> ProviderUnavailable:
        return ProviderUnavailable(_told(error), provider=self.server.name)


class _Refused(Exception):
    """The server refused with an answer, so the connection can still be used."""

    def __init__(self, failure: SendingFailed) -> None:
        super().__init__(failure.answer)
        self.failure = failure


async def _is_reset(connection: SMTP) -> bool:
    """Makes the server forget sender and recipient (RFC 5321 §4.1.1.5); whether that worked."""
    try:
        await connection.rset()
    except (SMTPException, OSError):
        return False
    return connection.is_connected


def _told(error: Exception) -> str:
    return _said(error) if isinstance(error, SMTPResponseException) else f"{type(error).__name__}: {error}"


def _said(refused: SMTPResponseException) -> str:
    return f"{refused.code} {refused.message}"
