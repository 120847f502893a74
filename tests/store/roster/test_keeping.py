"""Imports and findings on record."""

import uuid
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.roster.keeping import forget_findings, keep_findings, record_import
from tests.fixtures.agency import SmallAgency, build_agency, nip

DIGEST = "0" * 64

pytestmark = pytest.mark.database


def about(cause: str, **subject: str) -> dict[str, Any]:
    return {"cause": cause, "line": 2, "parameters": {"value": "x"}, **subject}


async def keep(database: AsyncEngine, agency: SmallAgency, *found: dict[str, Any]) -> uuid.UUID:
    async with database.begin() as transaction:
        imported = await record_import(transaction, agency.agency, DIGEST, {"people": {"new": 1}})
        await keep_findings(transaction, agency.agency, imported, found)
    return imported


async def kept(database: AsyncEngine) -> Sequence[Any]:
    async with database.connect() as connection:
        query = "SELECT cause, person_id, unit_id, import_id FROM roster_finding ORDER BY cause"
        return (await connection.execute(text(query))).all()


async def test_findings_are_about_a_person_or_a_unit(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    imported = await keep(database, agency, about("a", nip=nip(5)), about("b", unit="U1"))
    assert await kept(database) == [
        ("a", agency.employee, None, imported),
        ("b", None, agency.unit, imported),
    ]


async def test_a_finding_about_nobody_is_left_out(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    await keep(database, agency, about("a", nip=nip(90)), about("b", unit="U9"))
    assert await kept(database) == []


async def test_only_what_is_named_is_forgotten(database: AsyncEngine) -> None:
    agency = await build_agency(database, employees=2)
    await keep(database, agency, about("a", nip=nip(5)), about("b", nip=nip(6)), about("c", unit="U1"))
    async with database.begin() as transaction:
        await forget_findings(transaction, agency.agency, nips=[nip(5)], units=["U9"])
    assert [row[0] for row in await kept(database)] == ["b", "c"]


async def test_the_same_number_in_another_agency_is_left_alone(database: AsyncEngine) -> None:
    agency = await build_agency(database)
    other = await build_agency(database, name="Kabupaten")
    await keep(database, agency, about("a", nip=nip(5)), about("b", unit="U1"))
    async with database.begin() as transaction:
        await forget_findings(transaction, other.agency, nips=[nip(5)], units=["U1"])
    assert [row[0] for row in await kept(database)] == ["a", "b"]
