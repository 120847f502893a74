import asyncio
from typing import Annotated

import typer

from service.cli.problems import CommandFailed
from service.cli.speaking import say
from translations import mark as _


def serve(
    demo: Annotated[
        bool, typer.Option("--demo", help="Load a demonstration agency and launch its cycle.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, max=32, help="Worker processes for each task queue.")] = 1,
) -> None:
    """Start and watch everything that kinerja needs on this machine; Ctrl-C stops it.

    State is kept in var/, or below KINERJA_STATE_DIRECTORY; a second start finds everything as it was.

    Example: kinerja serve --workers 2
    """
    from activities.search_attributes import REGISTRATION
    from service.runtime.addresses import Addresses
    from service.runtime.embedded import serve as serve_embedded
    from service.settings import load_settings
    from service.structured_logging import configure_logging

    settings = load_settings()
    configure_logging(settings.log_format, settings.log_level)

    async def on_ready(addresses: Addresses) -> None:
        say(_("Pages and API: {address}"), address=addresses.api_url)
        if addresses.temporal_ui_url:
            say(_("Engine, for operators: {address}"), address=addresses.temporal_ui_url)
        if demo:
            await _prepare_demo(addresses, settings)

    code = asyncio.run(
        serve_embedded(settings, workers=workers, on_ready=on_ready, search_attributes=REGISTRATION)
    )
    raise typer.Exit(code)


async def _prepare_demo(addresses: object, settings: object) -> None:
    import importlib

    try:
        prepare = importlib.import_module("service.demo").prepare
    except ModuleNotFoundError as missing:
        raise CommandFailed(_("There is no demonstration here; start without --demo.")) from missing
    await prepare(addresses, settings)
