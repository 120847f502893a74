"""A page of a launch: one transaction on the record, to be repeated by whoever takes it up."""

import asyncio
import dataclasses
import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import Row, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.testing import ActivityEnvironment

from activities.launching import Launching
from schemes.loading import builtin_scheme
from states.clock import IDENTITY
from states.codec import Json, load_appraisal
from states.following import wake_at
from states.triggers import RatingBasis
from store.appraisal.launching import appraisal_id
from store.base import new_id
from store.launch.outcomes import FailReason, Outcome
from tests.fixtures.agency import SmallAgency, build_agency
from tests.workflows.launches import NEXT_YEAR

pytestmark = pytest.mark.database

EVERYBODY, UNRATED = 8, 1


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    """Eight people, of whom the head has no rater."""
    return await build_agency(database, employees=3, year=NEXT_YEAR)


async def page(database: AsyncEngine, agency: SmallAgency, *, attempt: int = 1, **request: Any) -> Json:
    """What a page comes to; of everybody unless ``request`` says otherwise."""
    environment = ActivityEnvironment()
    environment.info = dataclasses.replace(environment.info, attempt=attempt)
    given = {"cycle": str(agency.cycle), "launch": "a launch", "limit": 100} | request
    answer: Json = await environment.run(Launching(database).launch_chunk, given)
    return answer


async def done(database: AsyncEngine, agency: SmallAgency) -> Json:
    """What the whole launch came to."""
    request = {"cycle": str(agency.cycle), "launch": "a launch"}
    answer: Json = await ActivityEnvironment().run(Launching(database).launch_done, request)
    counted: Json = answer["outcomes"]
    return counted


async def noted(database: AsyncEngine, person: uuid.UUID) -> tuple[str, str]:
    """Outcome and reason of somebody."""
    async with database.connect() as connection:
        row = (
            await connection.execute(
                text("SELECT outcome, reason FROM launch_outcome WHERE person_id = :id"), {"id": person}
            )
        ).one()
    return row.outcome, row.reason


async def on_record(database: AsyncEngine) -> dict[str, int]:
    """How many rows a launch has written, by table."""
    tables = ("appraisal", "event", "following", "launch_outcome")
    async with database.connect() as connection:
        return {name: await connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0 for name in tables}


async def followed(database: AsyncEngine, person: uuid.UUID) -> Row[Any]:
    """The appraisal of somebody, with what the engine is to be told of it."""
    async with database.connect() as connection:
        return (
            await connection.execute(
                text("""
                    SELECT appraisal.*, following.sequence AS told_to, followed, wake_at, attempts
                    FROM appraisal JOIN following ON following.appraisal_id = appraisal.id
                    WHERE employee_id = :id"""),
                {"id": person},
            )
        ).one()


async def run(database: AsyncEngine, statement: str, **parameters: Any) -> None:
    async with database.begin() as connection:
        await connection.execute(text(statement), parameters)


@pytest.mark.parametrize(
    ("nip", "since", "began_on"),
    (
        (f"20000312{NEXT_YEAR}031001", dt.date(NEXT_YEAR, 3, 15), dt.date(NEXT_YEAR, 3, 15)),
        (f"19900312{NEXT_YEAR}211001", dt.date(NEXT_YEAR, 6, 1), dt.date(NEXT_YEAR, 6, 1)),
        (f"20000312{NEXT_YEAR}031001", dt.date(NEXT_YEAR, 1, 1), None),
        (f"20000312{NEXT_YEAR}031001", None, None),
        ("199003122015031001", dt.date(NEXT_YEAR, 3, 15), None),
    ),
    ids=("CPNS", "PPPK", "from the first day", "no day known", "promoted in the year"),
)
async def test_the_period_of_whoever_was_appointed_within_the_year_begins_with_his_duty(
    database: AsyncEngine, agency: SmallAgency, nip: str, since: dt.date | None, began_on: dt.date | None
) -> None:
    """PP 30/2019 art 64(1): a CPNS is appraised like everybody else, from the day of the letter of duty (SPMT)."""
    await run(
        database,
        "UPDATE person SET nip = :nip, post_since = :since WHERE id = :id",
        nip=nip,
        since=since,
        id=agency.employee,
    )
    await page(database, agency)
    row = await followed(database, agency.employee)
    assert row.period_from == began_on
    assert load_appraisal(row.snapshot).period_began_on == began_on


ONCE = {"appraisal": 7, "event": 7, "following": 7, "launch_outcome": EVERYBODY}


@pytest.mark.parametrize("known", (True, False), ids=("the scheme knows the path", "it does not"))
async def test_whoever_studies_is_launched_on_the_academic_record_if_the_scheme_knows_it(
    database: AsyncEngine, known: bool
) -> None:
    """PP 30/2019 art 43."""
    book = builtin_scheme("nasional")
    if not known:
        book = book.model_copy(update={"version": 90, "paths": {}})
    agency = await build_agency(database, year=NEXT_YEAR, book=book)
    await run(database, "UPDATE person SET legal_standing = '03' WHERE id = :id", id=agency.employee)
    await page(database, agency)
    snapshot = load_appraisal((await followed(database, agency.employee)).snapshot)
    assert snapshot.basis is (RatingBasis.ACADEMIC_RECORD if known else None)
    assert load_appraisal((await followed(database, agency.rater)).snapshot).basis is None


async def test_everybody_of_a_page_is_on_record_and_counted(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    answer = await page(database, agency)
    assert answer == {
        "seen": EVERYBODY,
        "started": EVERYBODY - UNRATED,
        "already": 0,
        "skipped": {"no_rater": UNRATED},
        "failed": [],
        "after": None,
    }
    assert await on_record(database) == ONCE
    assert await noted(database, agency.rater) == (Outcome.STARTED, "")
    assert await noted(database, agency.head) == (Outcome.SKIPPED, "no_rater")


async def test_an_appraisal_is_started_once_it_is_on_record_and_the_engine_is_to_follow_it(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await page(database, agency)
    row = await followed(database, agency.employee)
    assert row.id == appraisal_id(agency.cycle, agency.employee)
    assert row.started_at is not None
    assert (row.sequence, row.told_to, row.followed, row.attempts) == (1, 1, None, 0)
    launched_at = load_appraisal(row.snapshot).entered_at
    assert row.wake_at == wake_at(load_appraisal(row.snapshot), agency.rules, IDENTITY, launched_at)
    assert row.wake_at is not None


async def test_in_a_rehearsal_appraisals_begin_and_wake_by_the_clock_of_the_cycle(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    business = dt.datetime(NEXT_YEAR, 3, 1, tzinfo=dt.UTC)
    now = dt.datetime.now(dt.UTC)
    await run(
        database,
        "UPDATE cycle SET rehearsal = true, clock = CAST(:clock AS jsonb)",
        clock=f'[["{now.isoformat()}", "{business.isoformat()}", 1.0]]',
    )
    await page(database, agency)
    row = await followed(database, agency.employee)
    assert dt.timedelta() <= row.entered_at - business < dt.timedelta(minutes=1)
    # Planning has been open since January of that year.
    assert row.wake_at < now + dt.timedelta(days=1)


async def test_a_page_is_on_record_as_a_whole_or_not_at_all(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await run(
        database,
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE 'the last statement of a page fails'; END $$
        """,
    )
    await run(database, "CREATE TRIGGER refuse BEFORE INSERT ON launch_outcome EXECUTE FUNCTION refuse()")
    with pytest.raises(DBAPIError):
        await page(database, agency)
    assert set((await on_record(database)).values()) == {0}
    await run(database, "DROP TRIGGER refuse ON launch_outcome")
    assert (await page(database, agency, attempt=2))["started"] == EVERYBODY - UNRATED
    assert await on_record(database) == ONCE


async def test_a_page_whose_worker_died_after_the_commit_is_counted_the_same_when_it_is_repeated(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    first = await page(database, agency, attempt=1)
    before = await followed(database, agency.employee)
    assert await page(database, agency, attempt=2) == first
    assert await followed(database, agency.employee) == before
    assert await on_record(database) == ONCE


async def test_an_attempt_that_was_taken_for_dead_and_the_next_one_start_nobody_twice(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    answers = await asyncio.gather(*(page(database, agency, attempt=attempt) for attempt in range(1, 5)))
    assert {answer["started"] for answer in answers} == {EVERYBODY - UNRATED}
    assert await on_record(database) == ONCE
    assert (await done(database, agency))["started"] == EVERYBODY - UNRATED


async def test_a_page_that_overlaps_with_another_starts_nobody_twice(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    people = sorted((agency.rater, *agency.employees))
    await asyncio.gather(
        page(database, agency, who={"people": [str(each) for each in people[:3]]}),
        page(database, agency, who={"people": [str(each) for each in people[1:]]}),
    )
    assert await on_record(database) == dict.fromkeys(ONCE, 4)


async def test_a_unit_whose_zone_nobody_knows_keeps_nobody_else_of_the_page_back(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    unit = new_id()
    await run(
        database,
        "INSERT INTO unit (id, agency_id, code, name, kind, zone) "
        "VALUES (:id, :agency, 'U2', 'B', '', 'Asia/Nowhere')",
        id=unit,
        agency=agency.agency,
    )
    await run(database, "UPDATE person SET unit_id = :unit WHERE id = :id", unit=unit, id=agency.employee)
    answer = await page(database, agency)
    assert (answer["started"], answer["failed"]) == (6, [FailReason.CALENDAR_UNKNOWN])
    assert answer["seen"] == EVERYBODY
    assert await noted(database, agency.employee) == (Outcome.FAILED, FailReason.CALENDAR_UNKNOWN)
    assert await noted(database, agency.rater) == (Outcome.STARTED, "")

    await run(database, "UPDATE unit SET zone = 'Asia/Makassar' WHERE id = :id", id=unit)
    again = await page(database, agency, launch="another launch")
    assert (again["started"], again["failed"]) == (1, [])
    assert await on_record(database) == ONCE


async def test_whoever_came_on_record_without_a_launch_ran_already(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await page(database, agency)
    await run(database, "DELETE FROM launch_outcome WHERE person_id = :id", id=agency.employee)
    assert (await page(database, agency, launch="another launch"))["seen"] == UNRATED
    await done(database, agency)
    assert await noted(database, agency.employee) == (Outcome.ALREADY, "")
    assert await on_record(database) == ONCE


async def test_a_page_that_has_grown_since_it_was_cut_is_launched_in_parts(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    people = sorted(
        (agency.head, agency.director, agency.superior, agency.rater, agency.officer, *agency.employees)
    )
    first = await page(database, agency, limit=3, until=str(people[4]))
    assert (first["seen"], first["after"]) == (3, str(people[2]))
    rest = await page(database, agency, limit=3, until=str(people[4]), after=first["after"])
    assert (rest["seen"], rest["after"]) == (2, None)


async def test_a_page_is_heard_of_while_it_runs(database: AsyncEngine, agency: SmallAgency) -> None:
    beats: list[object] = []
    environment = ActivityEnvironment()
    environment.on_heartbeat = lambda *details: beats.append(details)
    request = {"cycle": str(agency.cycle), "launch": "a launch", "limit": 100}
    await environment.run(Launching(database).launch_chunk, request)
    assert beats
