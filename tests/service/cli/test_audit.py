"""Operators prove that the record is whole, and are told precisely where it is not."""

import json
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from states.chain import GENESIS, Link, link_hash
from tests.fixtures.agency import SmallAgency, build_agency
from tests.service.audit.recorded import (
    EVENTS,
    change_appraisal,
    change_event,
    recorded_appraisal,
    remove_event,
    tamper,
)
from tests.service.cli.conftest import CommandLine

pytestmark = pytest.mark.database

LATE = """body = body || '{"late": true}'"""
ANOTHER = f"hash = '{'f' * 64}'"


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=3)


async def test_a_whole_record_is_confirmed(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine
) -> None:
    for employee in agency.employees:
        await recorded_appraisal(database, agency, employee)
    answer = await kinerja("audit", "verify")
    assert answer.code == 0
    assert f"3 records with {3 * EVENTS} events are whole." in answer.out


@pytest.mark.parametrize(
    ("changes", "named"),
    (
        ((change_event(3, LATE),), "the content of event 3 (acted) was changed afterwards [content_changed]"),
        ((change_event(2, ANOTHER),), "the hash of event 2 was changed"),
        (
            (
                change_event(2, "sequence = 99"),
                change_event(3, "sequence = 2"),
                change_event(99, "sequence = 3"),
            ),
            "event 3 stands in the place of event 2 [order_changed]",
        ),
        ((remove_event(2),), "event 2 is missing"),
        ((change_appraisal("snapshot = snapshot || '{\"year\": 2027}'"),), "in the field year"),
        ((change_appraisal("stage = 'rating'"),), "in the field stage"),
    ),
    ids=("body", "hash", "order", "removal", "snapshot", "stage"),
)
async def test_tampering_is_named_with_its_place(
    kinerja: CommandLine,
    agency: SmallAgency,
    database: AsyncEngine,
    changes: tuple[str, ...],
    named: str,
) -> None:
    whole = await recorded_appraisal(database, agency, agency.employees[0])
    broken = await recorded_appraisal(database, agency, agency.employees[1])
    await tamper(database, *changes, id=broken)
    answer = await kinerja("audit", "verify")
    assert answer.code == 1
    (line,) = answer.out.splitlines()
    assert line.startswith(f"{broken}: ")
    assert named in line
    assert "1 of 2 records are broken" in answer.err
    assert (await kinerja("audit", "verify", "--appraisal", whole)).code == 0


async def test_nothing_to_verify_is_no_proof(kinerja: CommandLine, agency: SmallAgency) -> None:
    assert (await kinerja("audit", "verify", "--agency", "Nowhere")).code == 1


async def test_an_id_that_is_none_is_wrong_usage(kinerja: CommandLine) -> None:
    assert (await kinerja("audit", "verify", "--appraisal", "seven")).code == 2


async def test_an_exported_record_can_be_verified_with_nothing_but_the_file(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine, tmp_path: Path
) -> None:
    appraisal = await recorded_appraisal(database, agency, agency.employee)
    file = tmp_path / "catatan.jsonl"
    answer = await kinerja("audit", "export", file, "--cycle", "2026")
    assert (answer.code, "1 records" in answer.out) == (0, True)
    *events, head = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    previous = GENESIS
    for event in events:
        link = Link(
            event["appraisal"],
            event["sequence"],
            event["kind"],
            event["body"],
            event["command"],
            event["fingerprint"],
        )
        previous = link_hash(previous, link)
        assert event["hash"] == previous
    assert head == {"appraisal": str(appraisal), "sequence": EVENTS, "head": previous}
