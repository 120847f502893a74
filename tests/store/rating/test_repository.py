"""Ratings in force, counted: which count, where, and for whom."""

import time
import uuid
from collections import Counter

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.stages import Stage
from store.database import autocommit
from store.rating.repository import PredicateCount, RaterCount, predicate_counts, rater_counts
from tests.fixtures.rated import PREDICATES, Division, Rated, add_cycle, build_division, put_on_record

pytestmark = pytest.mark.database


@pytest.fixture
async def division(database: AsyncEngine) -> Division:
    return await build_division(database, "Kota Terhitung", employees=8, below=3)


async def counts(
    database: AsyncEngine,
    division: Division,
    *,
    unit: uuid.UUID | None = None,
    cycle: uuid.UUID | None = None,
    subunits: bool = False,
    asker: uuid.UUID | None = None,
) -> list[PredicateCount]:
    async with autocommit(database).connect() as connection:
        return await predicate_counts(
            connection,
            cycle or division.agency.cycle,
            unit or division.unit,
            subunits=subunits,
            asker=asker or division.agency.head,
        )


async def raters(
    database: AsyncEngine, division: Division, unit: uuid.UUID | None = None, *, subunits: bool = False
) -> list[RaterCount]:
    async with autocommit(database).connect() as connection:
        return await rater_counts(
            connection, division.agency.cycle, unit, subunits=subunits, asker=division.agency.head
        )


def people(found: list[PredicateCount]) -> dict[str, int]:
    return {count.predicate: count.people for count in found}


async def test_people_of_the_unit_are_counted_by_predicate(database: AsyncEngine, division: Division) -> None:
    one, two, three, *_ = division.staff
    await put_on_record(
        database, division, [Rated(one, "good"), Rated(two, "good"), Rated(three, "very_good")]
    )
    assert people(await counts(database, division)) == {"good": 2, "very_good": 1}


async def test_people_of_units_below_are_counted_apart_and_only_when_asked_for(
    database: AsyncEngine, division: Division
) -> None:
    below = [Rated(person, "poor", unit=division.section) for person in division.below]
    await put_on_record(database, division, [Rated(division.staff[0], "good"), *below])
    assert people(await counts(database, division)) == {"good": 1}
    found = await counts(database, division, subunits=True)
    assert {(count.below, count.predicate, count.people) for count in found} == {
        (False, "good", 1),
        (True, "poor", 3),
    }


@pytest.mark.parametrize(
    ("stage", "stopped_in", "counted"),
    (
        (Stage.RATING, None, False),
        (Stage.SUSPENDED, Stage.RATING, False),
        (Stage.SELF_ASSESSMENT, None, False),
        (Stage.SUSPENDED, Stage.SELF_ASSESSMENT, False),
        (Stage.CANCELLED, None, False),
        (Stage.MODERATION, None, True),
        (Stage.FEEDBACK_MEETING, None, True),
        (Stage.SUSPENDED, Stage.RESPONSE, True),
        (Stage.OBJECTED, None, True),
        (Stage.FINALISED, None, True),
    ),
)
async def test_a_rating_counts_unless_its_case_is_cancelled_or_to_be_rated_anew(
    database: AsyncEngine, division: Division, stage: Stage, stopped_in: Stage | None, counted: bool
) -> None:
    case = Rated(division.staff[0], "good", stage=stage, stopped_in=stopped_in)
    await put_on_record(database, division, [case])
    assert people(await counts(database, division)) == ({"good": 1} if counted else {})
    assert bool(await raters(database, division)) is counted


async def test_whoever_moved_counts_with_the_latest_period_in_its_unit(
    database: AsyncEngine, division: Division
) -> None:
    moved = division.staff[0]
    later = Rated(moved, "very_good", unit=division.section, period=2)
    await put_on_record(database, division, [Rated(moved, "poor"), later])
    assert people(await counts(database, division)) == {}
    assert people(await counts(database, division, unit=division.section)) == {"very_good": 1}


async def test_a_later_period_that_was_cancelled_hides_nothing(
    database: AsyncEngine, division: Division
) -> None:
    moved = division.staff[0]
    later = Rated(moved, "very_good", period=2, stage=Stage.CANCELLED)
    await put_on_record(database, division, [Rated(moved, "poor"), later])
    assert people(await counts(database, division)) == {"poor": 1}


async def test_two_cycles_are_counted_apart(database: AsyncEngine, division: Division) -> None:
    next_year = await add_cycle(database, division.agency, "Tahun depan")
    one = division.staff[0]
    await put_on_record(database, division, [Rated(one, "good"), Rated(one, "poor", cycle=next_year)])
    assert people(await counts(database, division)) == {"good": 1}
    assert people(await counts(database, division, cycle=next_year)) == {"poor": 1}


async def test_the_askers_own_case_stands_apart_with_its_snapshot(
    database: AsyncEngine, division: Division
) -> None:
    one, two, *_ = division.staff
    await put_on_record(database, division, [Rated(one, "good"), Rated(two, "good")])
    found = await counts(database, division, asker=one)
    own = [count for count in found if count.own is not None]
    assert [(count.people, count.own is None) for count in found if count not in own] == [(1, True)]
    assert [count.own["employee"] for count in own if count.own is not None] == [str(one)]


async def test_a_rating_in_words_is_not_counted(database: AsyncEngine, division: Division) -> None:
    one, two, *_ = division.staff
    await put_on_record(database, division, [Rated(one, "good"), Rated(two, None)])
    assert people(await counts(database, division)) == {"good": 1}


async def test_each_rater_has_counts_of_his_own(database: AsyncEngine, division: Division) -> None:
    agency, (one, two, three, *_) = division.agency, division.staff
    await put_on_record(
        database,
        division,
        [Rated(one, "good"), Rated(two, "good"), Rated(three, "very_good", by=agency.superior)],
    )
    found = {(count.rater_id, count.predicate): count.people for count in await raters(database, division)}
    assert found == {(agency.rater, "good"): 2, (agency.superior, "very_good"): 1}


async def test_what_a_decision_on_an_objection_set_says_nothing_of_a_rater(
    database: AsyncEngine, division: Division
) -> None:
    decided = Rated(division.staff[0], "good", by=division.agency.superior, kind="result")
    await put_on_record(database, division, [decided])
    assert await raters(database, division) == []
    assert people(await counts(database, division)) == {"good": 1}


async def test_every_period_says_something_of_its_rater(database: AsyncEngine, division: Division) -> None:
    moved = division.staff[0]
    later = Rated(moved, "very_good", by=division.agency.superior, period=2)
    await put_on_record(database, division, [Rated(moved, "poor"), later])
    assert {count.rater for count in await raters(database, division)} == {
        "Rater Kota Terhitung",
        "Superior Kota Terhitung",
    }


async def test_raters_may_be_limited_to_a_unit_and_those_below(
    database: AsyncEngine, division: Division
) -> None:
    below = [Rated(person, "poor", unit=division.section) for person in division.below]
    await put_on_record(database, division, [Rated(division.staff[0], "good"), *below])

    async def total(unit: uuid.UUID | None, *, subunits: bool = False) -> int:
        return sum(count.people for count in await raters(database, division, unit, subunits=subunits))

    assert await total(None) == 4
    assert await total(division.unit) == 1
    assert await total(division.unit, subunits=True) == 4
    assert await total(division.section) == 3


async def test_two_thousand_rated_cases_are_counted_at_once_in_one_query(database: AsyncEngine) -> None:
    large = await build_division(database, "Kota Besar", employees=2000)
    by = [large.agency.rater, large.agency.superior, large.agency.director, *large.staff[:37]]
    cases = [
        Rated(person, PREDICATES[number % 5], by=by[number % 40]) for number, person in enumerate(large.staff)
    ]
    await put_on_record(database, large, cases)
    statements: list[str] = []
    async with autocommit(database).connect() as connection:
        await connection.execute(text("ANALYZE"))
        event.listen(
            database.sync_engine, "before_cursor_execute", lambda *given: statements.append(given[2])
        )
        took = []
        for _ in range(3):
            began = time.perf_counter()
            found = await rater_counts(
                connection, large.agency.cycle, None, subunits=False, asker=large.agency.officer
            )
            took.append(time.perf_counter() - began)
    assert len(statements) == 3
    assert sum(count.people for count in found) == 2000
    assert Counter(count.rater_id for count in found).keys() == set(by)
    assert min(took) < 0.3
