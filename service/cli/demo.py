import asyncio
import contextlib
import signal


def demo() -> None:
    """Let the people of the demonstration act until SIGTERM; started by `kinerja serve --demo`.

    Example: kinerja demo
    """
    from service.cli.servers import reachable
    from service.configuration.structured_logging import configure_logging

    settings = reachable("database_url", "temporal_address")
    configure_logging(settings.log_format, settings.log_level)
    asyncio.run(_until_told())


async def _until_told() -> None:
    showing = asyncio.create_task(_show())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, showing.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await showing


async def _show() -> None:
    from service.cli.servers import open_database, reachable
    from service.demo.showing import show
    from service.temporal.reaching import client_once_reachable

    settings = reachable("database_url", "temporal_address")
    async with open_database(settings) as database:
        await show(database, await client_once_reachable(settings), settings)
