"""Operators nudge in the name of an official: about cases, a unit, or all that is late; after looking first."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.decide import launched
from store.appraisal.launching import Entrant, create, first_snapshot
from tests.fixtures.agency import SmallAgency, build_agency, nip
from tests.service.cli.conftest import CommandLine

pytestmark = pytest.mark.database

RATER, OFFICER = nip(3), nip(4)
START = dt.datetime(2026, 1, 5, 3, tzinfo=dt.UTC)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    """Its employees draft their plans; no engine is needed for what is only asked for."""
    clock: list[list[object]] = [[dt.datetime.now(dt.UTC).isoformat(), START.isoformat(), 1.0]]
    agency = await build_agency(database, employees=2, clock=clock)
    entrants = [
        Entrant(person, agency.unit, launched(employee=str(person), year=2026, now=START, rules=agency.rules))
        for person in agency.employees
    ]
    async with database.begin() as connection:
        await create(connection, agency.cycle, entrants)
        for entrant in entrants:
            await connection.execute(
                text("""
                    WITH moved AS (
                        UPDATE appraisal SET stage = 'plan_drafting', holder = 'employee', due_on = '2026-01-20'
                        WHERE id = :id
                        RETURNING id
                    )
                    INSERT INTO task (id, appraisal_id, stage, capacity, opened_at, opened_sequence, due_on)
                    SELECT gen_random_uuid(), id, 'plan_drafting', 'employee', now(), 2, '2026-01-20' FROM moved
                """),
                {"id": uuid.UUID(first_snapshot(agency.cycle, entrant)[0].id)},
            )
    return agency


async def value(database: AsyncEngine, query: str) -> Any:
    async with database.connect() as connection:
        return await connection.scalar(text(query))


NUDGED = "SELECT count(*) FROM notice WHERE template = 'nudge' AND channel = 'inbox'"


async def test_a_dry_run_counts_and_asks_nobody(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine
) -> None:
    answer = await kinerja("nudge", "--unit", "U1", "--as", OFFICER, "--dry-run")
    assert answer.code == 0, answer.err
    assert "│ Nudged           │      2 │" in answer.out
    assert "Nobody was nudged." in answer.out
    assert await value(database, NUDGED) == 0


async def test_a_unit_is_nudged_once_a_day(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine
) -> None:
    answer = await kinerja("nudge", "--unit", "U1", "--as", OFFICER, "--yes")
    assert (answer.code, "Nudged about 2 appraisals." in answer.out) == (0, True), answer.err
    assert await value(database, NUDGED) == 2
    again = await kinerja("nudge", "--unit", "U1", "--as", OFFICER, "--yes")
    assert (again.code, "Nudged for this today already" in again.out) == (0, True), again.err
    assert await value(database, NUDGED) == 2


async def test_one_case_is_nudged_about_in_the_name_of_its_rater(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine
) -> None:
    case = await value(database, "SELECT id FROM appraisal ORDER BY id LIMIT 1")
    answer = await kinerja("nudge", "--case", case, "--as", RATER, "--yes", "--agency", "Kota Contoh")
    assert answer.code == 0, answer.err
    assert await value(database, "SELECT DISTINCT sender_id FROM notice") == agency.rater
    assert await value(database, "SELECT DISTINCT appraisal_id FROM notice") == case


async def test_only_what_is_late_is_asked_for(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine
) -> None:
    nothing = await kinerja("nudge", "--overdue", "--as", OFFICER, "--yes")
    assert (nothing.code, "There is nothing to ask for." in nothing.out) == (0, True), nothing.err
    async with database.begin() as connection:
        await connection.execute(
            text("""UPDATE appraisal SET snapshot = snapshot || '{"deadline": {"lapsed": true}}'
                WHERE id = (SELECT id FROM appraisal ORDER BY id LIMIT 1)""")
        )
    answer = await kinerja("nudge", "--overdue", "--as", OFFICER, "--yes")
    assert "Nudged about 1 appraisals." in answer.out


async def test_without_a_yes_nobody_is_nudged(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine
) -> None:
    answer = await kinerja("nudge", "--unit", "U1", "--as", OFFICER)
    assert "Nudge about 2 appraisals in the name of Officer Kota Contoh?" in answer.out
    assert await value(database, NUDGED) == 0


async def test_what_is_not_for_him_to_ask_is_listed_with_its_reason(
    kinerja: CommandLine, agency: SmallAgency
) -> None:
    answer = await kinerja("nudge", "--unit", "U1", "--as", nip(0), "--dry-run")
    assert "Not there, or not open to you" in answer.out


async def test_more_than_an_hour_has_room_for_is_refused_with_the_time_to_wait(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.nudges.checking.MOST_AN_HOUR", 1)
    answer = await kinerja("nudge", "--unit", "U1", "--as", RATER, "--yes")
    assert (answer.code, "At most 1 nudges in an hour, and 1 are left." in answer.err) == (1, True)
    assert "Again in 1:00:00." in answer.err
    assert await value(database, NUDGED) == 0


@pytest.mark.parametrize(
    ("options", "told"),
    (
        ((), "either --case, --unit or --overdue"),
        (("--unit", "U1", "--overdue"), "either --case, --unit or --overdue"),
        (("--unit", "U9"), "The agency has no unit with the code U9."),
    ),
)
async def test_what_cannot_be_meant_is_told(
    kinerja: CommandLine, agency: SmallAgency, options: tuple[str, ...], told: str
) -> None:
    answer = await kinerja("nudge", *options, "--as", OFFICER)
    assert (answer.code, told in answer.err) == (1, True), answer.err
