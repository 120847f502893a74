"""Who decides an objection and who countersigns: never one who had a part in the result (PP 30/2019 arts 50, 59)."""

from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.assignment.asking import Answer, Responsible, answer, held
from tests.store.assignment.organisation import Appraised, Away, Letter, Organisation, Relation, store

pytestmark = pytest.mark.database

LINE = Organisation(
    ("employee", "rater", "superior", "director", "head", "colleague", "officer", "secretary", "delegate"),
    hr=("officer",),
    relations=(
        Relation(employee="employee", holder="rater"),
        Relation(employee="rater", holder="superior"),
        Relation(employee="superior", holder="director"),
        Relation(employee="director", holder="head"),
        Relation(employee="colleague", holder="superior"),
    ),
    cases=(Appraised("case", "employee"),),
)
"""Employee, rater, superior, director, head; secretary and delegate stand beside the line."""
ALL_SIGNED = ("rater", "superior", "director", "head")
NOBODY = Answer(None, frozenset())
HR = Answer(None, frozenset({"officer"}))


def by(holder: str, basis: str = "definitive", on_behalf_of: str | None = None) -> Answer:
    return Answer(Responsible(holder, basis, on_behalf_of), frozenset({holder}))


def objected(*touched: str, employee: str = "employee") -> Appraised:
    return Appraised("case", employee, "appeals_officer", touched)


def countersigned(*touched: str, employee: str = "employee") -> Appraised:
    return Appraised("case", employee, "rater_superior", touched)


def letter(official: str, substitute: str, kind: str) -> Letter:
    return Letter(0, 4, official, substitute, kind)


def named(*people: str) -> Organisation:
    return replace(LINE, top_deciders=people)


def under(scheme: str) -> Organisation:
    return replace(LINE, scheme=scheme)


async def decides(database: AsyncEngine, organisation: Organisation) -> Answer:
    return await answer(database, organisation, "appeals_officer")


async def signs(database: AsyncEngine, organisation: Organisation) -> Answer:
    return await answer(database, organisation, "rater_superior")


async def is_told(database: AsyncEngine, organisation: Organisation) -> frozenset[str]:
    found = await answer(database, organisation, "appeals_superior")
    assert found.responsible is None, "it is nothing that somebody acts as"
    return found.holders


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


# The countersignature


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


# Who is told of a silent decider


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
