"""A year of an invented agency on the real engine, in seconds; its driver and its API are ended in the middle."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from sqlalchemy import text

from notifications.addressing import REHEARSAL_DOMAIN
from service.audit.verifying import first_break
from service.rehearsal.cycle import usual_driver
from service.rehearsal.driving import Doings
from store.appraisal.auditing import Scope, audited
from store.cycle.outcomes import (
    daily_messages,
    deadline_counts,
    messages,
    notice_counts,
    notices_waiting,
    open_cases,
    outcomes,
)
from store.cycle.rehearsing import RehearsedCycle
from tests.service.rehearsal.conftest import Venue

pytestmark = [pytest.mark.database, pytest.mark.engine]

PEOPLE = 12
APPRAISED = PEOPLE - 1
"""The head of the agency is rated by somebody outside."""

MIDDLE = dt.datetime(2026, 7, 20, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Year:
    """What the first driver did until the middle of the year, and the second one afterwards."""

    cycle: RehearsedCycle
    first: Doings
    second: Doings


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def year(venue: Venue) -> AsyncIterator[Year]:
    cycle = await venue.rehearsal(PEOPLE, seconds=30)
    arguments = venue.database, cycle.id, venue.api.url, venue.signer
    async with asyncio.timeout(150):
        async with usual_driver(*arguments) as driver:
            await driver.run(lambda: driver.business_now >= MIDDLE)
            first = driver.doings
        async with usual_driver(*arguments) as driver:
            going_on = asyncio.create_task(driver.run(lambda: driver.all_closed))
            await asyncio.sleep(1)
            await venue.api.stop()
            await asyncio.sleep(0.5)
            await venue.api.start()
            await going_on
            second = driver.doings
        while await _waiting(venue, cycle):  # noqa: ASYNC110  # the relay tells nobody
            await asyncio.sleep(0.2)
    yield Year(cycle, first, second)


async def _waiting(venue: Venue, cycle: RehearsedCycle) -> int:
    async with venue.database.connect() as connection:
        return await notices_waiting(connection, cycle.id)


async def test_every_case_is_closed(venue: Venue, year: Year) -> None:
    async with venue.database.connect() as connection:
        assert await open_cases(connection, year.cycle.id, dt.datetime.now(dt.UTC)) == []
        ended = dict(await outcomes(connection, year.cycle.id))
    assert sum(ended.values()) == APPRAISED
    assert set(ended) <= {
        "agreed", "countersigned", "upheld", "changed", "inadmissible", "withdrawn", "cancelled",
    }  # fmt: skip


async def test_the_record_is_whole(venue: Venue, year: Year) -> None:
    records = [record async for record in audited(venue.database, Scope(cycle=str(year.cycle.id)))]
    assert len(records) == APPRAISED
    assert [first_break(record) for record in records] == [None] * APPRAISED


async def test_what_was_acknowledged_is_there_once(venue: Venue, year: Year) -> None:
    done = await venue.numbers(
        """
        SELECT event.body ->> 'trigger', count(*) FROM event JOIN appraisal ON appraisal.id = event.appraisal_id
        WHERE cycle_id = :cycle AND command_id LIKE 'gladi-%' AND kind = 'acted' AND actor_id IS NOT NULL GROUP BY 1
        """,
        year.cycle,
    )
    assert done == dict(year.first.acted + year.second.acted)


# What time had caused until a command came is on record under the command's id, too, by nobody.
async def test_no_command_is_recorded_twice(venue: Venue, year: Year) -> None:
    doubled = await venue.numbers(
        """
        SELECT command_id, count(*) FROM event JOIN appraisal ON appraisal.id = event.appraisal_id
        WHERE cycle_id = :cycle AND kind = 'acted' AND command_id LIKE 'gladi-%' AND actor_id IS NOT NULL
        GROUP BY command_id, event.appraisal_id HAVING count(DISTINCT body ->> 'trigger') > 1
        """,
        year.cycle,
    )
    assert doubled == {}


async def test_both_drivers_had_their_part_of_the_year(year: Year) -> None:
    assert year.first.acted["submit_plan"] > 0
    assert year.first.acted["rate"] == 0
    assert year.second.acted["rate"] > 0


async def test_no_scripted_action_is_refused_again_and_again(year: Year) -> None:
    assert year.first.given_up == {}
    assert year.second.given_up == {}


async def test_mail_goes_to_the_addresses_of_the_rehearsal_only(venue: Venue, year: Year) -> None:
    addresses = [address for address, _ in venue.postbox.received]
    assert addresses
    assert {address.rpartition("@")[2] for address in addresses} == {REHEARSAL_DOMAIN}


async def test_the_summary_counts_what_was_sent(venue: Venue, year: Year) -> None:
    async with venue.database.connect() as connection:
        notices = await notice_counts(connection, year.cycle.id)
        people = await messages(connection, year.cycle.id)
    assert people.sent == len(venue.postbox.received)
    assert sum(each.sent for each in notices) >= people.sent
    assert all(each.written == each.sent + each.cancelled for each in notices)
    assert 0 < people.median <= people.most <= people.sent


async def test_no_supervisor_gets_more_than_two_mails_a_day(venue: Venue, year: Year) -> None:
    async with venue.database.connect() as connection:
        days = {each.role: each for each in await daily_messages(connection, year.cycle.id)}
    print()
    for each in days.values():
        print(f"{each.role}: {each.people} people, {each.messages} mails, a day {each.median} in the middle, "
              f"{each.most} at most; notices a day {each.median_notices} and {each.most_notices}")  # fmt: skip
    assert days["supervisor"].most <= 2
    assert days["staff"].most <= 2


async def test_every_deadline_of_the_plan_is_counted(venue: Venue, year: Year) -> None:
    async with venue.database.connect() as connection:
        counts = {each.rule: each for each in await deadline_counts(connection, year.cycle.id)}
    assert counts["plan-drafting"].begun >= APPRAISED
    assert all(0 <= each.lapsed <= each.begun for each in counts.values())


async def test_texts_are_plans_reports_and_ratings(venue: Venue, year: Year) -> None:
    kinds = await venue.numbers(
        """
        SELECT document.kind, count(*) FROM document JOIN appraisal ON appraisal.id = document.appraisal_id
        WHERE cycle_id = :cycle GROUP BY 1
        """,
        year.cycle,
    )
    assert {"submit_plan", "submit_check_in", "rate"} <= set(kinds)


async def test_a_cycle_of_real_people_has_no_scripted_ones(venue: Venue, year: Year) -> None:
    async with venue.database.begin() as connection:
        real = await connection.scalar(
            text("""
                INSERT INTO cycle (id, agency_id, name, year, scheme, clock, rehearsal, created_at)
                SELECT gen_random_uuid(), agency_id, 'SKP', year, scheme, '[]', false, now() FROM cycle
                WHERE id = :cycle RETURNING id
            """),
            {"cycle": year.cycle.id},
        )
    with pytest.raises(ValueError, match="no rehearsal"):
        async with usual_driver(venue.database, real, venue.api.url, venue.signer):
            pass
