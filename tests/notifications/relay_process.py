"""A relay in a process of its own, to be killed. Arguments: URL of the database, port of the mail server."""

import asyncio
import sys

from notifications.email import EmailChannel, MailServer
from notifications.relay import Links, Relay
from store.database import create_engine
from store.message.channels import ChannelName


async def main(database_url: str, port: int) -> None:
    channel = EmailChannel(MailServer("127.0.0.1", port), sender="kinerja@contoh.go.id")
    relay = Relay(
        create_engine(database_url), {ChannelName.EMAIL: channel}, Links("https://kinerja.contoh.go.id")
    )
    while True:
        if await relay.relay_due() == 0:
            await asyncio.sleep(0.1)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
