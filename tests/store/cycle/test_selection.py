"""Whom a launch looks at."""

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.base import new_id
from store.cycle.choosing import agency_of, people_of, units_by_code, units_of
from store.cycle.launching import candidates, outline
from store.cycle.selection import EVERYBODY, Selection
from tests.fixtures.agency import SmallAgency, build_agency

NOW = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    """Units U1 <- U2 <- U3 and U4; employees 0 and 1 in U2, 2 in U3, 3 in U4, the rest in U1."""
    agency = await build_agency(database, employees=6)
    async with database.begin() as connection:
        above = agency.unit
        for code, staff in (("U2", (0, 1)), ("U3", (2,)), ("U4", (3,))):
            unit = new_id()
            await connection.execute(
                text("""
                    INSERT INTO unit (id, agency_id, code, name, kind, zone, parent_id)
                    VALUES (:id, :agency, :code, :code, '', 'Asia/Jakarta', :above)
                """),
                {"id": unit, "agency": agency.agency, "code": code, "above": None if code == "U4" else above},
            )
            await connection.execute(
                text("UPDATE person SET unit_id = :unit WHERE id = ANY(:ids)"),
                {"unit": unit, "ids": [agency.employees[number] for number in staff]},
            )
            above = unit
        await connection.execute(
            text("UPDATE person SET employment = 'PPPK', post_kind = '2' WHERE id = ANY(:ids)"),
            {"ids": [agency.employees[0], agency.employees[3]]},
        )
        await connection.execute(
            text("UPDATE person SET post_kind = '1', echelon = '41' WHERE id = :id"), {"id": agency.rater}
        )
    return agency


async def seen(database: AsyncEngine, agency: SmallAgency, who: Selection) -> set[uuid.UUID]:
    async with database.connect() as connection:
        page = await candidates(connection, agency.cycle, after=None, limit=100, moment=NOW, who=who)
        before = await outline(connection, agency.cycle, who)
    assert before.people == len(page)
    return {candidate.employee for candidate in page}


async def units(database: AsyncEngine, agency: SmallAgency, *codes: str) -> tuple[uuid.UUID, ...]:
    async with database.connect() as connection:
        found = await units_by_code(connection, agency.agency, codes)
    return tuple(found[code] for code in codes)


@pytest.mark.database
async def test_a_unit_is_chosen_with_all_below_it(database: AsyncEngine, agency: SmallAgency) -> None:
    who = Selection(units=await units(database, agency, "U2"))
    assert await seen(database, agency, who) == set(agency.employees[:3])


@pytest.mark.database
async def test_several_units_are_chosen_together(database: AsyncEngine, agency: SmallAgency) -> None:
    who = Selection(units=await units(database, agency, "U3", "U4"))
    assert await seen(database, agency, who) == set(agency.employees[2:4])


@pytest.mark.database
async def test_units_that_are_above_each_other_by_mistake_end_the_walk(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    second, third = await units(database, agency, "U2", "U3")
    async with database.begin() as connection:
        await connection.execute(
            text("UPDATE unit SET parent_id = :third WHERE id = :second"), {"second": second, "third": third}
        )
    assert await seen(database, agency, Selection(units=(third,))) == set(agency.employees[:3])


@pytest.mark.database
async def test_criteria_are_fulfilled_all_at_once(database: AsyncEngine, agency: SmallAgency) -> None:
    (second,) = await units(database, agency, "U2")
    assert await seen(database, agency, Selection(employment=("PPPK",))) == {
        agency.employees[0],
        agency.employees[3],
    }
    assert await seen(database, agency, Selection(units=(second,), employment=("PPPK",))) == {
        agency.employees[0]
    }
    assert await seen(database, agency, Selection(post_kinds=("1",), echelons=("41", "42"))) == {agency.rater}
    assert await seen(database, agency, Selection(people=agency.employees[4:])) == set(agency.employees[4:])
    assert await seen(database, agency, Selection(people=agency.employees[4:], echelons=("41",))) == set()


@pytest.mark.database
async def test_without_criteria_everybody_is_chosen(database: AsyncEngine, agency: SmallAgency) -> None:
    assert len(await seen(database, agency, EVERYBODY)) == 11


@pytest.mark.database
async def test_units_and_people_of_others_are_told_apart(database: AsyncEngine, agency: SmallAgency) -> None:
    other = await build_agency(database, name="Kabupaten Contoh")
    async with database.connect() as connection:
        assert await units_of(connection, agency.agency, [agency.unit, other.unit, new_id()]) == {agency.unit}
        assert await people_of(connection, agency.agency, [agency.rater, other.rater]) == {agency.rater}
        assert await units_by_code(connection, agency.agency, ["U1", "U9"]) == {"U1": agency.unit}
        assert await agency_of(connection, other.cycle) == other.agency


_CODES = st.lists(st.text(max_size=4), max_size=4).map(tuple)
_IDS = st.lists(st.uuids(), max_size=4).map(tuple)
_SELECTIONS = st.builds(
    Selection, units=_IDS, employment=_CODES, post_kinds=_CODES, echelons=_CODES, people=_IDS
)


@given(_SELECTIONS)
def test_a_selection_is_the_same_after_its_way_through_json(who: Selection) -> None:
    data = who.to_data()
    again = Selection.from_data(data)
    assert again.to_data() == data
    assert set(again.people) == set(who.people)
    assert set(again.units) == set(who.units)


def test_equal_selections_have_equal_json_and_everybody_has_none() -> None:
    one, two = uuid.uuid4(), uuid.uuid4()
    assert Selection(people=(one, two)).to_data() == Selection(people=(two, one, two)).to_data()
    assert EVERYBODY.to_data() == {}


def test_a_selection_is_described_without_naming_anybody() -> None:
    who = Selection(units=(uuid.uuid4(),), people=(uuid.uuid4(), uuid.uuid4()))
    assert who.describe() == "units: 1, people: 2"
    assert EVERYBODY.describe() == "everybody"
