import asyncio
from enum import StrEnum
from typing import Annotated

import typer

from activities.queues import Queue


class Part(StrEnum):
    """The parts whose health can be checked."""

    API = "api"
    WORKER = "worker"
    MAILBOX = "mailbox"
    MESSAGES = "messages"
    """Not a process: the messages that the relay should have sent by now."""
    FOLLOWING = "following"
    """Not a process: how far the engine is behind the record."""


def health(
    part: Annotated[Part, typer.Argument(help="api, worker, mailbox, messages or following.")],
    queue: Annotated[Queue, typer.Option(help="Which worker is meant.")] = Queue.APPRAISAL,
) -> None:
    """Ask whether a process of this machine does its work, or messages or the engine are late; exit code 1 if so.

    Example: kinerja health worker --queue notify
    """
    asyncio.run(_check(part, queue))


async def _check(part: Part, queue: Queue) -> None:
    from service.cli.speaking import out
    from service.configuration.settings import load_settings
    from service.runtime.health import check_api, check_following, check_mailbox, check_messages

    if part is Part.API:
        await check_api(load_settings())
    elif part is Part.MAILBOX:
        await check_mailbox(load_settings())
    elif part is Part.MESSAGES:
        from service.cli.servers import open_database

        async with open_database() as database, database.connect() as connection:
            await check_messages(connection)
    elif part is Part.FOLLOWING:
        from service.cli.servers import open_database

        async with open_database() as database, database.connect() as connection:
            out().print(await check_following(connection))
    else:
        from service.cli.servers import reachable
        from service.runtime.worker_health import check_worker
        from service.temporal.reaching import client_for

        await check_worker(await client_for(reachable("temporal_address")), queue)
