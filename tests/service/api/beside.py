"""The application of another process, on the record and the engine that it is given."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from service.accounts.tokens import TokenSigner
from service.api.app import create_app
from service.api.dependencies import Dependencies
from store.database import create_engine
from tests.service.api.conftest import Service


@asynccontextmanager
async def application(
    database: AsyncEngine, client: Client, signer: TokenSigner
) -> AsyncIterator[httpx.AsyncClient]:
    """Requests to it; it ends once the engine has been told, or does not listen."""
    dependencies = Dependencies(database=database, client=client, signer=signer)
    transport = httpx.ASGITransport(create_app(dependencies))
    async with httpx.AsyncClient(transport=transport, base_url="http://kinerja.test") as http:
        yield http
    await dependencies.teller.settle()


@asynccontextmanager
async def processes(service: Service, count: int) -> AsyncIterator[list[httpx.AsyncClient]]:
    """Several on the record of the service, each with connections and queues of its own."""
    url = service.database.url.render_as_string(hide_password=False)
    async with AsyncExitStack() as stack:
        found = []
        for _ in range(count):
            database = create_engine(url, pool_size=5)
            stack.push_async_callback(database.dispose)
            found.append(
                await stack.enter_async_context(application(database, service.engine, service.signer))
            )
        yield found
