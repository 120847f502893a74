"""Ten thousand reminders on one instant: until they are on record, until they are sent, and who acts meanwhile."""

import asyncio
import datetime as dt
import uuid

import aiohttp
from aiosmtplib import SMTP
from sqlalchemy import text

from service.runtime.ports import any_free_port
from store.database import autocommit
from tests.bench.cases import Cases, cases_at
from tests.bench.figures import Figure
from tests.bench.house import House, house
from tests.bench.load import Run, drive, pace

INSTANT = dt.datetime(2026, 1, 20, 1, tzinfo=dt.UTC)
"""Eight o'clock in Jakarta on the day on which plans are due: the last reminder."""

HOURS = '{"opens": "05:00", "morning": "06:00", "afternoon": "07:00", "closes": "23:00"}'
"""Both digests of the day have left, so that what is due today goes at once."""

EVERY = 0.1
ACTING = 300
AT_ONCE = 8
"""Connections to the mail server, as many as the relay has."""

QUIET_SECONDS = 60
FLOOR = 2_000
"""Rows and mails of the bare loops."""

_WRITTEN = """
    SELECT count(*) FROM notice JOIN appraisal ON appraisal.id = notice.appraisal_id
    WHERE cycle_id = :cycle AND rule = 'h-0' AND channel = 'email'
"""
_UNPLANNED = "SELECT count(*) FROM notice WHERE state = 'created' AND message_id IS NULL"
_SENT = _WRITTEN + " AND state = 'sent'"


async def measure(quick: bool) -> list[Figure]:
    """Rates of writing and sending against bare loops, and an action's latency meanwhile against the quiet."""
    reminders, before = (1_000, 200.0) if quick else (10_000, 600.0)
    port = any_free_port()
    settings = {"KINERJA_SMTP_URL": f"smtp://127.0.0.1:{port}"}
    async with (
        house(settings=settings) as home,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http,
    ):
        await home.open("smtp", "-m", "tests.chaos.smtp_process", str(port), str(home.directory / "mail.log"))
        await home.open_worker()
        await home.open_api()
        acting = await cases_at(home, ACTING, INSTANT - dt.timedelta(days=5), http)
        await drive(acting.act_over_http, pieces=ACTING, at_once=4)
        herd = await cases_at(home, reminders, INSTANT - dt.timedelta(seconds=before), http)
        await _set_hours(home, herd)
        for _ in range(20):
            await home.settle()
        inserts, mails = await _bare_inserts(home), await _bare_mails(port)
        await home.open("relay", "-m", "service.cli", "worker", "--queue", "notify")
        await _planned(home)
        instant = herd.clock.real(INSTANT)
        await asyncio.sleep(max(0.0, (instant - _now()).total_seconds() - QUIET_SECONDS))
        quiet = await pace(acting.act_over_http, every=EVERY, until=lambda: _now() >= instant)
        if not quiet.latencies:
            raise RuntimeError("the herd took so long to prepare that no quiet was left to compare with")
        watched = asyncio.create_task(_watched(home, herd, reminders))
        busy = await pace(acting.act_over_http, every=EVERY, until=watched.done)
        written, sent = await watched
    durable, all_sent = (written - instant).total_seconds(), (sent - instant).total_seconds()
    return [
        Figure("notices", f"{reminders:,} reminders on one instant: all on record", "s", durable),
        Figure("notices", "the same: all with the mail server", "s", all_sent),
        Figure("notices", "on record", "rows/s", reminders / durable, inserts.rate),
        Figure("notices", "sent", "mails/s", reminders / all_sent, mails.rate),
        *(
            Figure(
                "notices",
                f"an action meanwhile: p{percent}",
                "ms",
                busy.milliseconds(percent),
                quiet.milliseconds(percent),
                "≤ 2 × quiet" if percent == 95 else "",
            )
            for percent in (50, 95, 99)
        ),
    ]


async def _set_hours(home: House, herd: Cases) -> None:
    async with home.database.begin() as connection:
        await connection.execute(
            text("UPDATE agency SET sending_hours = CAST(:hours AS jsonb) WHERE id = :agency"),
            {"hours": HOURS, "agency": herd.agency.agency},
        )


async def _bare_inserts(home: House) -> Run:
    """One row after another into a table like that of notices, each in a transaction of its own."""
    async with autocommit(home.database).connect() as connection:
        await connection.execute(text("CREATE TABLE bare (LIKE notice INCLUDING INDEXES)"))

        async def insert() -> None:
            await connection.execute(
                text("""
                    INSERT INTO bare (id, appraisal_id, stage, rule, occurrence, recipient_id, channel, template,
                        rehearsal, state, reason, business_at, created_at)
                    VALUES (:id, :id, 'plan_drafting', 'h-0', 1, :id, 'email', 'reminder', false, 'created', '',
                        now(), now())
                """),
                {"id": uuid.uuid4()},
            )

        return await drive(insert, pieces=FLOOR, at_once=1)


async def _bare_mails(port: int) -> Run:
    """A mail of the usual size after another, over as many connections as the relay has."""
    free = [SMTP(hostname="127.0.0.1", port=port) for _ in range(AT_ONCE)]
    for connection in free:
        await connection.connect()
    body = "Tugas Anda menyusun SKP belum selesai.\n" * 60

    async def send() -> None:
        connection = free.pop()
        content = f"Message-ID: <{uuid.uuid4()}@x>\nSubject: Pengingat\n\n{body}"
        await connection.sendmail("kinerja@localhost", ["somebody@contoh.example"], content)
        free.append(connection)

    run = await drive(send, pieces=FLOOR, at_once=AT_ONCE)
    for connection in free:
        await connection.quit()
    return run


async def _planned(home: House) -> None:
    """Waits until the relay has planned what earlier days have written."""
    while await _count(home, _UNPLANNED):  # noqa: ASYNC110  # nothing tells us
        await asyncio.sleep(0.5)


async def _watched(home: House, herd: Cases, reminders: int) -> tuple[dt.datetime, dt.datetime]:
    """When the last reminder was on record, and when the last was sent."""
    cycle = herd.agency.cycle
    while await _count(home, _WRITTEN, cycle=cycle) < reminders:  # noqa: ASYNC110  # nothing tells us
        await asyncio.sleep(0.5)
    written = _now()
    while await _count(home, _SENT, cycle=cycle) < reminders:  # noqa: ASYNC110  # nothing tells us
        await asyncio.sleep(0.5)
    return written, _now()


async def _count(home: House, statement: str, **parameters: object) -> int:
    async with home.database.connect() as connection:
        return int(await connection.scalar(text(statement), parameters) or 0)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
