"""The application with forms of the public on a database, reached as from any address, without an engine."""

import datetime as dt
import re
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import MagicMock

import httpx
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.hooks import Hooks
from service.accounts.tokens import TokenSigner
from service.api.app import create_app
from service.api.dependencies import Dependencies
from service.public_feedback.sealing import PublicSeals
from service.web.pages import pages
from store.database import autocommit
from tests.fixtures.agency import SmallAgency
from tests.fixtures.public import answers

SECRET = "a secret of the tests that is long enough"
PUBLIC = "https://layanan.contoh.example"
SEALS = PublicSeals(SECRET)


@dataclass(frozen=True)
class Public:
    """The application, and what tests need to look behind it."""

    database: AsyncEngine
    app: Any
    signer: TokenSigner

    @asynccontextmanager
    async def at(self, host: str = "192.0.2.1", **headers: str) -> AsyncIterator[httpx.AsyncClient]:
        """Somebody at an address, with a browser of his own that keeps cookies."""
        transport = httpx.ASGITransport(self.app, client=(host, 50_000))
        given = {"Accept-Language": "en", **headers}
        async with httpx.AsyncClient(transport=transport, base_url=PUBLIC, headers=given) as http:
            yield http

    async def ask(
        self, agency: SmallAgency, person: uuid.UUID, method: str, path: str, body: Any = None, key: str = ""
    ) -> httpx.Response:
        """A request of somebody who is signed in."""
        token = self.signer.issue(person, agency.agency, dt.timedelta(hours=1))
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key or uuid.uuid4().hex}
        async with self.at() as http:
            content = None if body is None else body
            return await http.request(method, f"/api/v1{path}", json=content, headers=headers)

    async def link(self, agency: SmallAgency, **body: bool) -> str:
        """The token of the unit's link, opened by HR."""
        path = f"/units/{agency.unit}/public-link"
        answer = await self.ask(agency, agency.officer, "PUT", path, {"open": True, **body})
        assert answer.status_code == 200, answer.text
        found: str = answer.json()["url"].rpartition("/")[2]
        return found

    async def nonce(self, token: str, host: str = "192.0.2.1") -> str:
        """The nonce of a form that is opened."""
        async with self.at(host) as http:
            answer = await http.get(f"/api/v1/public/{token}")
        assert answer.status_code == 200, answer.text
        found: str = answer.json()["nonce"]
        return found

    async def give(
        self,
        token: str,
        given: Mapping[str, str] | None = None,
        *,
        words: str = "",
        host: str = "192.0.2.1",
        nonce: str | None = None,
    ) -> httpx.Response:
        """An answer as JSON."""
        body = {"answers": given or answers(), "text": words, "nonce": nonce or await self.nonce(token, host)}
        async with self.at(host) as http:
            return await http.post(f"/api/v1/public/{token}", json=body)

    async def value(self, query: str, **parameters: Any) -> Any:
        """The one value of a query."""
        async with autocommit(self.database).connect() as connection:
            return await connection.scalar(text(query), parameters)

    async def run(self, statement: str, **parameters: Any) -> None:
        """Runs a statement."""
        async with self.database.begin() as connection:
            await connection.execute(text(statement), parameters)

    async def count(self, agency: SmallAgency) -> int:
        """How many answers of the unit are counted."""
        query = "SELECT count(*) FROM public_answer WHERE unit_id = :unit"
        return int(await self.value(query, unit=agency.unit))

    async def put_answers(self, agency: SmallAgency, day: dt.date, *, times: int = 1, step: int = 1) -> None:
        """Answers of another day; the step is a place on the scale, the best is 0."""
        await self.run(
            "INSERT INTO public_answer (id, unit_id, scheme, day, steps) SELECT gen_random_uuid(), :unit, :scheme,"
            " :day, array_fill(CAST(:step AS smallint), ARRAY[9]) FROM generate_series(1, :times)",
            unit=agency.unit,
            scheme=agency.rules.book.key,
            day=day,
            step=step,
            times=times,
        )


def public_on(database: AsyncEngine) -> Public:
    """The application on a database."""
    signer = TokenSigner(SECRET)
    dependencies = Dependencies(
        database=database,
        client=MagicMock(),
        signer=signer,
        hooks=Hooks(public_seals=SEALS),
        public_address=PUBLIC,
    )
    return Public(database, create_app(dependencies, pages(dependencies.forms, PUBLIC)), signer)


def nonce_in(page: str) -> str:
    """The nonce in a page."""
    found = re.search(r'name="formulir" value="([^"]+)"', page)
    assert found is not None
    return found[1]
