"""Who decides an objection: never one who had a part in the result (PP 30/2019 art 59)."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.assignment.asking import answer
from tests.store.assignment.line import ALL_SIGNED, LINE, NOBODY, by, decides, letter, named, objected, under
from tests.store.assignment.organisation import Away, Letter, Relation, store

pytestmark = pytest.mark.database


# Whoever had a part in the result


async def test_who_stepped_in_does_not_decide_once_the_rater_is_back(template_database: AsyncEngine) -> None:
    back = LINE.having(objected("superior", "rater"), Away(0, 1, "rater"))
    assert await answer(template_database, back, "appeals_officer", at=2) == by("director")


async def test_a_superior_who_confirmed_in_moderation_does_not_decide(template_database: AsyncEngine) -> None:
    assert await decides(template_database, LINE.having(objected("rater", "superior"))) == by("director")


async def test_a_top_decider_who_confirmed_in_moderation_does_not_decide(
    template_database: AsyncEngine,
) -> None:
    moderated = named("officer").having(objected(*ALL_SIGNED, "officer"))
    assert await decides(template_database, moderated) == NOBODY


async def test_who_countersigned_does_not_decide(template_database: AsyncEngine) -> None:
    signed = LINE.having(objected("rater", "superior", "director"))
    assert await decides(template_database, signed) == by("head")


async def test_nobody_decides_in_the_name_of_one_who_had_a_part(template_database: AsyncEngine) -> None:
    acting = LINE.having(
        objected("rater", "director"),
        Relation(employee="employee", holder="director", capacity="appeals_officer"),
        Relation(employee="employee", holder="colleague", capacity="appeals_officer", kind="delegated"),
    )
    assert await decides(template_database, acting) == by("head")


# The end of the line


async def test_the_top_decider_decides_where_all_above_had_a_part(template_database: AsyncEngine) -> None:
    ended = named("secretary").having(objected(*ALL_SIGNED))
    assert await decides(template_database, ended) == by("secretary", "top_decider")


async def test_the_top_decider_decides_where_all_above_are_away(template_database: AsyncEngine) -> None:
    absent = named("secretary").having(
        objected("rater"), *(Away(person=each) for each in ("superior", "director", "head"))
    )
    assert await decides(template_database, absent) == by("secretary", "top_decider")


async def test_the_top_decider_does_not_decide_before_the_line_ends(template_database: AsyncEngine) -> None:
    assert await decides(template_database, named("secretary").having(objected("rater"))) == by("superior")


async def test_the_top_decider_who_was_named_first_decides(template_database: AsyncEngine) -> None:
    ended = named("delegate", "secretary").having(objected(*ALL_SIGNED))
    assert await decides(template_database, ended) == by("delegate", "top_decider")


@pytest.mark.parametrize("why", ("barred", "away", "replaced"))
async def test_where_the_first_top_decider_cannot_the_next_decides(
    template_database: AsyncEngine, why: str
) -> None:
    ended = named("secretary", "delegate").having(
        objected(*ALL_SIGNED, *(["secretary"] if why == "barred" else []))
    )
    facts: dict[str, list[Away | Letter]] = {
        "barred": [],
        "away": [Away(person="secretary")],
        "replaced": [letter("secretary", "colleague", "plt")],
    }
    assert await decides(template_database, ended.having(*facts[why])) == by("delegate", "top_decider")


async def test_where_every_top_decider_had_a_part_nobody_decides(template_database: AsyncEngine) -> None:
    ended = named("secretary").having(objected(*ALL_SIGNED, "secretary"))
    assert await decides(template_database, ended) == NOBODY


async def test_the_top_decider_does_not_decide_in_his_own_case(template_database: AsyncEngine) -> None:
    own = named("head").having(objected("officer", employee="head"))
    assert await decides(template_database, own) == NOBODY


async def test_a_top_decider_far_below_the_employee_does_not_decide(template_database: AsyncEngine) -> None:
    own = named("rater").having(objected("head", employee="director"))
    assert await decides(template_database, own) == NOBODY


async def test_a_personnel_officer_decides_only_where_the_agency_named_him(
    template_database: AsyncEngine,
) -> None:
    case = objected(*ALL_SIGNED)
    assert await decides(template_database, LINE.having(case)) == NOBODY
    assert await decides(template_database, named("officer").having(case)) == by("officer", "top_decider")


async def test_a_top_decider_of_another_agency_decides_nothing(template_database: AsyncEngine) -> None:
    await store(template_database, named("secretary"))
    assert await decides(template_database, LINE.having(objected(*ALL_SIGNED))) == NOBODY


# Acting officials


@pytest.mark.parametrize("kind", ("plt", "plh"))
@pytest.mark.parametrize("scheme", ("without acting officials", "silent"))
async def test_an_objection_before_an_acting_official_goes_to_the_next_level(
    template_database: AsyncEngine, kind: str, scheme: str
) -> None:
    acting = under(scheme).having(objected("rater"), letter("superior", "colleague", kind))
    assert await decides(template_database, acting) == by("director", "stepping_in", "superior")


@pytest.mark.parametrize("kind", ("plt", "plh"))
@pytest.mark.parametrize("scheme", ("with acting officials", "of before"))
async def test_an_acting_official_decides_where_the_scheme_says_so_or_is_of_before(
    template_database: AsyncEngine, kind: str, scheme: str
) -> None:
    acting = under(scheme).having(objected("rater"), letter("superior", "colleague", kind))
    assert await decides(template_database, acting) == by("colleague", kind, "superior")


async def test_a_delegate_decides_under_every_scheme(template_database: AsyncEngine) -> None:
    delegated = under("without acting officials").having(
        objected("rater"), letter("superior", "colleague", "delegated")
    )
    assert await decides(template_database, delegated) == by("colleague", "delegated", "superior")


async def test_who_acts_for_the_officer_of_one_employee_does_not_decide_without_the_switch(
    template_database: AsyncEngine,
) -> None:
    acting = under("without acting officials").having(
        objected("rater"),
        Relation(employee="employee", holder="colleague", capacity="appeals_officer", kind="plh"),
    )
    assert await decides(template_database, acting) == by("superior")


async def test_an_acting_official_rates_whatever_the_scheme_says_of_objections(
    template_database: AsyncEngine,
) -> None:
    acting = under("without acting officials").having(letter("rater", "colleague", "plh"))
    assert await answer(template_database, acting, "rater") == by("colleague", "plh", "rater")
