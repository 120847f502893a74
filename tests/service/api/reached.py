"""The running service with all channels configured."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from notifications.linking import LinkCodes
from service.accounts.hooks import Hooks
from service.api.app import create_app
from service.api.dependencies import Dependencies
from service.channels.reach import Reach
from store.message.channels import ChannelName
from tests.service.api.conftest import SECRET, Service

CODES = LinkCodes(SECRET)
EVERYTHING = Reach(frozenset(ChannelName), telegram_bot="kinerja_contoh_bot")


@dataclass(frozen=True)
class Reached:
    """Requests to it, below /api/v1, by somebody who is signed in."""

    http: httpx.AsyncClient
    service: Service

    async def __call__(
        self, method: str, person: uuid.UUID, path: str, body: Any = None, language: str = "en"
    ) -> httpx.Response:
        headers = self.service.headers(person, **{"Accept-Language": language})
        return await self.http.request(method, f"/api/v1{path}", json=body, headers=headers)


@asynccontextmanager
async def reached(service: Service, reach: Reach = EVERYTHING) -> AsyncIterator[Reached]:
    """The application of another process on the same database."""
    shared = Dependencies(
        service.database, service.engine, service.signer, hooks=Hooks(link_codes=CODES), reach=reach
    )
    transport = httpx.ASGITransport(create_app(shared))
    async with httpx.AsyncClient(transport=transport, base_url="http://kinerja.test") as http:
        yield Reached(http, service)
