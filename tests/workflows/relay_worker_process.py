"""A notify worker in a process of its own, to be killed.

Arguments: address of the engine, task queue, URL of the database, port of the mail server.
"""

import asyncio
import sys

from activities.relaying import Relaying
from notifications.email import EmailChannel, MailServer
from notifications.relay import Links
from service.temporal.client import connect
from service.temporal.worker import create_worker
from store.database import create_engine
from store.message.channels import ChannelName
from workflows.relaying import RelayWorkflow


async def main(address: str, queue: str, database_url: str, port: int) -> None:
    channel = EmailChannel(MailServer("127.0.0.1", port), sender="kinerja@contoh.go.id")
    relaying = Relaying(
        create_engine(database_url), {ChannelName.EMAIL: channel}, Links("https://kinerja.contoh.go.id")
    )
    await create_worker(
        await connect(address),
        queue=queue,
        workflows=[RelayWorkflow],
        activities=[relaying.relay_for_a_while],
    ).run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
