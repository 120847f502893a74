"""Whatever is changed in a record behind its back, the first broken link is named for what it is."""

import json
import uuid
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from service.audit.verifying import Break, BreakKind, first_break
from store.appraisal.auditing import Scope, audited, count_appraisals
from tests.fixtures.agency import SmallAgency, build_agency
from tests.service.audit.recorded import (
    EVENTS,
    change_appraisal,
    change_event,
    recorded_appraisal,
    remove_event,
    tamper,
)
from translations import Locale

pytestmark = pytest.mark.database

LATE = """body = body || '{"late": true}'"""
OTHER_HASH = "f" * 64


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=3)


@pytest.fixture
async def appraisal(database: AsyncEngine, agency: SmallAgency) -> uuid.UUID:
    return await recorded_appraisal(database, agency, agency.employee)


async def verified(database: AsyncEngine) -> list[Break]:
    return [found async for each in audited(database, Scope()) if (found := first_break(each)) is not None]


async def break_after(database: AsyncEngine, appraisal: uuid.UUID, *statements: str, **more: Any) -> Break:
    await tamper(database, *statements, **({"id": appraisal} | more))
    (found,) = await verified(database)
    assert found.appraisal == str(appraisal)
    return found


async def test_a_record_that_nobody_touched_is_whole(database: AsyncEngine, appraisal: uuid.UUID) -> None:
    (record,) = [each async for each in audited(database, Scope())]
    assert len(record.events) == EVENTS
    assert first_break(record) is None


@pytest.mark.parametrize("sequence", range(1, EVENTS + 1))
async def test_a_changed_content_is_found(database: AsyncEngine, appraisal: uuid.UUID, sequence: int) -> None:
    statement = change_event(sequence, LATE)
    found = await break_after(database, appraisal, statement)
    assert (found.kind, found.sequence) == (BreakKind.CONTENT_CHANGED, sequence)


@pytest.mark.parametrize("column", ("command_id", "fingerprint", "kind"))
async def test_a_changed_column_under_the_hash_is_found(
    database: AsyncEngine, appraisal: uuid.UUID, column: str
) -> None:
    found = await break_after(database, appraisal, change_event(3, f"{column} = 'lapsed'"))
    assert (found.kind, found.sequence) == (BreakKind.CONTENT_CHANGED, 3)


@pytest.mark.parametrize("sequence", range(1, EVENTS + 1))
async def test_a_changed_hash_is_found_and_the_content_is_cleared(
    database: AsyncEngine, appraisal: uuid.UUID, sequence: int
) -> None:
    statement = change_event(sequence, "hash = :hash")
    found = await break_after(database, appraisal, statement, hash=OTHER_HASH)
    assert (found.kind, found.sequence) == (BreakKind.HASH_CHANGED, sequence)


async def test_a_content_with_a_fitting_hash_breaks_the_link_to_the_next_event(
    database: AsyncEngine, appraisal: uuid.UUID
) -> None:
    found = await break_after(
        database,
        appraisal,
        change_event(2, f"{LATE}, hash = :hash"),
        hash=OTHER_HASH,
    )
    assert (found.kind, found.sequence) == (BreakKind.CHAIN_BROKEN, 2)


async def test_events_in_another_order_are_found(database: AsyncEngine, appraisal: uuid.UUID) -> None:
    found = await break_after(
        database,
        appraisal,
        change_event(2, "sequence = 99"),
        change_event(3, "sequence = 2"),
        change_event(99, "sequence = 3"),
    )
    assert (found.kind, found.sequence, found.detail) == (BreakKind.ORDER_CHANGED, 3, "2")


@pytest.mark.parametrize("sequence", range(1, EVENTS + 1))
async def test_a_removed_event_is_found(database: AsyncEngine, appraisal: uuid.UUID, sequence: int) -> None:
    found = await break_after(database, appraisal, remove_event(sequence))
    assert (found.kind, found.sequence) == (BreakKind.EVENT_MISSING, sequence)


async def test_a_record_without_any_event_is_found(database: AsyncEngine, appraisal: uuid.UUID) -> None:
    found = await break_after(database, appraisal, "DELETE FROM event WHERE appraisal_id = :id")
    assert (found.kind, found.sequence) == (BreakKind.EVENT_MISSING, 1)


async def test_a_changed_head_is_found(database: AsyncEngine, appraisal: uuid.UUID) -> None:
    found = await break_after(
        database, appraisal, "UPDATE appraisal SET head = :hash WHERE id = :id", hash=OTHER_HASH
    )
    assert (found.kind, found.sequence) == (BreakKind.HEAD_CHANGED, EVENTS)


@pytest.mark.parametrize(
    ("field", "value"), (("year", 2027), ("entered_at", "2026-01-01T00:00:00Z"), ("invented", 1))
)
async def test_a_changed_snapshot_is_found_by_its_field(
    database: AsyncEngine, appraisal: uuid.UUID, field: str, value: object
) -> None:
    found = await break_after(
        database,
        appraisal,
        "UPDATE appraisal SET snapshot = snapshot || CAST(:change AS jsonb) WHERE id = :id",
        change=json.dumps({field: value}),
    )
    assert (found.kind, found.detail) == (BreakKind.SNAPSHOT_CHANGED, field)


@pytest.mark.parametrize(
    ("column", "value"),
    (("stage", "'rating'"), ("due_on", "DATE '2026-12-31'"), ("revision", "2"), ("outcome", "'agreed'")),
)
async def test_a_column_that_contradicts_the_snapshot_is_found(
    database: AsyncEngine, appraisal: uuid.UUID, column: str, value: str
) -> None:
    statement = change_appraisal(f"{column} = {value}")
    found = await break_after(database, appraisal, statement)
    assert (found.kind, found.detail) == (BreakKind.SNAPSHOT_CHANGED, column)


async def test_an_actor_that_contradicts_the_content_is_found(
    database: AsyncEngine, appraisal: uuid.UUID, agency: SmallAgency
) -> None:
    statement = change_event(3, "actor_id = :other")
    found = await break_after(database, appraisal, statement, other=agency.head)
    assert (found.kind, found.sequence, found.detail) == (BreakKind.COLUMN_CHANGED, 3, "actor_id")


async def test_a_moment_that_contradicts_the_content_is_found(
    database: AsyncEngine, appraisal: uuid.UUID
) -> None:
    statement = change_event(4, "at = at + interval '1 day'")
    found = await break_after(database, appraisal, statement)
    assert (found.kind, found.sequence, found.detail) == (BreakKind.COLUMN_CHANGED, 4, "at")


async def test_a_record_with_an_event_of_another_appraisal_is_broken(
    database: AsyncEngine, appraisal: uuid.UUID, agency: SmallAgency
) -> None:
    other = await recorded_appraisal(database, agency, agency.employees[1])
    await tamper(
        database,
        remove_event(4),
        "UPDATE event SET appraisal_id = :id WHERE appraisal_id = :other AND sequence = 4",
        id=appraisal,
        other=other,
    )
    found = {each.appraisal: (each.kind, each.sequence) for each in await verified(database)}
    assert found == {
        str(appraisal): (BreakKind.CHAIN_BROKEN, 4),
        str(other): (BreakKind.EVENT_MISSING, 4),
    }


async def test_the_first_of_several_breaks_is_named(database: AsyncEngine, appraisal: uuid.UUID) -> None:
    found = await break_after(
        database,
        appraisal,
        change_event(4, LATE),
        change_event(2, "hash = :hash"),
        hash=OTHER_HASH,
    )
    assert found.sequence == 2


async def test_every_appraisal_is_read_once_however_the_pages_fall(
    database: AsyncEngine, agency: SmallAgency, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = {await recorded_appraisal(database, agency, employee) for employee in agency.employees}
    for page in (1, 2, 3, 4):
        monkeypatch.setattr("store.appraisal.auditing._PAGE", page)
        assert [each.id async for each in audited(database, Scope())] == sorted(ids)


async def test_a_scope_narrows_what_is_read(database: AsyncEngine, agency: SmallAgency) -> None:
    other = await build_agency(database, name="Kabupaten Contoh")
    here = await recorded_appraisal(database, agency, agency.employee)
    there = await recorded_appraisal(database, other, other.employee)
    for scope, expected in (
        (Scope(), {here, there}),
        (Scope(agency="Kota Contoh"), {here}),
        (Scope(cycle=str(other.cycle)), {there}),
        (Scope(cycle="2026"), {here, there}),
        (Scope(appraisal=there), {there}),
        (Scope(agency="Kota Contoh", appraisal=there), set()),
    ):
        assert {each.id async for each in audited(database, scope)} == expected
        assert await count_appraisals(database, scope) == len(expected)


async def test_what_is_recorded_while_verifying_looks_like_no_break(
    database: AsyncEngine, agency: SmallAgency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.appraisal.auditing._PAGE", 1)
    await recorded_appraisal(database, agency, agency.employee)
    seen = []
    async for each in audited(database, Scope()):
        seen.append(first_break(each))
        await recorded_appraisal(database, agency, agency.employees[len(seen)])
    assert seen == [None]


@pytest.mark.parametrize("kind", BreakKind)
def test_every_kind_of_break_is_said_in_both_languages(kind: BreakKind) -> None:
    found = Break("a", kind, 3, "stage")
    assert "3" in found.describe(Locale.ENGLISH)
    assert found.describe(Locale.INDONESIAN) != found.describe(Locale.ENGLISH)
