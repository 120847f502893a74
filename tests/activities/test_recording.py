"""The recording activity on a real database: decides once, heals, and refuses to guess."""

import asyncio
import datetime as dt
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from activities.recording import Recording, RecordLost
from states.agenda import agenda
from states.appraisal import Appraisal
from states.chain import GENESIS, Link, link_hash
from states.codec import Json, dump_appraisal, dump_command, load_appraisal
from states.commands import Command
from states.decide import launched
from states.patch import patched
from states.stages import Capacity, Stage
from states.triggers import Trigger
from store.appraisal.history import events_after
from store.appraisal.launching import Entrant, create, first_snapshot
from tests.fixtures.agency import SmallAgency, build_agency

pytestmark = [pytest.mark.database]

NEW_YEAR = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
THIRD = dt.datetime(2026, 1, 3, 3, tzinfo=dt.UTC)
DOCUMENT = "b" * 64


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=1)


@pytest.fixture
async def snapshot(database: AsyncEngine, agency: SmallAgency) -> Json:
    """An appraisal on record, launched on 1 January."""
    event = launched(employee=str(agency.employee), year=2026, now=NEW_YEAR, regime=agency.regime)
    entrant = Entrant(agency.employee, agency.unit, event)
    async with database.begin() as connection:
        await create(connection, agency.cycle, [entrant])
    return dump_appraisal(first_snapshot(agency.cycle, entrant)[0])


def request(
    snapshot: Json, command: Command | None, *, now: dt.datetime = THIRD, behind: bool = False
) -> Json:
    return {
        "appraisal": snapshot,
        "command": dump_command(command) if command else None,
        "now": now.isoformat(),
        "behind": behind,
    }


def submission(agency: SmallAgency, key: str = "submit") -> Command:
    return Command(
        id=key,
        trigger=Trigger.SUBMIT_PLAN,
        capacity=Capacity.EMPLOYEE,
        actor=str(agency.employee),
        document=DOCUMENT,
        fingerprint="f00d",
    )


def after(snapshot: Json, answer: Json) -> Appraisal:
    return load_appraisal(patched(snapshot, answer["patch"]))


async def rows(database: AsyncEngine, statement: str) -> list[Any]:
    async with database.connect() as connection:
        return list(await connection.execute(text(statement)))


async def test_a_wake_records_what_time_has_caused_at_its_legal_instant(
    database: AsyncEngine, agency: SmallAgency, snapshot: Json
) -> None:
    answer = await Recording(database).record(request(snapshot, None))
    assert after(snapshot, answer).stage is Stage.PLAN_DRAFTING
    [opened] = await rows(database, "SELECT at, recorded_at FROM event WHERE sequence = 2")
    assert opened.at == dt.datetime(2026, 1, 1, 17, tzinfo=dt.UTC)
    assert opened.recorded_at > opened.at


async def test_a_wake_before_its_time_records_nothing(
    database: AsyncEngine, agency: SmallAgency, snapshot: Json
) -> None:
    answer = await Recording(database).record(request(snapshot, None, now=NEW_YEAR))
    assert answer["patch"] == {}
    assert len(await rows(database, "SELECT * FROM event")) == 1


async def test_the_answer_holds_the_next_wake_by_the_agenda(
    database: AsyncEngine, agency: SmallAgency, snapshot: Json
) -> None:
    answer = await Recording(database).record(request(snapshot, None))
    assert dt.datetime.fromisoformat(answer["wake"]) == agenda(after(snapshot, answer), agency.regime)


async def test_a_command_is_recorded_with_what_time_caused_before_it(
    database: AsyncEngine, agency: SmallAgency, snapshot: Json
) -> None:
    answer = await Recording(database).record(request(snapshot, submission(agency)))
    assert after(snapshot, answer).stage is Stage.PLAN_REVIEW
    assert [row.kind for row in await rows(database, "SELECT kind FROM event ORDER BY sequence")] == [
        "launched",
        "acted",
        "acted",
    ]


async def test_the_same_request_twice_records_once_and_answers_alike(
    database: AsyncEngine, agency: SmallAgency, snapshot: Json
) -> None:
    recording = Recording(database)
    first = await recording.record(request(snapshot, submission(agency)))
    again = await recording.record(request(snapshot, submission(agency)))
    assert (again["patch"], again["wake"]) == (first["patch"], first["wake"])
    assert again["recorded"] == {"stage": "plan_review", "sequence": 3, "fingerprint": "f00d"}
    assert len(await rows(database, "SELECT * FROM event")) == 3


async def test_many_attempts_of_one_command_at_once_record_it_once(
    database: AsyncEngine, agency: SmallAgency, snapshot: Json
) -> None:
    recording = Recording(database)
    answers = await asyncio.gather(
        *(recording.record(request(snapshot, submission(agency))) for _ in range(12))
    )
    assert all(answer["patch"] == answers[0]["patch"] for answer in answers)
    assert sum("recorded" not in answer for answer in answers) == 1
    assert len(await rows(database, "SELECT * FROM event")) == 3


async def test_a_command_on_record_is_not_refused_when_it_comes_again_on_a_later_snapshot(
    database: AsyncEngine, agency: SmallAgency, snapshot: Json
) -> None:
    recording = Recording(database)
    first = await recording.record(request(snapshot, submission(agency)))
    later = patched(snapshot, first["patch"])
    again = await recording.record(request(later, submission(agency)))
    assert "refused" not in again
    assert again["patch"] == {}


async def test_of_two_rival_commands_the_later_one_is_refused_and_learns_where_the_case_stands(
    database: AsyncEngine, agency: SmallAgency, snapshot: Json
) -> None:
    recording = Recording(database)
    await recording.record(request(snapshot, submission(agency)))
    rival = await recording.record(request(snapshot, submission(agency, "rival")))
    assert rival["refused"]["code"] == "illegal_transition"
    assert after(snapshot, rival).stage is Stage.PLAN_REVIEW


async def test_a_refused_command_leaves_no_row(
    database: AsyncEngine, agency: SmallAgency, snapshot: Json
) -> None:
    answer = await Recording(database).record(request(snapshot, submission(agency), now=NEW_YEAR))
    assert answer["refused"]["code"] == "illegal_transition"
    assert answer["patch"] == {}
    assert len(await rows(database, "SELECT * FROM event")) == 1


async def test_an_engine_that_lags_is_told_all_that_happened(
    database: AsyncEngine, agency: SmallAgency, snapshot: Json
) -> None:
    recording = Recording(database)
    await recording.record(request(snapshot, submission(agency)))
    answer = await recording.record(request(snapshot, None, behind=True))
    assert after(snapshot, answer).sequence == 3


async def test_a_record_that_is_missing_is_an_error_and_not_a_loop(
    database: AsyncEngine, agency: SmallAgency, snapshot: Json
) -> None:
    elsewhere = snapshot | {"id": "00000000-0000-4000-8000-000000000000"}
    with pytest.raises(RecordLost, match="does not stand at event 1"):
        await asyncio.wait_for(Recording(database).record(request(elsewhere, None)), 10)


async def test_a_task_a_deadline_and_a_notice_come_with_the_event(
    database: AsyncEngine, agency: SmallAgency, snapshot: Json
) -> None:
    await Recording(database).record(request(snapshot, submission(agency)))
    [task] = await rows(database, "SELECT stage, capacity, due_on FROM task WHERE closed_at IS NULL")
    assert (task.stage, task.capacity) == ("plan_review", "rater")
    [deadline] = await rows(
        database, "SELECT rule, due_on, article FROM deadline WHERE ended_sequence IS NULL"
    )
    assert deadline.due_on == task.due_on
    assert "24" in deadline.article
    [notice] = await rows(database, "SELECT recipient_id, template FROM notice WHERE state = 'created'")
    assert (notice.recipient_id, notice.template) == (agency.rater, "task_opened")


async def test_a_reassignment_holds_for_the_case_and_leaves_the_agency_s_relations_alone(
    database: AsyncEngine, agency: SmallAgency, snapshot: Json
) -> None:
    command = Command(
        id="hand-over",
        trigger=Trigger.REASSIGN,
        capacity=Capacity.HR,
        actor=str(agency.officer),
        document=DOCUMENT,
        assignee=str(agency.director),
        assigned_capacity=Capacity.RATER,
    )
    await Recording(database).record(request(snapshot, command))
    found = await rows(
        database,
        f"SELECT holder_id, appraisal_id::text FROM assignment WHERE employee_id = '{agency.employee}' "
        "AND valid_until IS NULL ORDER BY valid_from",
    )
    assert [tuple(row) for row in found] == [
        (agency.rater, None),
        (agency.director, snapshot["id"]),
    ]


async def test_the_database_computes_the_same_hashes_as_the_core(
    database: AsyncEngine, agency: SmallAgency, snapshot: Json
) -> None:
    await Recording(database).record(request(snapshot, submission(agency)))
    previous = GENESIS
    async with database.connect() as connection:
        for row in await events_after(connection, snapshot["id"]):
            link = Link(snapshot["id"], row.sequence, row.kind, row.body, row.command_id, row.fingerprint)
            assert row.hash == link_hash(previous, link)
            previous = row.hash


@pytest.mark.parametrize("table", ("event", "document", "attempt"))
async def test_the_record_only_grows(
    database: AsyncEngine, agency: SmallAgency, snapshot: Json, table: str
) -> None:
    async with database.connect() as connection:
        with pytest.raises(DBAPIError, match="append-only"):
            await connection.execute(text(f"DELETE FROM {table}"))
