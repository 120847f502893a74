"""Runs the API."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence

import uvicorn
import uvloop
from fastapi import APIRouter

from activities.sealing import Seals
from service.accounts.hooks import Hooks
from service.accounts.tokens import TokenSigner
from service.api.app import create_app
from service.api.dependencies import Dependencies
from service.channels.reach import Reach
from service.configuration.settings import Settings, SettingsError
from service.evidence.reaching import Links
from service.public_feedback.giving import Forms
from service.temporal.reaching import client_for
from store.database import create_engine

_STOP_SECONDS = 15
_TELLING_SECONDS = 2

Pages = Callable[[Forms, str], Sequence[APIRouter]]
"""Makes the pages for people of the forms of the public and the address at which all begins."""


def no_pages(_forms: Forms, _public_address: str) -> Sequence[APIRouter]:
    """The API alone."""
    return ()


async def serve_api(settings: Settings, pages: Pages = no_pages) -> None:
    """Serves until the process is told to stop; open requests are answered first.

    Raises `SettingsError` when the settings name no database or no engine.
    """
    if settings.database_url is None or settings.temporal_address is None:
        raise SettingsError(
            "KINERJA_DATABASE_URL and KINERJA_TEMPORAL_ADDRESS are needed to serve the API alone; "
            "`kinerja serve` starts both itself"
        )
    database = create_engine(settings.database_url.get_secret_value())
    client = await client_for(settings, lazy=True)
    dependencies = Dependencies(
        database=database,
        client=client,
        signer=TokenSigner(settings.token_secret()),
        mailbox=settings.mail_directory if _keeps_its_mail(settings) else None,
        hooks=Hooks.from_settings(settings),
        reach=Reach.from_settings(settings),
        mail_sender=settings.mail_sender,
        links=Links.from_settings(settings),
        seals=Seals(settings.token_secret()),
        public_address=settings.public_address,
    )
    try:
        shown = pages(dependencies.forms, settings.public_address)
        await server(create_app(dependencies, shown), settings).serve()
    finally:
        with contextlib.suppress(TimeoutError):
            # A sweeper later tells the engine what it has not been told by then.
            async with asyncio.timeout(_TELLING_SECONDS):
                await dependencies.teller.settle()
        await database.dispose()


def _keeps_its_mail(settings: Settings) -> bool:
    """Whether mail goes to the local mailbox: the settings name no mail server, or `kinerja serve` set its own."""
    server = settings.smtp_server
    own = (settings.mailbox_host, settings.mailbox_port)
    return server is None or (server.host, server.port) == own


def server(app: object, settings: Settings) -> uvicorn.Server:
    """The web server; the application logs its requests itself."""
    return uvicorn.Server(
        uvicorn.Config(
            app,  # type: ignore[arg-type]  # uvicorn's own type of an ASGI application differs from Starlette's
            host=settings.api_host,
            port=settings.api_port,
            loop="uvloop",
            http="httptools",
            ws="none",
            lifespan="off",
            access_log=False,
            log_config=None,
            server_header=False,
            # The address of whoever asks limits what is open without a sign-in: a header may name it only where a
            # proxy in front is known.
            proxy_headers=settings.trusted_proxies is not None,
            forwarded_allow_ips=(settings.trusted_proxies or "").split(),
            timeout_graceful_shutdown=_STOP_SECONDS,
        )
    )


def run_api(settings: Settings, pages: Pages = no_pages) -> None:
    """Runs `serve_api` on its own event loop, uvloop."""
    uvloop.run(serve_api(settings, pages))
