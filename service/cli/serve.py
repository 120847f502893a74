import asyncio
import datetime as dt
from typing import Annotated

import typer

from service.cli.speaking import say
from translations import mark as _


def serve(
    demo: Annotated[
        bool, typer.Option("--demo", help="Add an invented agency whose people act by themselves.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, max=32, help="Worker processes for each task queue.")] = 1,
) -> None:
    """Start and watch everything that kinerja needs on this machine; Ctrl-C stops it.

    State is kept in var/, or below KINERJA_STATE_DIRECTORY; a second start finds everything as it was.

    Example: kinerja serve --workers 2
    """
    from activities.search_attributes import REGISTRATION
    from service.configuration.settings import load_settings
    from service.configuration.structured_logging import configure_logging
    from service.runtime.addresses import Addresses
    from service.runtime.embedded import serve as serve_embedded
    from service.runtime.own_processes import own_processes

    settings = load_settings()
    configure_logging(settings.log_format, settings.log_level)
    began = dt.datetime.now(dt.UTC)

    async def on_ready(addresses: Addresses) -> None:
        say(_("Pages and API: {address}"), address=addresses.api_url)
        if addresses.temporal_ui_url:
            say(_("Engine, for operators: {address}"), address=addresses.temporal_ui_url)
        if demo:
            from service.cli.welcoming import welcome

            await welcome(settings.state_directory, addresses.api_url, since=began)

    code = asyncio.run(
        serve_embedded(
            settings,
            processes=own_processes(workers, demo=demo),
            on_ready=on_ready,
            search_attributes=REGISTRATION,
        )
    )
    raise typer.Exit(code)
