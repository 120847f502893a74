"""Who is told that whoever decides an objection is silent: the next level above."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.assignment.asking import answer, held
from tests.store.assignment.line import ALL_SIGNED, LINE, letter, named, objected
from tests.store.assignment.organisation import Organisation, Relation, store

pytestmark = pytest.mark.database


async def is_told(database: AsyncEngine, organisation: Organisation) -> frozenset[str]:
    found = await answer(database, organisation, "appeals_superior")
    assert found.responsible is None, "it is nothing that somebody acts as"
    return found.holders


async def test_the_next_level_is_told_of_a_silent_decider(template_database: AsyncEngine) -> None:
    assert await is_told(template_database, LINE.having(objected("rater"))) == {"director"}


async def test_the_level_above_an_explicit_officer_is_told(template_database: AsyncEngine) -> None:
    explicit = LINE.having(
        objected("rater"), Relation(employee="employee", holder="colleague", capacity="appeals_officer")
    )
    assert await is_told(template_database, explicit) == {"superior"}


async def test_above_a_delegate_who_is_silent_not_he_who_delegated_is_told(
    template_database: AsyncEngine,
) -> None:
    delegated = LINE.having(objected("rater"), letter("superior", "colleague", "delegated"))
    assert await is_told(template_database, delegated) == {"director"}


async def test_nobody_who_had_a_part_is_told(template_database: AsyncEngine) -> None:
    assert await is_told(template_database, LINE.having(objected("rater", "director"))) == {"head"}


async def test_at_the_end_of_the_line_the_top_decider_is_told(template_database: AsyncEngine) -> None:
    ended = named("secretary").having(objected("rater", "superior", "director"))
    assert await is_told(template_database, ended) == {"secretary"}


async def test_of_a_silent_top_decider_the_other_one_is_told(template_database: AsyncEngine) -> None:
    ended = named("secretary", "delegate").having(objected(*ALL_SIGNED))
    assert await is_told(template_database, ended) == {"delegate"}


async def test_of_the_only_top_decider_nobody_is_told(template_database: AsyncEngine) -> None:
    assert await is_told(template_database, named("secretary").having(objected(*ALL_SIGNED))) == set()


async def test_where_nobody_decides_nobody_is_told(template_database: AsyncEngine) -> None:
    assert await is_told(template_database, LINE.having(objected(*ALL_SIGNED))) == set()


async def test_who_is_told_of_a_silent_decider_holds_nothing(template_database: AsyncEngine) -> None:
    stored = await store(template_database, LINE.having(objected("rater")))
    capacities = await held(template_database, stored, 0)
    assert capacities["case", "director"][0] == []
