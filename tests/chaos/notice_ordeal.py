"""Thousands of notices, while relay, worker and mail server are killed again and again."""

import asyncio
import datetime as dt
import random
import re
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.launches.launching import launch_cycle
from service.rehearsal.clocks import clock_through
from service.runtime.ports import any_free_port
from service.temporal.client import connect
from store.database import create_engine
from store.migrating import upgrade
from tests.chaos import findings
from tests.chaos.installation import Installation, installed
from tests.chaos.roles import Role
from tests.fixtures.agency import SmallAgency, build_agency

OPENS = dt.datetime(2026, 12, 31, 3, tzinfo=dt.UTC)
"""A working day before the planning of 2027 opens."""
ENDS = dt.datetime(2027, 2, 5, 3, tzinfo=dt.UTC)
"""The last rung of the plan's ladder has been reached."""
VICTIMS = ("relay", "worker", "mail server")

_LINE = re.compile(r"(?P<at>[\d.]+) <(?P<id>[0-9a-f-]{36})@[^>]+> (?P<to>\S+)")
_PATIENCE_SECONDS = 1_800

Result = TypeVar("Result")


@dataclass(frozen=True)
class NoticeOrdeal:
    """How many people get notices, how fast their time passes, and how often something is killed."""

    people: int
    minutes: float
    every: tuple[float, float]
    """Seconds from one kill to the next, at least and at most."""


@dataclass(frozen=True)
class Kill:
    """A process that was killed, and when it was there again (seconds since 1970)."""

    victim: str
    at: float
    back: float


@dataclass
class Sent:
    """What is left behind when everything has been sent."""

    kills: list[Kill]
    record: findings.Record
    cases: set[uuid.UUID]
    messages: dict[uuid.UUID, Any]
    received: dict[uuid.UUID, list[float]]
    """When the mail server took each message, as often as it did."""
    recipients: set[str]
    seconds: float
    doubles: dict[uuid.UUID, str] = field(default_factory=dict)
    """What explains each message that came more than once."""


def run_notice_ordeal(ordeal: NoticeOrdeal, directory: Path, seed: int) -> Sent:
    """Runs it from the main thread, with which the processes end."""
    dice = random.Random(seed)  # repeatable kills, no secret
    port, mail = any_free_port(), directory / "mail.log"
    with installed(directory, workers=1, apis=0) as installation, ThreadPoolExecutor(1) as aside:

        def apart(work: Coroutine[Any, Any, Result]) -> Result:
            return aside.submit(asyncio.run, work).result()

        installation.settings["KINERJA_SMTP_URL"] = f"smtp://127.0.0.1:{port}"
        roles = {
            "relay": Role(("worker", "--queue", "notify"), installation.settings, directory / "relay.log"),
            "worker": installation.workers[0],
            "mail server": Role(
                (str(port), str(mail)), {}, directory / "smtp.log", module="tests.chaos.smtp_process"
            ),
        }
        agency = apart(_agency(installation, ordeal))
        for role in roles.values():
            role.start()
        began = time.monotonic()
        apart(_launch(installation, agency))
        try:
            kills = _kill_until_all_is_sent(ordeal, roles, dice, apart, installation, agency)
            seconds = time.monotonic() - began
            sent = apart(_left_behind(installation, agency, kills, mail, seconds))
        finally:
            roles["relay"].kill()
            roles["mail server"].kill()
    sent.doubles = {
        message: _explained(sent, moments) for message, moments in sent.received.items() if len(moments) > 1
    }
    return sent


def _kill_until_all_is_sent(
    ordeal: NoticeOrdeal,
    roles: dict[str, Role],
    dice: random.Random,
    apart: Any,
    installation: Installation,
    agency: SmallAgency,
) -> list[Kill]:
    kills: list[Kill] = []
    end = time.monotonic() + _PATIENCE_SECONDS
    dangerous_until = time.monotonic() + ordeal.minutes * 60
    while time.monotonic() < end:
        time.sleep(dice.uniform(*ordeal.every))
        if time.monotonic() < dangerous_until:
            for victim in dice.sample(VICTIMS, dice.choice((1, 1, 2))):
                at = time.time()
                roles[victim].kill()
                time.sleep(dice.uniform(0.2, 1.5))
                roles[victim].start()
                kills.append(Kill(victim, at, time.time()))
        elif apart(_left(installation, agency)) == 0:
            return kills
    raise TimeoutError("the notices were not sent in time")


async def _agency(installation: Installation, ordeal: NoticeOrdeal) -> SmallAgency:
    database = create_engine(installation.settings["KINERJA_DATABASE_URL"])
    await upgrade(database)
    clock = clock_through(
        dt.datetime.now(dt.UTC),
        start=OPENS,
        legs=[(ENDS, dt.timedelta(minutes=ordeal.minutes))],
        settling=dt.timedelta(seconds=10 + ordeal.people / 50),
    )
    agency = await build_agency(database, employees=ordeal.people - 5, clock=clock.to_data(), year=2027)
    await database.dispose()
    return agency


async def _launch(installation: Installation, agency: SmallAgency) -> None:
    client = await connect(installation.settings["KINERJA_TEMPORAL_ADDRESS"])
    await (await launch_cycle(client, agency.cycle)).result()


async def _left(installation: Installation, agency: SmallAgency) -> int:
    """Notices that are still to be sent, and appraisals whose ladder is not at its end."""
    database = create_engine(installation.settings["KINERJA_DATABASE_URL"], pool_size=1)
    async with database.connect() as connection:
        left = await connection.scalar(
            text("""
                SELECT (SELECT count(*) FROM notice WHERE channel <> 'inbox' AND state IN
                        ('created', 'held', 'digesting', 'sending', 'temporary_failure'))
                    + (SELECT count(*) FROM appraisal WHERE cycle_id = :cycle AND NOT EXISTS (
                        SELECT FROM notice WHERE notice.appraisal_id = appraisal.id AND rule = 'h+5'))
            """),
            {"cycle": agency.cycle},
        )
    await database.dispose()
    return int(left or 0)


async def _left_behind(
    installation: Installation, agency: SmallAgency, kills: list[Kill], mail: Path, seconds: float
) -> Sent:
    database = create_engine(installation.settings["KINERJA_DATABASE_URL"])
    record = await findings.Record.read(database)
    messages = await _messages(database)
    await database.dispose()
    received: dict[uuid.UUID, list[float]] = defaultdict(list)
    recipients: set[str] = set()
    for line in mail.read_text().splitlines():  # noqa: ASYNC240  # everything has ended
        found = _LINE.fullmatch(line)
        assert found is not None, line
        received[uuid.UUID(found["id"])].append(float(found["at"]))
        recipients.add(found["to"])
    cases = {row.id for row in record.appraisals}
    return Sent(kills, record, cases, messages, received, recipients, seconds)


async def _messages(database: AsyncEngine) -> dict[uuid.UUID, Any]:
    async with database.connect() as connection:
        return {row.id: row for row in await connection.execute(text("SELECT * FROM message"))}


def _explained(sent: Sent, moments: list[float]) -> str:
    """What lay between the mail server's taking a message and our record of it; empty where nothing did."""
    first = min(moments)
    for kill in sent.kills:
        # The answer was on its way, or waited for the next write, when its sender or its receiver died.
        if kill.victim in ("relay", "mail server") and first - 0.2 <= kill.at <= first + 2:
            return f"the {kill.victim} was killed {kill.at - first:+.3f} s after the mail server had it"
    return ""


def daily(sent: Sent) -> Counter[int]:
    """How many messages a person got in a day, and how often."""
    each: Counter[tuple[uuid.UUID, dt.date]] = Counter(
        (row.recipient_id, row.day) for row in sent.messages.values() if row.sent_at is not None
    )
    return Counter(each.values())
