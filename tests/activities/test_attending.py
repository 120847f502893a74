"""One look at what is attended to: what is due is done once, with the next moment, in one transaction."""

import asyncio
import datetime as dt
import json
import uuid

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from structlog.testing import capture_logs
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.attending import STEPS, Attend, Attending
from states.codec import Json
from store.attending.kinds import AttendedKind
from store.attending.repository import Attended, begin, set_due
from store.database import create_engine
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.improvements import rows, run

pytestmark = pytest.mark.database

DAY = dt.timedelta(days=1)
SECRET = "Budi Santoso 198001012005011001"


@pytest_asyncio.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


async def attended(database: AsyncEngine, agency: SmallAgency, due_at: dt.datetime) -> uuid.UUID:
    noun = uuid.uuid4()
    async with database.begin() as connection:
        await begin(connection, noun, AttendedKind.SURVEY, agency.cycle, due_at)
        await begin(connection, noun, AttendedKind.SURVEY, agency.cycle, due_at + DAY)
    return noun


async def look(database: AsyncEngine, noun: object, do: Attend) -> Json:
    attending = Attending(database, {AttendedKind.SURVEY: do})
    answer: Json = await ActivityEnvironment().run(attending.attend, {"attended": str(noun)})
    return answer


def answering(*moments: dt.datetime | None) -> tuple[Attend, list[Attended]]:
    """A function that gives these moments in turn, and what it was asked about."""
    left, asked = list(moments), list[Attended]()

    async def do(_connection: AsyncConnection, attended: Attended) -> dt.datetime | None:
        asked.append(attended)
        return left.pop(0)

    return do, asked


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


async def test_before_its_moment_nothing_is_done(database: AsyncEngine, agency: SmallAgency) -> None:
    due = now() + DAY
    do, asked = answering()
    answer = await look(database, await attended(database, agency, due), do)
    assert (answer["state"], dt.datetime.fromisoformat(answer["due"]), asked) == ("waits", due, [])


async def test_what_is_due_is_done_and_the_next_moment_is_kept(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    following = now() + DAY
    noun = await attended(database, agency, now() - DAY)
    do, asked = answering(following)
    answer = await look(database, noun, do)
    assert dt.datetime.fromisoformat(answer["due"]) == following
    assert await look(database, noun, do) == answer
    assert [each.id for each in asked] == [noun]


async def test_what_has_nothing_left_to_do_ends_and_is_never_asked_again(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    noun = await attended(database, agency, now() - DAY)
    do, asked = answering(None)
    assert await look(database, noun, do) == await look(database, noun, do) == {"state": "ended"}
    assert len(asked) == 1
    (row,) = await rows(database, "SELECT * FROM attended")
    assert row.ended_at is not None


async def test_what_was_missed_is_caught_up_at_once_and_not_without_end(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    noun = await attended(database, agency, now() - 100 * DAY)
    late = [now() - days * DAY for days in range(99, 0, -1)]
    do, asked = answering(*late)
    answer = await look(database, noun, do)
    assert (len(asked), answer["state"]) == (STEPS, "waits")
    assert dt.datetime.fromisoformat(answer["due"]) < now()


async def test_business_time_decides_and_the_engine_is_told_the_real_moment(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    real, business = now(), dt.datetime(2031, 5, 1, 3, tzinfo=dt.UTC)
    clock = json.dumps([[real.isoformat(), business.isoformat(), 60.0]])
    await run(database, "UPDATE cycle SET rehearsal = true, clock = CAST(:clock AS jsonb)", clock=clock)
    noun = await attended(database, agency, business)
    do, asked = answering(business + dt.timedelta(hours=1))
    answer = await look(database, noun, do)
    assert business <= asked[0].now < business + DAY
    wait = dt.datetime.fromisoformat(answer["due"]) - real
    assert abs(wait - dt.timedelta(minutes=1)) < dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    "noun", (uuid.uuid4(), "", "survey", "' OR 1=1", "../../etc", "00000000-0000-0000-0000-00000000000g")
)
async def test_what_is_not_on_record_has_ended(database: AsyncEngine, noun: object) -> None:
    do, asked = answering()
    assert (await look(database, noun, do), asked) == ({"state": "ended"}, [])


async def test_what_fails_leaves_nothing_behind_and_tells_nothing_of_it(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    noun = await attended(database, agency, now() - DAY)

    async def broken(connection: AsyncConnection, attended: Attended) -> dt.datetime | None:
        await connection.execute(text("UPDATE person SET name = 'Lain'"))
        raise ValueError(SECRET)

    with capture_logs() as logged, pytest.raises(ApplicationError) as failed:
        await look(database, noun, broken)
    assert SECRET not in f"{failed.value!r} {failed.value.details} {failed.value.__cause__} {logged}"
    assert [line["event"] for line in logged] == ["not_attended"]
    assert await rows(database, "SELECT name FROM person WHERE name = 'Lain'") == []
    (row,) = await rows(database, "SELECT * FROM attended")
    assert (row.ended_at, row.due_at < now()) == (None, True)


async def test_a_kind_that_this_version_does_not_know_is_a_failure_and_not_an_end(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    noun = await attended(database, agency, now() - DAY)
    attending = Attending(database, {})
    with pytest.raises(ApplicationError):
        await ActivityEnvironment().run(attending.attend, {"attended": str(noun)})


async def test_a_database_that_is_away_is_no_damage(database: AsyncEngine) -> None:
    away = create_engine("postgresql+asyncpg://nobody@127.0.0.1:1/none")
    with capture_logs() as logged, pytest.raises(OSError, match="onnect"):
        await look(away, uuid.uuid4(), answering()[0])
    assert logged == []
    await away.dispose()


async def test_two_who_look_at_once_do_it_once(database: AsyncEngine, agency: SmallAgency) -> None:
    noun = await attended(database, agency, now() - DAY)
    do, asked = answering(None, None)
    attending = Attending(database, {AttendedKind.SURVEY: do})
    answers = await asyncio.gather(*(attending.attend({"attended": str(noun)}) for _ in range(3)))
    assert answers == [{"state": "ended"}] * 3
    assert len(asked) == 1


async def test_what_ended_stays_ended(database: AsyncEngine, agency: SmallAgency) -> None:
    noun = await attended(database, agency, now() - DAY)
    async with database.begin() as connection:
        await set_due(connection, noun, None)
        await set_due(connection, noun, now() + DAY)
    (row,) = await rows(database, "SELECT * FROM attended")
    assert row.ended_at is not None
    assert await look(database, noun, answering()[0]) == {"state": "ended"}
