import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING, Annotated

import typer

from activities.queues import Queue

if TYPE_CHECKING:
    from service.configuration.settings import Settings

CONNECTIONS = 8
"""Database connections of each worker. Waiting for a free one is quicker than opening more."""


def worker(
    queue: Annotated[Queue, typer.Option(help="What to serve: appraisal (people wait for it) or notify.")],
) -> None:
    """Work on one task queue until SIGTERM; run any number of them, on any number of machines.

    Example: kinerja worker --queue appraisal
    """
    import uvloop

    from service.cli.servers import reachable
    from service.configuration.structured_logging import configure_logging

    settings = (
        reachable("database_url", "temporal_address", "smtp_url")
        if queue is Queue.NOTIFY
        else reachable("database_url", "temporal_address")
    )
    configure_logging(settings.log_format, settings.log_level)
    uvloop.run(_work(queue, settings))


async def _work(queue: Queue, settings: "Settings") -> None:
    """Serves the queue until told to stop; a stop also ends the wait for the engine."""
    serving = asyncio.create_task(_serve(queue, settings))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, serving.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await serving


async def _serve(queue: Queue, settings: "Settings") -> None:
    import structlog

    from activities.commanding import Commands
    from activities.patrolling import patrolling
    from activities.sweeping import sweeping
    from activities.telling import Teller
    from service.cli.servers import open_database
    from service.temporal.attending import attending
    from service.temporal.beginning_improvements import beginning_improvements
    from service.temporal.forgetting import forgetting
    from service.temporal.noting_plans import noting_plans
    from service.temporal.noting_receipts import noting_receipts
    from service.temporal.noting_skills import noting_skills
    from service.temporal.preparing_surveys import preparing_surveys
    from service.temporal.reaching import client_once_reachable
    from service.temporal.registry import worker_for
    from service.temporal.relay import ensure_relay

    log = structlog.get_logger(__name__)
    async with open_database(settings, pool_size=CONNECTIONS) as database:
        client = await client_once_reachable(settings)
        if queue is Queue.NOTIFY:
            await ensure_relay(client)
        log.info("worker_starts", queue=queue.value)
        try:
            async with contextlib.AsyncExitStack() as beside:
                if queue is Queue.NOTIFY:
                    commands = Commands(database, Teller(database, client))
                    await beside.enter_async_context(noting_receipts(database, commands))
                    await beside.enter_async_context(noting_plans(database, commands))
                    await beside.enter_async_context(noting_skills(database))
                    await beside.enter_async_context(beginning_improvements(database))
                else:
                    await beside.enter_async_context(sweeping(database, client))
                    await beside.enter_async_context(patrolling(database, client))
                    await beside.enter_async_context(attending(database, client))
                    await beside.enter_async_context(preparing_surveys(database))
                    await beside.enter_async_context(forgetting(database))
                # On cancellation, it lets running tasks end: the SDK's threads must not outlive the interpreter.
                await worker_for(queue, client, database, settings).run()
        finally:
            log.info("worker_stopped", queue=queue.value)
