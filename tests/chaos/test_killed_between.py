"""The API dies after its commit and before its answer: the same key gives the answer."""

import asyncio
import datetime as dt
import random
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from states.stages import Stage
from states.triggers import Trigger
from store.database import autocommit, create_engine
from tests.chaos.clients import Crowd
from tests.chaos.engine_findings import until_in_line
from tests.chaos.installation import Installation, installed
from tests.chaos.ledger import Acknowledgement, Asked, Ledger
from tests.chaos.roles import until_listening
from tests.chaos.scene import (
    agency_in,
    apart,
    client_of,
    database_of,
    engine_examined,
    launched,
    paced,
    record_examined,
)

pytestmark = [pytest.mark.engine, pytest.mark.database, pytest.mark.timeout(120)]

_KILLS = 3


@dataclass
class _Standby:
    """A standby that is waited for and never there: what is committed is durable, and nobody is told of it."""

    url: str

    async def awaited(self, name: str) -> None:
        engine = autocommit(create_engine(self.url, pool_size=1))
        async with engine.connect() as connection:
            await connection.execute(text(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'"))
            await connection.execute(text("SELECT pg_reload_conf()"))
        await engine.dispose()

    async def until_committed(self) -> None:
        """Returns once the recording of an action waits for the standby: it has been committed by then."""
        engine = autocommit(create_engine(self.url, pool_size=1))
        waiting = text(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query LIKE '%WITH RECURSIVE prior%'"
        )
        try:
            async with engine.connect() as connection, asyncio.timeout(60):
                while not await connection.scalar(waiting):  # noqa: ASYNC110  # nothing tells us
                    await asyncio.sleep(0.02)
        finally:
            await engine.dispose()


async def _settled(installation: Installation, appraisal: uuid.UUID) -> None:
    """Returns once nobody is about to write to the case: a commit that waits for the standby keeps its locks."""
    confirmed = text("SELECT followed >= sequence FROM following WHERE appraisal_id = :appraisal")
    client = await client_of(installation)
    async with database_of(installation) as database:
        assert not (await until_in_line(client, database, [appraisal]))[0]
        async with database.connect() as connection, asyncio.timeout(60):
            while not await connection.scalar(confirmed, {"appraisal": appraisal}):  # noqa: ASYNC110  # nothing tells us
                await asyncio.sleep(0.1)


async def _sent(crowd: Crowd, asked: Asked) -> tuple[int, dict[str, Any]] | None:
    """The answer; None where the connection broke before there was one."""
    token = crowd.signer.issue(asked.person, crowd.agency.agency, dt.timedelta(hours=1))
    url = f"{crowd.addresses[0]}/api/v1/appraisals/{asked.appraisal}/actions/{asked.trigger}"
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": asked.key}
    try:
        async with (
            aiohttp.ClientSession(headers=headers, timeout=aiohttp.ClientTimeout(30)) as session,
            session.post(url, json=asked.body) as answer,
        ):
            return answer.status, await answer.json()
    except (aiohttp.ClientError, OSError):
        return None


def test_the_same_key_gives_the_answer_that_was_lost_with_the_api(tmp_path: Path) -> None:
    with installed(tmp_path, workers=1, apis=1) as installation, ThreadPoolExecutor(2) as aside:
        agency = apart(aside, agency_in(installation, employees=_KILLS, clock=paced(0.1)))
        installation.start()
        cases = apart(aside, launched(installation, agency))
        crowd = Crowd(installation.addresses, installation.signer, agency, cases, Ledger(), random.Random(1))
        standby = _Standby(installation.postgres.superuser_url)
        for appraisal in cases:
            _killed_between(installation, aside, crowd, standby, appraisal)
        assert not apart(aside, engine_examined(installation, crowd, crowd.ledger))
        installation.stop()
        assert not apart(aside, record_examined(installation, crowd))


def _killed_between(
    installation: Installation,
    aside: ThreadPoolExecutor,
    crowd: Crowd,
    standby: _Standby,
    appraisal: uuid.UUID,
) -> None:
    key = uuid.uuid4().hex
    asked = Asked(appraisal, crowd.agency.officer, Trigger.SUSPEND, {"text": "Cuti besar"}, key=key)
    crowd.ledger.asked.append(asked)
    apart(aside, _settled(installation, appraisal))
    apart(aside, standby.awaited("nobody"))
    lost = aside.submit(asyncio.run, _sent(crowd, asked))
    apart(aside, standby.until_committed())
    installation.apis[0].kill()
    assert lost.result() is None
    apart(aside, standby.awaited(""))
    installation.apis[0].start()
    until_listening(crowd.addresses[0])
    answers = [apart(aside, _sent(crowd, asked)) for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0] is not None
    status, said = answers[0]
    assert (status, said["stage"]) == (200, Stage.SUSPENDED)
    asked.acknowledged.append(Acknowledgement(said["stage"], said["sequence"]))
