"""The look ahead and the launch can never disagree on who is skipped, and why."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from service.launches.launching import launch_cycle
from service.preflight.looking import look_at
from service.temporal.registry import appraisal_worker
from service.temporal.worker import sandboxed
from states.absences import AbsenceKind
from store.cycle.causes import CAUSES, Severity, severity_of
from store.cycle.preflight import Preflight, every_finding, preflight
from store.cycle.selection import EVERYBODY, Selection
from tests.fixtures.agency import LONG_AGO, SmallAgency
from tests.workflows.launches import large_agency

pytestmark = [pytest.mark.database, pytest.mark.engine]

KEPT_OUT = tuple(cause for cause in CAUSES if severity_of(cause) is not Severity.WARNS)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    """Besides the exempt and the unrated: some away for good, and two units that cannot be launched."""
    agency = await large_agency(database, employees=60)
    async with database.begin() as transaction:
        for code, zone, people in (
            ("Z", "", agency.employees[30:34]),
            ("M", "Asia/Jakarta", agency.employees[34:38]),
        ):
            await transaction.execute(
                text("""
                    WITH made AS (
                        INSERT INTO unit (id, agency_id, code, name, kind, zone)
                        VALUES (gen_random_uuid(), :agency, :code, 'Seksi', '', :zone) RETURNING id
                    )
                    UPDATE person SET unit_id = made.id FROM made WHERE person.id = ANY(:people)"""),
                {"agency": agency.agency, "code": code, "zone": zone, "people": list(people)},
            )
        await transaction.execute(
            text("UPDATE unit SET merged_into = :unit, merged_at = :at WHERE code = 'M'"),
            {"unit": agency.unit, "at": LONG_AGO},
        )
        for place, kind in enumerate(AbsenceKind):
            await transaction.execute(
                text("""
                    INSERT INTO absence (id, person_id, kind, valid_from, valid_until, letter, reason, recorded_at)
                    VALUES (gen_random_uuid(), :person, :kind, :start, :end, '', '', now())"""),
                {
                    "person": agency.employees[40 + place],
                    "kind": kind,
                    "start": LONG_AGO,
                    "end": dt.datetime(2040, 1, 1, tzinfo=dt.UTC) if kind is AbsenceKind.LEAVE else None,
                },
            )
    return agency


async def looked(
    database: AsyncEngine, agency: SmallAgency, who: Selection = EVERYBODY
) -> tuple[Preflight, dict[uuid.UUID, str]]:
    """The summary, and who would be skipped with the reason."""
    async with database.connect() as connection:
        look = await look_at(connection, agency.cycle, dt.datetime.now(dt.UTC), who=who)
        kept_out = {
            finding.subject: str(finding.cause)
            async for part in every_finding(connection, look, KEPT_OUT)
            for finding in part
        }
        return await preflight(connection, look), kept_out


async def launched(
    database: AsyncEngine, client: Client, agency: SmallAgency, who: Selection = EVERYBODY
) -> tuple[int, dict[uuid.UUID, str]]:
    """How many a launch started, and whom it skipped with the reason."""
    queue = f"launch-{uuid.uuid4()}"
    async with appraisal_worker(client, database, queue=queue, runner=sandboxed()):
        result = await (await launch_cycle(client, agency.cycle, queue=queue, who=who, pace=0)).result()
    async with database.connect() as connection:
        rows = await connection.execute(
            text("SELECT person_id, reason FROM launch_outcome WHERE outcome = 'skipped'")
        )
        return int(result["started"]), {row.person_id: row.reason for row in rows}


async def test_a_launch_skips_exactly_whom_the_look_ahead_names(
    database: AsyncEngine, client: Client, agency: SmallAgency
) -> None:
    before, kept_out = await looked(database, agency)
    started, skipped = await launched(database, client, agency)
    assert skipped == kept_out
    assert started == before.ready == 65 - len(skipped)
    assert set(skipped.values()) >= {"no_calendar", "unit_merged", "left_service", "suspended", "no_rater"}

    after, still_out = await looked(database, agency)
    assert (after.running, after.ready) == (started, 0)
    assert still_out == skipped


async def test_a_launch_of_some_skips_exactly_whom_the_look_at_them_names(
    database: AsyncEngine, client: Client, agency: SmallAgency
) -> None:
    who = Selection(units=(agency.unit,))
    before, kept_out = await looked(database, agency, who)
    started, skipped = await launched(database, client, agency, who)
    assert skipped == kept_out
    assert started == before.ready
    assert before.people == 57


async def test_the_moment_is_that_of_the_cycles_own_clock(database: AsyncEngine, agency: SmallAgency) -> None:
    now = dt.datetime.now(dt.UTC)
    business = dt.datetime(2031, 1, 5, tzinfo=dt.UTC)
    async with database.begin() as transaction:
        await transaction.execute(
            text("UPDATE cycle SET rehearsal = true, clock = CAST(:clock AS jsonb)"),
            {"clock": f'[["{now.isoformat()}", "{business.isoformat()}", 1.0]]'},
        )
    async with database.connect() as connection:
        assert (await look_at(connection, agency.cycle, now)).moment == business
