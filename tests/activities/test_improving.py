"""A time to improve begins by itself, asks for what is due on its days, and ends, on a real PostgreSQL."""

import asyncio
import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from service.temporal.beginning_improvements import ImprovementBeginning
from states.stages import Stage
from store.incident.kinds import IncidentKind
from store.incident.reading import incidents
from tests.fixtures.improvements import (
    NOW,
    attend,
    begun,
    finalised,
    improving_division,
    on,
    rows,
    run,
)
from tests.fixtures.rated import Division, Rated, put_on_record

pytestmark = pytest.mark.database

ROOT = Path(__file__).parents[2]
DAY = dt.timedelta(days=1)


@pytest_asyncio.fixture
async def division(database: AsyncEngine) -> Division:
    return await improving_division(database)


@pytest_asyncio.fixture
async def track(database: AsyncEngine, division: Division) -> Any:
    """The one time to improve of the first employee."""
    await finalised(database, division, "poor")
    (track,) = await begun(database)
    return track


async def told(database: AsyncEngine, template: str) -> list[Any]:
    return await rows(
        database,
        "SELECT * FROM notice WHERE template = :template AND channel = 'email' ORDER BY occurrence, recipient_id",
        template=template,
    )


async def test_it_begins_the_day_after_a_poor_result_has_become_final_and_lasts_six_months(
    database: AsyncEngine, division: Division
) -> None:
    await finalised(database, division, "very_poor", "good", "needs_improvement")
    (track,) = await begun(database)
    (final,) = await rows(
        database,
        "SELECT CAST(entered_at AT TIME ZONE 'Asia/Jakarta' AS date) FROM appraisal WHERE id = :id",
        id=track.appraisal_id,
    )
    assert track.starts_on == final[0] + DAY
    assert (track.ends_on + DAY).day == track.starts_on.day or track.ends_on.day < track.starts_on.day
    assert 180 <= (track.ends_on - track.starts_on).days <= 184
    assert (track.rule, track.closed_at) == ("others", None)
    (attended,) = await rows(database, "SELECT * FROM attended")
    assert (attended.id, attended.kind) == (track.id, "improvement")


async def test_a_high_leader_has_it_already_after_the_middle_predicate(
    database: AsyncEngine, division: Division
) -> None:
    await run(database, "UPDATE person SET echelon = '21' WHERE id = :id", id=division.staff[0])
    await finalised(database, division, "needs_improvement", "needs_improvement")
    (track,) = await begun(database)
    assert track.rule == "leaders"


@pytest.mark.parametrize(
    "stage", [stage for stage in Stage if stage in (Stage.RESPONSE, Stage.OBJECTION_REVIEW, Stage.REPORTING)]
)
async def test_nothing_begins_before_the_result_is_final(
    database: AsyncEngine, division: Division, stage: Stage
) -> None:
    await put_on_record(database, division, [Rated(division.staff[0], "poor", stage=stage)])
    assert await begun(database) == []


async def test_nothing_follows_from_words_or_for_somebody_who_has_left(
    database: AsyncEngine, division: Division
) -> None:
    await run(database, "UPDATE person SET legal_standing = '99' WHERE id = :id", id=division.staff[1])
    await finalised(database, division, None, "poor")
    assert await begun(database) == []


async def test_of_several_periods_of_a_year_the_last_one_counts(
    database: AsyncEngine, division: Division
) -> None:
    who = division.staff[0]
    cases = [
        Rated(who, predicate, stage=Stage.FINALISED, period=period)
        for period, predicate in ((1, "poor"), (2, "good"))
    ]
    await put_on_record(database, division, cases)
    assert await begun(database) == []


async def test_what_was_recorded_a_moment_ago_waits_for_the_next_look(
    database: AsyncEngine, division: Division
) -> None:
    await finalised(database, division, "poor")
    assert await ImprovementBeginning(database).look() == 0
    assert await ImprovementBeginning(database, settling=NOW).look() == 1
    assert await ImprovementBeginning(database, settling=NOW).look() == 0


async def test_many_are_looked_at_batch_by_batch_each_once(database: AsyncEngine, division: Division) -> None:
    await finalised(database, division, "poor", "good", "very_poor")
    small = ImprovementBeginning(database, settling=NOW, batch=2)
    assert [await small.look() for _ in range(3)] == [2, 1, 0]
    assert len(await begun(database)) == 2


async def test_two_who_look_at_once_begin_it_once(database: AsyncEngine, division: Division) -> None:
    await finalised(database, division, "poor", "poor", "poor")
    lookers = [ImprovementBeginning(database, settling=NOW) for _ in range(4)]
    await asyncio.gather(*(each.look() for each in lookers))
    assert len(await begun(database)) == 3


async def test_each_case_has_one_although_a_worker_was_killed_while_it_began(
    database: AsyncEngine, database_url: str, division: Division
) -> None:
    await finalised(database, division, "poor", "very_poor", "poor")
    command = (sys.executable, "-m", "tests.activities.beginning_process", database_url)
    killed = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert killed.stdout is not None
    async with asyncio.timeout(60):
        while b"written" not in await killed.stdout.readline():
            pass
    # Nobody else looks meanwhile, and nothing of it is on record.
    assert await ImprovementBeginning(database, settling=NOW).look() == 0
    killed.kill()
    await killed.wait()
    assert await rows(database, "SELECT * FROM improvement") == []
    async with asyncio.timeout(30):
        while not await ImprovementBeginning(database, settling=NOW).look():  # noqa: ASYNC110  # its lock ends with it
            await asyncio.sleep(0.05)
    assert len(await begun(database)) == 3
    assert len(await rows(database, "SELECT * FROM attended")) == 3


async def test_a_case_that_becomes_final_again_has_one_time_to_improve(
    database: AsyncEngine, track: Any
) -> None:
    await run(database, "UPDATE appraisal SET updated_at = now(), entered_at = now()")
    assert [each.id for each in await begun(database)] == [track.id]
    assert len(await rows(database, "SELECT * FROM attended")) == 1


async def test_its_beginning_is_told_to_the_employee_the_rater_and_personnel_officers(
    database: AsyncEngine, division: Division, track: Any
) -> None:
    assert await attend(database, track.id) == "waits"
    assert await told(database, "improvement_began") == []
    await on(database, division, track.starts_on)
    await attend(database, track.id)
    await attend(database, track.id)
    agency = division.agency
    told_to = {each.recipient_id for each in await told(database, "improvement_began")}
    assert told_to == {division.staff[0], agency.rater, agency.officer}
    assert {each.due_on for each in await told(database, "improvement_began")} == {track.ends_on}


async def test_every_month_asks_employee_and_rater_for_coaching_and_the_test_is_asked_of_officers(
    database: AsyncEngine, division: Division, track: Any
) -> None:
    day = track.starts_on
    while day <= track.ends_on:
        await on(database, division, day)
        assert await attend(database, track.id) == "waits"
        day += 5 * DAY
    await on(database, division, track.ends_on)
    await attend(database, track.id)
    reminded = await told(database, "improvement_reminder")
    assert {each.recipient_id for each in reminded} == {division.staff[0], division.agency.rater}
    assert sorted({each.occurrence for each in reminded}) == [1, 2, 3, 4, 5]
    asked = await told(database, "improvement_test_due")
    assert [(each.recipient_id, each.occurrence) for each in asked] == [
        (division.agency.officer, 1),
        (division.agency.officer, 2),
    ]


async def test_what_was_missed_for_long_is_asked_for_once_by_its_latest_step(
    database: AsyncEngine, division: Division, track: Any
) -> None:
    await on(database, division, track.ends_on + 100 * DAY)
    assert await attend(database, track.id) == "waits"
    assert len(await told(database, "improvement_began")) == 3
    assert {each.occurrence for each in await told(database, "improvement_reminder")} == {5}
    assert [each.occurrence for each in await told(database, "improvement_test_due")] == [5]


async def test_after_six_reminders_nobody_is_asked_any_more_and_it_is_an_incident(
    database: AsyncEngine, division: Division, track: Any
) -> None:
    agency = division.agency.agency
    for days in range(0, 210, 30):
        await on(database, division, track.ends_on + days * DAY)
        assert await attend(database, track.id) == "waits"
    assert len(await told(database, "improvement_test_due")) == 7
    async with database.connect() as connection:
        assert await _missing(connection, agency) == []
    await on(database, division, track.ends_on + 210 * DAY)
    assert await attend(database, track.id) == "ended"
    async with database.connect() as connection:
        (incident,) = await _missing(connection, agency)
    assert incident.appraisal_id == track.appraisal_id
    assert incident.since.date() == track.ends_on + 210 * DAY
    assert len(await told(database, "improvement_test_due")) == 7


async def _missing(connection: Any, agency: Any) -> list[Any]:
    found = await incidents(
        connection, agency, dt.datetime.now(dt.UTC), kind=IncidentKind.TEST_MISSING, after=None, limit=9
    )
    return list(found)


async def test_it_ends_by_itself_for_somebody_who_has_left_for_good(
    database: AsyncEngine, division: Division, track: Any
) -> None:
    await on(database, division, track.starts_on)
    await attend(database, track.id)
    await run(database, "UPDATE person SET legal_standing = '98' WHERE id = :id", id=division.staff[0])
    await on(database, division, track.starts_on + 40 * DAY)
    assert await attend(database, track.id) == "ended"
    assert await told(database, "improvement_reminder") == []
    (outcome,) = await rows(database, "SELECT * FROM improvement_outcome")
    assert (outcome.kind, outcome.revision, outcome.by_id) == ("left", 1, None)
    (track,) = await begun(database)
    assert track.closed_at is not None


async def test_leave_of_absence_ends_nothing(database: AsyncEngine, division: Division, track: Any) -> None:
    await run(database, "UPDATE person SET legal_standing = '02' WHERE id = :id", id=division.staff[0])
    await on(database, division, track.starts_on + 40 * DAY)
    assert await attend(database, track.id) == "waits"
