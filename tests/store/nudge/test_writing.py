"""Nudges of hundreds are written set by set, and found by indexes."""

import asyncio
import datetime as dt
import time
import uuid

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.tokens import Identity
from service.nudges.nudging import MOST_AT_ONCE, Nudging
from service.nudges.outcome import NudgeOutcome
from states.decide import launched
from store.appraisal.launching import Entrant, create
from store.nudge.numbering import Numbering
from tests.fixtures.agency import SmallAgency, build_agency

pytestmark = pytest.mark.database

START = dt.datetime(2026, 1, 5, 3, tzinfo=dt.UTC)
_OPEN = text("""
    WITH moved AS (
        UPDATE appraisal SET stage = 'plan_drafting', holder = 'employee', due_on = '2026-01-20' RETURNING id
    )
    INSERT INTO task (id, appraisal_id, stage, capacity, opened_at, opened_sequence, due_on)
    SELECT gen_random_uuid(), id, 'plan_drafting', 'employee', now(), 2, '2026-01-20' FROM moved
    RETURNING appraisal_id
""")


async def drafting(database: AsyncEngine, employees: int) -> tuple[SmallAgency, list[uuid.UUID]]:
    """An agency all of whose employees draft their plans."""
    clock: list[list[object]] = [[dt.datetime.now(dt.UTC).isoformat(), START.isoformat(), 1.0]]
    agency = await build_agency(database, employees=employees, clock=clock)
    entrants = [
        Entrant(person, agency.unit, launched(employee=str(person), year=2026, now=START, rules=agency.rules))
        for person in agency.employees
    ]
    async with database.begin() as connection:
        await create(connection, agency.cycle, entrants)
        cases = list(await connection.scalars(_OPEN))
    return agency, cases


async def test_as_many_as_a_request_may_have_are_nudged_in_a_few_statements(database: AsyncEngine) -> None:
    agency, cases = await drafting(database, MOST_AT_ONCE)
    statements: list[str] = []
    event.listen(
        database.sync_engine, "before_cursor_execute", lambda *given: statements.append(str(given[2]))
    )
    began = time.perf_counter()
    done = await Nudging(database).nudge(Identity(agency.officer, agency.agency), "semua", cases)
    seconds = time.perf_counter() - began
    assert {each.outcome for each in done} == {NudgeOutcome.NUDGED}
    assert [each.appraisal for each in done] == cases
    assert len(statements) <= 8
    assert seconds < 10
    async with database.connect() as connection:
        written = await connection.scalar(text("SELECT count(*) FROM notice WHERE template = 'nudge'"))
    assert written == 2 * MOST_AT_ONCE


async def test_two_officials_who_nudge_the_same_hundreds_at_once_share_them(database: AsyncEngine) -> None:
    agency, cases = await drafting(database, 60)
    nudging = Nudging(database)
    found = await asyncio.gather(
        nudging.nudge(Identity(agency.officer, agency.agency), "a", cases),
        nudging.nudge(Identity(agency.rater, agency.agency), "b", cases[::-1]),
        nudging.nudge(Identity(agency.superior, agency.agency), "c", cases),
    )
    nudged = [each.appraisal for done in found for each in done if each.outcome is NudgeOutcome.NUDGED]
    assert sorted(nudged) == sorted(cases)


async def test_what_a_nudger_wrote_is_found_by_the_primary_key(database: AsyncEngine) -> None:
    agency, _ = await drafting(database, 1)
    for first, last in (
        Numbering(agency.rater, "k", "b").of_nudger,
        Numbering(agency.rater, "k", "b").of_request,
    ):
        async with database.connect() as connection:
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
            plan = await connection.scalars(
                text(
                    "EXPLAIN SELECT id FROM notice WHERE id BETWEEN :first AND :last AND sender_id = :person"
                ),
                {"first": first, "last": last, "person": agency.rater},
            )
            assert "pk_notice" in "\n".join(plan)
