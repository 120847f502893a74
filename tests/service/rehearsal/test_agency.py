import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.rehearsal.agency import FEWEST, invent_agency, invented_roster
from store.cycle.rehearsing import has_real_cycles, scripted_people


@pytest.mark.parametrize("people", (FEWEST, 12, 61, 1_500))
def test_an_invented_roster_has_no_problem(people: int) -> None:
    roster = invented_roster(people)
    assert roster.problems == ()
    assert len(roster.people) == people
    assert len({person.nip for person in roster.people}) == people


def test_everybody_but_the_first_has_a_superior_who_stands_above() -> None:
    seen: set[str | None] = {None}
    for number, person in enumerate(invented_roster(200).people):
        assert person.superior_nip in seen
        assert (person.superior_nip is None) == (number == 0)
        seen.add(person.nip)


def test_the_same_number_makes_the_same_people() -> None:
    assert invented_roster(30) == invented_roster(30)


@pytest.mark.parametrize("people", (0, FEWEST - 1, 20_001))
def test_a_number_out_of_range_is_refused(people: int) -> None:
    with pytest.raises(ValueError, match="give a number"):
        invented_roster(people)


@pytest.mark.database
async def test_an_invented_agency_has_two_personnel_officers_and_can_be_written_again(
    database: AsyncEngine,
) -> None:
    agency = await invent_agency(database, "Kota Gladi", 9)
    assert await invent_agency(database, "Kota Gladi", 9) == agency
    async with database.connect() as connection:
        people = await scripted_people(connection, agency)
        assert not await has_real_cycles(connection, agency)
    assert (len(people), sum(person.hr for person in people)) == (9, 2)
    assert sum(person.rater is None for person in people) == 1


@pytest.mark.database
async def test_an_invented_agency_names_who_decides_for_everybody_who_is_rated(database: AsyncEngine) -> None:
    agency = await invent_agency(database, "Kota Gladi", FEWEST)
    async with database.connect() as connection:
        left = await connection.execute(
            text("""
                SELECT person.name FROM person
                WHERE agency_id = :agency AND assigned_holder(person.id, 'rater', now()) IS NOT NULL
                    AND top_decider(person.id, now(), ARRAY[assigned_holder(person.id, 'rater', now())]) IS NULL"""),
            {"agency": agency},
        )
        assert list(left.scalars()) == []
