"""Ten thousand answers of the public through the whole application, and the figures of a unit with five thousand."""

import asyncio
import datetime as dt
import json
import random
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.hooks import Hooks
from service.accounts.tokens import Identity, TokenSigner
from service.api.app import create_app
from service.api.dependencies import Dependencies
from service.configuration.structured_logging import configure_logging
from service.public_feedback.linking import Linking
from service.public_feedback.reading import public_feedback_of
from service.public_feedback.schemas import NewPublicLink
from service.public_feedback.sealing import PublicSeals
from service.runtime.scratch import scratch_postgres
from store.database import autocommit, create_engine
from store.migrating import upgrade
from tests.bench.figures import Figure
from tests.bench.house import SECRET
from tests.bench.load import Run, drive
from tests.fixtures.agency import SmallAgency
from tests.fixtures.public import agency_that_asks, answers
from translations import Locale

AT_ONCE = 16
"""Connections of the load, as many as a small office has counters; the pool has twenty."""
LOOKS = 30
COUNTED = 5_000
SEALS = PublicSeals(SECRET)

_BARE = text("""
    INSERT INTO bare (id, unit_id, scheme, day, steps)
    VALUES (:id, :unit, :scheme, current_date, '{1,1,1,1,1,1,1,1,1}')
""")
_MANY = text("""
    INSERT INTO public_answer (id, unit_id, scheme, day, steps)
    SELECT gen_random_uuid(), :unit, :scheme, current_date - 1 - number % 700,
        ARRAY(SELECT CAST(floor(random() * 4) AS smallint) FROM generate_series(1, 9) WHERE number > 0)
    FROM generate_series(1, :number) AS number
""")


async def measure(quick: bool) -> list[Figure]:
    """Answers in a second against bare inserts, what is refused in a second, and milliseconds of a unit's figures."""
    number = 2_000 if quick else 10_000
    with tempfile.TemporaryDirectory(prefix="kinerja-bench-") as directory:
        # PostgreSQL runs as another user below it.
        Path(directory).chmod(0o711)  # noqa: ASYNC240  # once, before anything is measured
        with scratch_postgres(Path(directory) / "postgres") as server:
            database = create_engine(server.url)
            try:
                await upgrade(database)
                return await _measure(database, number)
            finally:
                await database.dispose()


async def _measure(database: AsyncEngine, number: int) -> list[Figure]:
    configure_logging("json", "warning")
    agency = await agency_that_asks(database, an_address=100_000)
    app = create_app(
        Dependencies(
            database=database,
            client=MagicMock(),
            signer=TokenSigner(SECRET),
            hooks=Hooks(public_seals=SEALS),
        )
    )
    token = await _link(database, agency)
    bare = await _bare(database, agency, number)
    many = await _given(app, token, number, _many_hosts())
    counted = await _count(database, agency)
    strict = await agency_that_asks(database, an_address=60)
    narrow = await _given(app, await _link(database, strict), number, _one_host())
    flood = await _count(database, strict)
    if counted != number or flood != 60:
        raise RuntimeError(f"of {number} answers {counted} were counted, and {flood} from one address")
    figures = await _figures(database, agency)
    return [
        Figure("public", f"{number:,} answers from many addresses", "1/s", many.rate, bare.rate, "≥ 0.3 ×"),
        Figure("public", "an answer: p95", "ms", many.milliseconds(95), bare.milliseconds(95)),
        Figure("public", f"{number:,} from one address, 60 counted", "1/s", narrow.rate, bare.rate),
        Figure("public", f"figures of a unit with {COUNTED:,} answers: median", "ms", figures, aim="≤ 50 ms"),
    ]


async def _link(database: AsyncEngine, agency: SmallAgency) -> str:
    linking = Linking(database, SEALS, "http://bench")
    made = await linking.change(
        Identity(agency.officer, agency.agency), agency.unit, "bench", NewPublicLink(open=True)
    )
    if made.url is None:
        raise RuntimeError("no link was made")
    return made.url.rpartition("/")[2]


async def _bare(database: AsyncEngine, agency: SmallAgency, number: int) -> Run:
    """The same rows into a table like that of the answers, each in a transaction of its own."""
    alone = autocommit(database)
    async with alone.connect() as connection:
        await connection.execute(text("CREATE TABLE bare (LIKE public_answer INCLUDING INDEXES)"))
    values = {"unit": agency.unit, "scheme": agency.rules.book.key}

    async def insert() -> None:
        async with alone.connect() as connection:
            await connection.execute(_BARE, {"id": uuid.uuid4(), **values})

    await drive(insert, pieces=200, at_once=AT_ONCE)
    return await drive(insert, pieces=number, at_once=AT_ONCE)


async def _given(app: Any, token: str, number: int, hosts: Iterator[str]) -> Run:
    """Answers through the whole application, in this process: the time of the load counts as ours."""
    path = f"/api/v1/public/{token}"
    target = SEALS.read_link(token)
    if target is None:
        raise RuntimeError("the link is not ours")
    link = target.link

    async def give() -> None:
        nonce = SEALS.form_nonce(link, dt.datetime.now(dt.UTC))
        body = json.dumps({"answers": answers(), "nonce": nonce}).encode()
        status = await _post(app, path, body, next(hosts))
        if status not in (201, 429):
            raise RuntimeError(f"an answer got {status}")

    return await drive(give, pieces=number, at_once=AT_ONCE)


async def _post(app: Callable[..., Awaitable[None]], path: str, body: bytes, host: str) -> int:
    status = 0
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())],
        "client": (host, 50_000),
        "server": ("bench", 80),
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]

    await app(scope, receive, send)
    return status


def _many_hosts() -> Iterator[str]:
    drawn = random.Random(13)
    while True:
        yield f"10.{drawn.randrange(256)}.{drawn.randrange(256)}.{drawn.randrange(256)}"


def _one_host() -> Iterator[str]:
    while True:
        yield "10.0.0.1"


async def _count(database: AsyncEngine, agency: SmallAgency) -> int:
    async with database.connect() as connection:
        query = text("SELECT count(*) FROM public_answer WHERE unit_id = :unit")
        return int(await connection.scalar(query, {"unit": agency.unit}) or 0)


async def _figures(database: AsyncEngine, agency: SmallAgency) -> float:
    async with database.begin() as connection:
        await connection.execute(
            text("DELETE FROM public_answer WHERE unit_id = :unit"), {"unit": agency.unit}
        )
        values = {"unit": agency.unit, "scheme": agency.rules.book.key, "number": COUNTED}
        await connection.execute(_MANY, values)
    alone = autocommit(database)
    async with alone.connect() as connection:
        await connection.execute(text("VACUUM ANALYZE public_answer"))
    taken = []
    identity = Identity(agency.employee, agency.agency)
    for _ in range(LOOKS):
        began = time.perf_counter()
        async with alone.connect() as connection:
            shown = await public_feedback_of(connection, identity, agency.unit, Locale.INDONESIAN)
        taken.append((time.perf_counter() - began) * 1000)
        if not shown.periods:
            raise RuntimeError("no period is shown")
        await asyncio.sleep(0)
    return sorted(taken)[LOOKS // 2]
