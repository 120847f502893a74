"""What the engine is to be told: marked with every event, claimed once, confirmed in any order, never lost."""

import asyncio
import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.decide import launched
from states.following import Position
from states.stages import Capacity, Stage
from states.triggers import Trigger
from store.appraisal.launching import Entrant, appraisal_id, create
from store.database import autocommit
from store.following import reading, repository
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import LAUNCHED_AT, PLANNING_OPENS, RecordedCase, new_case

pytestmark = [pytest.mark.database]

LEASE = dt.timedelta(seconds=30)
MINUTE = dt.timedelta(minutes=1)


@dataclass
class Book:
    """The table of what is to be followed, in an agency of three."""

    database: AsyncEngine
    agency: SmallAgency

    async def claim(self, limit: int = 100) -> list[repository.CaseToFollow]:
        async with autocommit(self.database).connect() as connection:
            return await repository.claim(connection, limit, LEASE)

    async def call(self, function: Any, *arguments: Any, **named: Any) -> Any:
        async with autocommit(self.database).connect() as connection:
            return await function(connection, *arguments, **named)

    async def row(self, case: uuid.UUID) -> Any:
        async with self.database.connect() as connection:
            found = await connection.execute(
                text("SELECT * FROM following WHERE appraisal_id = :id"), {"id": case}
            )
            return found.one()

    async def run(self, statement: str, **parameters: Any) -> None:
        async with self.database.begin() as connection:
            await connection.execute(text(statement), parameters)


@pytest.fixture
async def book(database: AsyncEngine) -> Book:
    return Book(database, await build_agency(database, employees=3))


@pytest.fixture
async def launched_cases(book: Book) -> list[uuid.UUID]:
    """Three appraisals on record, of which the engine has not heard."""
    agency = book.agency
    entrants = [
        Entrant(
            employee,
            agency.unit,
            launched(employee=str(employee), year=2026, now=LAUNCHED_AT, rules=agency.rules),
        )
        for employee in agency.employees
    ]
    async with book.database.begin() as connection:
        await create(connection, agency.cycle, entrants, rules=agency.rules)
    return [appraisal_id(agency.cycle, employee) for employee in agency.employees]


@pytest.fixture
async def moving(book: Book) -> RecordedCase:
    """An appraisal whose plan is being drafted; the engine has been told of that."""
    case = await new_case(book.database, book.agency)
    await book.call(repository.confirm, [(uuid.UUID(case.appraisal.id), case.appraisal.sequence)])
    return case


def id_of(case: RecordedCase) -> uuid.UUID:
    return uuid.UUID(case.appraisal.id)


async def submit(case: RecordedCase) -> None:
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, PLANNING_OPENS + dt.timedelta(days=1))


async def test_new_cases_wait_to_be_followed_from_the_beginning(
    book: Book, launched_cases: list[uuid.UUID]
) -> None:
    claimed = await book.claim()
    assert {case.appraisal for case in claimed} == set(launched_cases)
    assert {(case.position.stage, case.after) for case in claimed} == {(Stage.SCHEDULED, None)}
    assert all(case.position.wake_at is not None for case in claimed)


async def test_what_one_has_claimed_another_does_not_get(book: Book, launched_cases: list[uuid.UUID]) -> None:
    assert len(await book.claim(2)) == 2
    assert len(await book.claim()) == 1
    assert await book.claim() == []


async def test_what_a_dead_sweeper_held_is_claimed_again_after_its_lease(
    book: Book, launched_cases: list[uuid.UUID]
) -> None:
    await book.claim()
    await book.run("UPDATE following SET next_attempt_at = next_attempt_at - interval '31 seconds'")
    assert len(await book.claim()) == 3


async def test_an_event_gives_its_recorder_a_second_to_tell_it_himself(
    book: Book, moving: RecordedCase
) -> None:
    await submit(moving)
    assert await book.claim() == []
    await book.run("UPDATE following SET next_attempt_at = next_attempt_at - interval '1 second'")
    [claimed] = await book.claim()
    assert (claimed.after, claimed.position.sequence) == (2, 3)


async def test_two_events_are_one_row_and_the_first_says_since_when(book: Book, moving: RecordedCase) -> None:
    await submit(moving)
    first = await book.row(id_of(moving))
    await moving.act(Trigger.RETURN_PLAN, Capacity.RATER, PLANNING_OPENS + dt.timedelta(days=2))
    second = await book.row(id_of(moving))
    assert (first.sequence, second.sequence, second.followed) == (3, 4, 2)
    assert second.marked_at == first.marked_at


async def test_a_confirmation_that_comes_late_takes_nothing_back(book: Book, moving: RecordedCase) -> None:
    await submit(moving)
    await book.call(repository.confirm, [(id_of(moving), 3)])
    await book.call(repository.confirm, [(id_of(moving), 2)])
    assert (await book.row(id_of(moving))).followed == 3


async def test_what_was_told_of_an_older_event_leaves_the_rest_to_be_told(
    book: Book, moving: RecordedCase
) -> None:
    await submit(moving)
    await moving.act(Trigger.RETURN_PLAN, Capacity.RATER, PLANNING_OPENS + dt.timedelta(days=2))
    await book.call(repository.confirm, [(id_of(moving), 3)])
    [claimed] = await book.claim()
    assert (claimed.after, claimed.position.sequence) == (3, 4)


async def test_confirmations_of_the_same_cases_in_any_order_never_block_each_other(
    book: Book, launched_cases: list[uuid.UUID]
) -> None:
    there = [(case, 1) for case in launched_cases]

    async def confirm_again_and_again(told: list[tuple[uuid.UUID, int]]) -> None:
        for _ in range(60):
            await book.call(repository.confirm, told)

    async with asyncio.timeout(30):
        await asyncio.gather(*(confirm_again_and_again(told) for told in (there, there[::-1]) * 3))


async def test_a_confirmation_beyond_the_record_is_cut_to_it(book: Book, moving: RecordedCase) -> None:
    await book.call(repository.confirm, [(id_of(moving), 99)])
    assert (await book.row(id_of(moving))).followed == 2


async def test_cases_that_are_released_count_no_attempt(book: Book, launched_cases: list[uuid.UUID]) -> None:
    claimed = await book.claim()
    await book.call(repository.release, [case.appraisal for case in claimed], dt.timedelta(0))
    assert {case.attempts for case in await book.claim()} == {1}


async def test_a_case_that_cannot_be_told_waits_and_says_why(
    book: Book, launched_cases: list[uuid.UUID]
) -> None:
    [first, *_] = await book.claim()
    await book.call(repository.postpone, first.appraisal, MINUTE, "INVALID_ARGUMENT")
    row = await book.row(first.appraisal)
    assert (row.trouble, row.trouble_at is not None) == ("telling:INVALID_ARGUMENT", True)
    assert await book.claim() == []


async def test_what_is_told_in_the_end_has_no_trouble_any_more(
    book: Book, launched_cases: list[uuid.UUID]
) -> None:
    await book.call(repository.postpone, launched_cases[0], MINUTE, "INVALID_ARGUMENT")
    await book.call(repository.confirm, [(launched_cases[0], 1)])
    row = await book.row(launched_cases[0])
    assert (row.trouble, row.trouble_at) == ("", None)


async def test_what_a_look_found_wrong_is_not_mended_by_telling_the_engine(
    book: Book, launched_cases: list[uuid.UUID]
) -> None:
    await book.call(repository.note_trouble, launched_cases[0], "RulesUnknown")
    await book.call(repository.confirm, [(launched_cases[0], 1)])
    assert (await book.row(launched_cases[0])).trouble == "RulesUnknown"


async def test_a_case_whose_workflow_is_to_be_replaced_has_heard_of_nothing_until_it_is(
    book: Book, moving: RecordedCase
) -> None:
    await book.run("UPDATE following SET replaces = true, followed = NULL")
    await book.call(repository.confirm, [(id_of(moving), 2)])
    row = await book.row(id_of(moving))
    assert (row.followed, row.replaces) == (None, True)
    await book.call(repository.confirm, [(id_of(moving), 2)], replaced={id_of(moving)})
    row = await book.row(id_of(moving))
    assert (row.followed, row.replaces) == (2, False)


async def test_trouble_keeps_the_moment_at_which_it_began(
    book: Book, launched_cases: list[uuid.UUID]
) -> None:
    await book.call(repository.note_trouble, launched_cases[0], "RulesUnknown")
    began = (await book.row(launched_cases[0])).trouble_at
    await book.call(repository.note_trouble, launched_cases[0], "ValidationError")
    row = await book.row(launched_cases[0])
    assert (row.trouble, row.trouble_at) == ("ValidationError", began)


async def test_a_wake_that_was_missed_lets_the_case_be_told_anew(book: Book, moving: RecordedCase) -> None:
    await book.run(
        "UPDATE following SET wake_at = now() - interval '2 minutes', next_attempt_at = now() - interval '1 hour'"
    )
    assert await book.call(repository.mark_overdue, MINUTE, 10) == 1
    [claimed] = await book.claim()
    assert claimed.after is None


async def test_a_missed_wake_is_told_of_once_a_minute(book: Book, moving: RecordedCase) -> None:
    await book.run(
        "UPDATE following SET wake_at = now() - interval '2 minutes', next_attempt_at = now() - interval '1 hour'"
    )
    await book.call(repository.mark_overdue, MINUTE, 10)
    await book.call(repository.confirm, [(id_of(moving), 2)])
    assert await book.call(repository.mark_overdue, MINUTE, 10) == 0


async def test_a_wake_to_come_is_left_alone(book: Book, moving: RecordedCase) -> None:
    await book.run(
        "UPDATE following SET wake_at = now() + interval '1 hour', next_attempt_at = now() - interval '1 hour'"
    )
    assert await book.call(repository.mark_overdue, MINUTE, 10) == 0


async def test_all_open_cases_are_marked_and_those_that_were_never_marked_too(
    book: Book, launched_cases: list[uuid.UUID]
) -> None:
    await book.call(repository.confirm, [(case, 1) for case in launched_cases])
    await book.run("DELETE FROM following WHERE appraisal_id = :id", id=launched_cases[0])
    assert set(await book.call(repository.mark_all)) == set(launched_cases)
    assert {case.after for case in await book.claim()} == {None}


async def test_only_the_cases_of_a_cycle_are_marked_where_one_is_named(
    book: Book, launched_cases: list[uuid.UUID]
) -> None:
    assert await book.call(repository.mark_all, "another") == []
    assert len(await book.call(repository.mark_all, "2026")) == 3


async def test_a_closed_case_is_not_marked(book: Book, moving: RecordedCase) -> None:
    await moving.act(Trigger.CANCEL, Capacity.HR, PLANNING_OPENS + dt.timedelta(days=1))
    assert await book.call(repository.mark_all) == []


async def test_the_lag_says_how_many_wait_and_since_when(book: Book, launched_cases: list[uuid.UUID]) -> None:
    await book.run("UPDATE following SET marked_at = now() - interval '90 seconds'")
    found = await book.call(reading.lag)
    assert found.cases == 3
    assert 90 <= found.seconds < 100


async def test_nothing_that_waits_is_no_lag(book: Book) -> None:
    found = await book.call(reading.lag)
    assert (found.cases, found.oldest, found.seconds) == (0, None, 0.0)


async def test_overdue_wakes_are_counted(book: Book, launched_cases: list[uuid.UUID]) -> None:
    await book.run("UPDATE following SET wake_at = now() - interval '3 minutes'")
    assert await book.call(reading.overdue_wakes, dt.timedelta(minutes=2)) == 3


async def test_a_damaged_case_is_an_incident_and_no_lag(book: Book, launched_cases: list[uuid.UUID]) -> None:
    await book.run("UPDATE following SET wake_at = now() - interval '3 minutes'")
    await book.call(repository.note_trouble, launched_cases[0], "RulesUnknown")
    assert await book.call(reading.overdue_wakes, dt.timedelta(minutes=2)) == 2


async def test_open_cases_are_told_from_closed_and_unknown_ones(book: Book, moving: RecordedCase) -> None:
    await moving.act(Trigger.CANCEL, Capacity.HR, PLANNING_OPENS + dt.timedelta(days=1))
    other = await new_case(book.database, book.agency, book.agency.employees[1])
    await book.run("UPDATE appraisal SET updated_at = now() - interval '1 hour'")
    asked = [id_of(moving), id_of(other), uuid.uuid4()]
    assert await book.call(reading.open_among, asked, lately=5 * MINUTE) == {id_of(other)}


async def test_a_case_that_was_closed_a_moment_ago_may_still_run(book: Book, moving: RecordedCase) -> None:
    await moving.act(Trigger.CANCEL, Capacity.HR, PLANNING_OPENS + dt.timedelta(days=1))
    assert await book.call(reading.open_among, [id_of(moving)], lately=5 * MINUTE) == {id_of(moving)}


async def test_a_look_puts_the_wake_right_and_only_for_the_event_that_it_saw(
    book: Book, moving: RecordedCase
) -> None:
    wake = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
    await book.call(repository.note_looked, id_of(moving), Position(1, Stage.SCHEDULED, None, wake))
    assert (await book.row(id_of(moving))).wake_at != wake
    await book.call(repository.note_looked, id_of(moving), Position(2, Stage.PLAN_DRAFTING, None, wake))
    assert (await book.row(id_of(moving))).wake_at == wake


async def test_those_that_missed_their_moment_are_looked_after(book: Book, moving: RecordedCase) -> None:
    await book.run("UPDATE following SET wake_at = now() + interval '3 minutes'")
    assert await book.call(reading.wedged_candidates, 10) == []
    await book.run("UPDATE following SET wake_at = now() - interval '3 minutes'")
    assert await book.call(reading.wedged_candidates, 10) == [id_of(moving)]
