"""Who countersigns: never one who rated the result himself (PP 30/2019 arts 46(3) and 50)."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.assignment.asking import answer
from tests.store.assignment.line import HR, LINE, NOBODY, by, countersigned, letter, named, signs, under
from tests.store.assignment.organisation import Appraised, Away

pytestmark = pytest.mark.database


async def test_the_superior_countersigns_what_the_rater_rated(template_database: AsyncEngine) -> None:
    assert await signs(template_database, LINE.having(countersigned("rater"))) == by("superior")


async def test_who_rated_by_stepping_in_does_not_countersign_once_the_rater_is_back(
    template_database: AsyncEngine,
) -> None:
    back = LINE.having(countersigned("superior", "rater"), Away(0, 1, "rater"))
    assert await answer(template_database, back, "rater_superior", at=2) == by("director")


async def test_who_rated_remains_the_superior_outside_the_countersigning(
    template_database: AsyncEngine,
) -> None:
    delivering = LINE.having(Appraised("case", "employee", "rater", ("superior", "rater")))
    assert await signs(template_database, delivering) == by("superior")


async def test_a_substitute_who_rated_does_not_countersign_as_substitute_of_the_superior(
    template_database: AsyncEngine,
) -> None:
    substituted = LINE.having(countersigned("colleague", "rater"), letter("superior", "colleague", "plh"))
    assert await signs(template_database, substituted) == by("director", "stepping_in", "superior")


async def test_an_acting_official_countersigns_whatever_the_scheme_says_of_objections(
    template_database: AsyncEngine,
) -> None:
    acting = under("without acting officials").having(
        countersigned("rater"), letter("superior", "colleague", "plh")
    )
    assert await signs(template_database, acting) == by("colleague", "plh", "superior")


async def test_personnel_officers_do_not_countersign_where_the_line_ends(
    template_database: AsyncEngine,
) -> None:
    assert await signs(template_database, LINE.having(countersigned("head", employee="director"))) == NOBODY


async def test_personnel_officers_are_told_as_superior_where_nothing_is_countersigned(
    template_database: AsyncEngine,
) -> None:
    rating = LINE.having(Appraised("case", "director"))
    assert await signs(template_database, rating) == HR


async def test_the_top_decider_countersigns_where_the_line_ends(template_database: AsyncEngine) -> None:
    ended = named("secretary").having(countersigned("head", employee="director"))
    assert await signs(template_database, ended) == by("secretary", "top_decider")


async def test_the_top_decider_is_no_superior_before_the_countersigning(
    template_database: AsyncEngine,
) -> None:
    rating = named("secretary").having(Appraised("case", "director"))
    assert await signs(template_database, rating) == HR


async def test_a_top_decider_who_rates_does_not_countersign(template_database: AsyncEngine) -> None:
    ended = named("head").having(countersigned(employee="director"))
    assert await signs(template_database, ended) == NOBODY
