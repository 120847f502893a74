"""A mail server in a process of its own, to be killed: what it has taken is on disk before it says so.

Arguments: port, file. Each line of the file is the moment (seconds since 1970), the Message-ID and the recipient.
"""

import asyncio
import email
import email.policy
import os
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Keeping:
    """Keeps every message as one line."""

    def __init__(self, file: Path) -> None:
        self._log = file.open("a")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        assert isinstance(envelope.content, bytes)
        headers = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self._log.writelines(
            f"{time.time():.6f} {headers['Message-ID']} {address}\n" for address in envelope.rcpt_tos
        )
        self._log.flush()
        os.fsync(self._log.fileno())
        return "250 Message kept"


async def main(port: int, file: Path) -> None:
    loop = asyncio.get_running_loop()
    keeping = Keeping(file)
    await loop.create_server(
        lambda: SMTP(keeping, hostname="postbox", enable_SMTPUTF8=True, loop=loop), "127.0.0.1", port
    )
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
