"""Outcomes are written many at once, and read by page, by outcome and by reason."""

import uuid

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from states.decide import launched
from store.appraisal.launching import Entrant, appraisal_id, create
from store.launch import reading
from store.launch.outcomes import FailReason, Outcome
from store.launch.reading import LaunchResult, Wanted, every_result, result_totals, results
from store.launch.recording import PersonOutcome, note_earlier, record_outcomes, tally
from tests.fixtures.agency import SmallAgency, build_agency
from tests.store.cycle.test_obstacles import NOW

pytestmark = pytest.mark.database


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=6)


async def recorded(database: AsyncEngine, agency: SmallAgency, *employees: uuid.UUID) -> list[uuid.UUID]:
    entrants = [
        Entrant(each, agency.unit, launched(employee=str(each), year=2026, now=NOW, rules=agency.rules))
        for each in employees
    ]
    async with database.begin() as transaction:
        await create(transaction, agency.cycle, entrants)
    return [appraisal_id(agency.cycle, employee) for employee in employees]


async def note(
    database: AsyncEngine, agency: SmallAgency, *outcomes: PersonOutcome, launch: str = "first"
) -> None:
    async with database.begin() as transaction:
        await record_outcomes(transaction, agency.cycle, launch, outcomes)


async def page(
    database: AsyncEngine, agency: SmallAgency, wanted: Wanted = reading.ALL
) -> dict[uuid.UUID, LaunchResult]:
    async with database.connect() as connection:
        found = await results(connection, agency.cycle, wanted, after=None, limit=100)
    return {result.person: result for result in found}


async def test_what_became_of_many_is_written_in_one_statement(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    first, second = await recorded(database, agency, *agency.employees[:2])
    await note(
        database,
        agency,
        PersonOutcome(agency.employees[0], Outcome.STARTED, "", first),
        PersonOutcome(agency.employees[1], Outcome.ALREADY, "", second),
        PersonOutcome(agency.employees[2], Outcome.FAILED, FailReason.CALENDAR_UNKNOWN),
        PersonOutcome(agency.head, Outcome.SKIPPED, "no_rater"),
    )
    found = await page(database, agency)
    assert {person: (each.outcome, each.reason, each.appraisal) for person, each in found.items()} == {
        agency.employees[0]: (Outcome.STARTED, "", first),
        agency.employees[1]: (Outcome.ALREADY, "", second),
        agency.employees[2]: (Outcome.FAILED, "calendar_unknown", None),
        agency.head: (Outcome.SKIPPED, "no_rater", None),
    }


async def test_a_later_launch_replaces_what_an_earlier_one_noted(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    (appraisal,) = await recorded(database, agency, agency.employee)
    await note(database, agency, PersonOutcome(agency.employee, Outcome.SKIPPED, "superior_loop"))
    await note(
        database, agency, PersonOutcome(agency.employee, Outcome.STARTED, "", appraisal), launch="second"
    )
    assert (await page(database, agency))[agency.employee].outcome is Outcome.STARTED


async def test_an_attempt_that_comes_late_does_not_unsay_that_somebody_runs(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    (appraisal,) = await recorded(database, agency, agency.employee)
    await note(database, agency, PersonOutcome(agency.employee, Outcome.STARTED, "", appraisal))
    await note(database, agency, PersonOutcome(agency.employee, Outcome.FAILED, FailReason.CALENDAR_UNKNOWN))
    assert (await page(database, agency))[agency.employee].outcome is Outcome.STARTED


async def test_a_failure_is_replaced_by_the_success_of_the_next_attempt(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    (appraisal,) = await recorded(database, agency, agency.employee)
    await note(database, agency, PersonOutcome(agency.employee, Outcome.FAILED, FailReason.CALENDAR_UNKNOWN))
    await note(database, agency, PersonOutcome(agency.employee, Outcome.STARTED, "", appraisal))
    found = (await page(database, agency))[agency.employee]
    assert (found.outcome, found.reason, found.appraisal) == (Outcome.STARTED, "", appraisal)


async def test_whoever_runs_without_a_launch_having_said_so_ran_already(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    ids = await recorded(database, agency, *agency.employees[:3])
    await note(database, agency, PersonOutcome(agency.employees[0], Outcome.STARTED, "", ids[0]))
    await note(database, agency, PersonOutcome(agency.employees[1], Outcome.SKIPPED, "no_rater"))
    async with database.begin() as connection:
        await note_earlier(connection, agency.cycle)
    found = await page(database, agency)
    assert {person: each.outcome for person, each in found.items()} == {
        agency.employees[0]: Outcome.STARTED,
        agency.employees[1]: Outcome.ALREADY,
        agency.employees[2]: Outcome.ALREADY,
    }


async def test_a_launch_is_counted_by_outcome_and_reason_between_two_people(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    people = sorted(agency.employees)
    await note(database, agency, PersonOutcome(people[0], Outcome.SKIPPED, "no_rater"), launch="earlier")
    await note(
        database,
        agency,
        *(PersonOutcome(person, Outcome.SKIPPED, "no_rater") for person in people[1:4]),
        PersonOutcome(people[4], Outcome.SKIPPED, "superior_loop"),
        PersonOutcome(people[5], Outcome.FAILED, FailReason.CALENDAR_UNKNOWN),
    )
    async with database.connect() as connection:
        whole = await tally(connection, agency.cycle, "first")
        part = await tally(connection, agency.cycle, "first", after=people[1], until=people[4])
    assert whole.skipped == {"no_rater": 3, "superior_loop": 1}
    assert whole.failed == {"calendar_unknown": 1}
    assert whole.people == 5
    assert part.skipped == {"no_rater": 2, "superior_loop": 1}
    assert part.people == 3


async def test_results_are_read_by_outcome_and_by_reason(database: AsyncEngine, agency: SmallAgency) -> None:
    await note(
        database,
        agency,
        PersonOutcome(agency.employees[0], Outcome.SKIPPED, "no_rater"),
        PersonOutcome(agency.employees[1], Outcome.SKIPPED, "superior_loop"),
        PersonOutcome(agency.employees[2], Outcome.FAILED, FailReason.CALENDAR_UNKNOWN),
    )
    assert set(await page(database, agency, Wanted(Outcome.SKIPPED))) == set(agency.employees[:2])
    assert set(await page(database, agency, Wanted(reason="superior_loop"))) == {agency.employees[1]}
    assert set(await page(database, agency, Wanted(Outcome.FAILED, "no_rater"))) == set()
    async with database.connect() as connection:
        totals = await result_totals(connection, agency.cycle)
    assert [(total.outcome, total.reason, total.people) for total in totals] == [
        (Outcome.FAILED, "calendar_unknown", 1),
        (Outcome.SKIPPED, "no_rater", 1),
        (Outcome.SKIPPED, "superior_loop", 1),
    ]


async def test_all_results_come_in_pieces_and_everybody_once(
    database: AsyncEngine, agency: SmallAgency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "ROWS_AT_ONCE", 2)
    await note(
        database,
        agency,
        *(PersonOutcome(person, Outcome.SKIPPED, "no_rater") for person in agency.employees),
    )
    pieces = [piece async for piece in every_result(database, agency.cycle)]
    assert [len(piece) for piece in pieces] == [2, 2, 2]
    people = [result.person for piece in pieces for result in piece]
    assert people == sorted(agency.employees)


async def test_the_results_of_another_cycle_are_not_among_them(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    other = await build_agency(database, name="Kabupaten Contoh")
    await note(database, other, PersonOutcome(other.employee, Outcome.SKIPPED, "no_rater"))
    assert await page(database, agency) == {}


@pytest.mark.parametrize(
    ("outcome", "reason"), ((Outcome.SKIPPED, ""), (Outcome.STARTED, "no_rater")), ids=("none", "needless")
)
async def test_who_is_missing_has_a_reason_and_nobody_else(
    database: AsyncEngine, agency: SmallAgency, outcome: Outcome, reason: str
) -> None:
    with pytest.raises(IntegrityError):
        await note(database, agency, PersonOutcome(agency.employee, outcome, reason))
