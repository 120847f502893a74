"""Looking ahead of a launch costs what the people are: nothing large is read again for each of them."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from store.cycle.causes import CAUSES, Concern
from store.cycle.preflight import Look, every_finding, findings, preflight
from tests.fixtures.agency import build_agency
from tests.fixtures.population import populate

pytestmark = pytest.mark.database

SMALL, LARGE = 2_000, 8_000
TABLES = frozenset({"absence", "appraisal", "assignment", "person", "roster_finding", "substitution"})


async def _look(database: AsyncEngine) -> tuple[Look, Any]:
    agency = await build_agency(database)
    async with database.begin() as transaction:
        fresh = await transaction.scalar(
            text("""
                INSERT INTO cycle (id, agency_id, name, year, scheme, clock, rehearsal, created_at)
                SELECT gen_random_uuid(), agency_id, 'fresh', year, scheme, clock, false, now()
                FROM cycle WHERE id = :cycle RETURNING id"""),
            {"cycle": agency.cycle},
        )
    return Look(fresh, agency.agency, 2026, dt.datetime(2026, 1, 5, tzinfo=dt.UTC)), agency


async def _grow(database: AsyncEngine, agency: Any, first: int, last: int) -> None:
    """More people, a third of them on leave and one in twenty with something left to settle."""
    await populate(database, agency, first, last)
    async with database.begin() as transaction:
        await transaction.execute(text("DELETE FROM absence"))
        await transaction.execute(
            text("""
                INSERT INTO absence (id, person_id, kind, valid_from, valid_until, letter, reason, recorded_at)
                SELECT gen_random_uuid(), id, 'leave', '2026-01-01', '2026-01-15', '', '', now()
                FROM person WHERE abs(hashtext(nip)) % 3 = 0""")
        )
        await transaction.execute(
            text("""
                WITH import AS (
                    INSERT INTO roster_import (id, agency_id, digest, counts, applied_at)
                    VALUES (gen_random_uuid(), :agency, repeat('0', 64), '{}', now()) RETURNING id
                )
                INSERT INTO roster_finding (id, agency_id, person_id, import_id, cause, line, parameters, found_at)
                SELECT gen_random_uuid(), agency_id, person.id, import.id, 'two_units', 2, '{}', now()
                FROM person, import WHERE abs(hashtext(nip)) % 20 = 1"""),
            {"agency": agency.agency},
        )
        await transaction.execute(text("ANALYZE"))


async def _plan_of(database: AsyncEngine, connection: AsyncConnection, call: Any) -> dict[str, Any]:
    made: list[tuple[str, Any]] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, _x: Any, _many: Any) -> None:
        made.append((statement, parameters))

    event.listen(database.sync_engine, "before_cursor_execute", listen)
    try:
        await call(connection)
    finally:
        event.remove(database.sync_engine, "before_cursor_execute", listen)
    ((statement, parameters),) = made
    explained = await connection.exec_driver_sql(
        f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", parameters
    )
    found = explained.scalar_one()
    plan: dict[str, Any] = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    return plan


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", []):
        yield from _nodes(below)


def _read_again(plan: dict[str, Any]) -> set[str]:
    """Tables that were read from end to end more than a few times."""
    return {
        node["Relation Name"]
        for node in _nodes(plan)
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in TABLES and node["Actual Loops"] > 5
        # An empty table has nothing to be read.
        if node["Actual Rows"] or node.get("Rows Removed by Filter")
    }


async def test_no_table_is_read_from_end_to_end_for_each_person(database: AsyncEngine) -> None:
    look, agency = await _look(database)
    await _grow(database, agency, 1, LARGE)

    async def all_of(connection: AsyncConnection) -> None:
        async for _ in every_finding(connection, look):
            pass

    calls: dict[str, Any] = {"summary": lambda to: preflight(to, look), "report": all_of} | {
        str(cause): lambda to, cause=cause: findings(to, look, cause, after=None, limit=51)
        for cause in CAUSES
    }
    async with database.connect() as connection:
        again = {
            name: _read_again(await _plan_of(database, connection, call)) for name, call in calls.items()
        }
    assert {name: tables for name, tables in again.items() if tables} == {}


async def test_the_work_grows_no_faster_than_the_people(database: AsyncEngine) -> None:
    look, agency = await _look(database)
    blocks = []
    for first, last in ((1, SMALL), (SMALL + 1, LARGE)):
        await _grow(database, agency, first, last)
        async with database.connect() as connection:
            plan = await _plan_of(database, connection, lambda to: preflight(to, look))
        blocks.append(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])
    assert blocks[1] < 1.5 * LARGE / SMALL * blocks[0]


async def test_everything_is_counted_in_one_statement(database: AsyncEngine) -> None:
    look, agency = await _look(database)
    await _grow(database, agency, 1, SMALL)
    async with database.connect() as connection:
        await _plan_of(database, connection, lambda to: preflight(to, look))
        found = {total.cause for total in (await preflight(connection, look)).causes}
    assert found >= {Concern.TWO_UNITS, Concern.NO_SUBSTITUTE, Concern.VACANT_POST}
