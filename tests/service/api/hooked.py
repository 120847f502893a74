"""The application with everything configured that needs no sign-in; without an engine, which none of it asks."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.linking import LinkCodes
from notifications.unsubscribing import UnsubscribeTokens
from service.accounts.hooks import Hooks
from service.accounts.tokens import TokenSigner
from service.api.app import create_app
from service.api.dependencies import Dependencies
from service.configuration.settings import load_settings
from service.configuration.structured_logging import configure_logging
from service.temporal.reaching import client_for

SECRET = "a secret of the tests that is long enough"
APP_SECRET, VERIFY_TOKEN, TELEGRAM_SECRET = "app-secret", "verify-token", "telegram-secret"
HOOKS = Hooks(APP_SECRET, VERIFY_TOKEN, TELEGRAM_SECRET, LinkCodes(SECRET), UnsubscribeTokens(SECRET))


@dataclass(frozen=True)
class Hooked:
    """The application, and its log."""

    http: httpx.AsyncClient
    log: io.StringIO


@asynccontextmanager
async def hooked(database: AsyncEngine, hooks: Hooks = HOOKS) -> AsyncIterator[Hooked]:
    """The application on a database."""
    nowhere = load_settings({"KINERJA_TEMPORAL_ADDRESS": "127.0.0.1:1"})
    client = await client_for(nowhere, lazy=True)
    log = io.StringIO()
    configure_logging("json", "info", log)
    app = create_app(Dependencies(database=database, client=client, signer=TokenSigner(SECRET), hooks=hooks))
    transport = httpx.ASGITransport(app)
    headers = {"Accept-Language": "en"}
    async with httpx.AsyncClient(transport=transport, base_url="http://k.test", headers=headers) as http:
        yield Hooked(http, log)
