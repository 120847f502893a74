"""Who rates in the place of a rater with a conflict of interest, and who is passed over (UU 30/2014 art 42(2))."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from store.appraisal.rater_above import rater_above
from tests.store.assignment.asking import answer
from tests.store.assignment.organisation import Appraised, Away, Letter, Organisation, Relation, store

pytestmark = pytest.mark.database

LINE = Organisation(
    ("employee", "rater", "superior", "director", "colleague", "officer", "decider"),
    hr=("officer",),
    relations=(
        Relation(employee="employee", holder="rater"),
        Relation(employee="rater", holder="superior"),
        Relation(employee="superior", holder="director"),
    ),
    cases=(Appraised("case", "employee"),),
)
"""Employee, rater, superior, director."""


async def above(database: AsyncEngine, organisation: Organisation, *barred: str) -> str | None:
    """The name of who takes over."""
    stored = await store(database, organisation)
    async with database.connect() as connection:
        found = await rater_above(connection, stored.cases["case"], [stored.people[name] for name in barred])
    return stored.name_of(found)


def handed_to(holder: str) -> Relation:
    return Relation(employee="employee", holder=holder, case="case")


def declared_by(*people: str) -> Appraised:
    return Appraised("case", "employee", conflicted=people)


async def test_the_superior_of_the_rater_takes_over(template_database: AsyncEngine) -> None:
    assert await above(template_database, LINE, "rater") == "superior"


async def test_a_superior_with_a_conflict_of_his_own_is_passed_over(template_database: AsyncEngine) -> None:
    assert await above(template_database, LINE, "rater", "superior") == "director"


async def test_from_the_superior_who_has_the_case_it_goes_one_level_further(
    template_database: AsyncEngine,
) -> None:
    handed = LINE.having(handed_to("superior"))
    assert await above(template_database, handed, "rater", "superior") == "director"


async def test_where_the_line_ends_nobody_takes_over(template_database: AsyncEngine) -> None:
    assert await above(template_database, LINE, "rater", "superior", "director") is None


async def test_a_top_decider_decides_objections_and_rates_nobody(template_database: AsyncEngine) -> None:
    ended = Organisation(
        LINE.people, hr=LINE.hr, relations=LINE.relations, cases=LINE.cases, top_deciders=("decider",)
    )
    assert await above(template_database, ended, "rater", "superior", "director") is None


async def test_an_official_with_a_stand_in_by_letter_keeps_the_case(template_database: AsyncEngine) -> None:
    """The stand-in then rates on his behalf, for as long as the letter counts."""
    letter = LINE.having(Letter(0, 100, "superior", "colleague", "plh"))
    assert await above(template_database, letter, "rater") == "superior"


async def test_where_the_superior_is_away_the_next_one_steps_in(template_database: AsyncEngine) -> None:
    assert await above(template_database, LINE.having(Away(person="superior")), "rater") == "director"


async def test_it_is_never_the_employee(template_database: AsyncEngine) -> None:
    circle = Organisation(
        LINE.people,
        hr=LINE.hr,
        relations=(
            Relation(employee="employee", holder="rater"),
            Relation(employee="rater", holder="employee"),
        ),
        cases=LINE.cases,
    )
    assert await above(template_database, circle, "rater") is None


async def test_who_declared_one_does_not_come_back_as_a_stand_in_of_the_new_rater(
    template_database: AsyncEngine,
) -> None:
    back = LINE.having(handed_to("superior"), Letter(0, 100, "superior", "rater", "plh"))
    assert (await answer(template_database, back)).holders == {"rater"}
    biased = Organisation(
        back.people,
        hr=back.hr,
        relations=back.relations,
        letters=back.letters,
        cases=(declared_by("rater"),),
    )
    assert (await answer(template_database, biased)).holders == {"director"}


async def test_who_declared_one_decides_no_objection(template_database: AsyncEngine) -> None:
    biased = Organisation(LINE.people, hr=LINE.hr, relations=LINE.relations, cases=(declared_by("superior"),))
    assert (await answer(template_database, biased, "appeals_officer")).holders == {"director"}
