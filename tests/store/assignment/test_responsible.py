"""Who is responsible for a case, one scenario after the other (PP 30/2019 art 46; UU 30/2014 arts 14 and 34)."""

import itertools

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.assignment.asking import Answer, Question, Responsible, answer, answers, held
from tests.store.assignment.organisation import Appraised, Away, Letter, Organisation, Relation, store

pytestmark = pytest.mark.database

PEOPLE = ("employee", "rater", "superior", "director", "head", "deputy", "colleague", "officer", "clerk")
HR = frozenset({"officer", "clerk"})
LINE = Organisation(
    PEOPLE,
    hr=("officer", "clerk"),
    relations=(
        Relation(employee="employee", holder="rater"),
        Relation(employee="rater", holder="superior"),
        Relation(employee="superior", holder="director"),
        Relation(employee="director", holder="head"),
        Relation(employee="deputy", holder="rater"),
        Relation(employee="colleague", holder="superior"),
        Relation(employee="officer", holder="director"),
        Relation(employee="clerk", holder="officer"),
    ),
    cases=(Appraised("case", "employee"),),
)
"""Employee, rater, superior, director, head; the deputy is rated by the rater, the colleague by his superior."""

UNRATED = Organisation(PEOPLE, hr=("officer", "clerk"), cases=LINE.cases)
LEFT_TO_HR = Answer(None, HR)
NOBODY = Answer(None, frozenset())
OF_NOBODY = {"rater": LEFT_TO_HR, "rater_superior": LEFT_TO_HR, "appeals_officer": NOBODY}
"""What is left where nobody is found: nothing is signed or decided by personnel officers."""


def by(holder: str, basis: str = "definitive", on_behalf_of: str | None = None) -> Answer:
    return Answer(Responsible(holder, basis, on_behalf_of), frozenset({holder}))


def relation(
    holder: str, kind: str = "definitive", *, employee: str = "employee", **more: object
) -> Relation:
    return Relation(employee=employee, holder=holder, kind=kind, **more)  # type: ignore[arg-type]  # checked at run time


def letter(
    substitute: str, kind: str = "plh", *, official: str = "rater", since: int = 0, until: int = 4
) -> Letter:
    return Letter(since, until, official, substitute, kind)


def away(*people: str) -> list[Away]:
    return [Away(person=person) for person in people]


def signed_by(*people: str) -> Appraised:
    return Appraised("case", "employee", "appeals_officer", people)


# The officials by relation


async def test_the_employee_acts_for_himself(template_database: AsyncEngine) -> None:
    assert await answer(template_database, LINE, "employee") == by("employee", "self")


async def test_the_rater_is_whom_the_relation_names(template_database: AsyncEngine) -> None:
    assert await answer(template_database, LINE) == by("rater")


async def test_the_superior_is_the_rater_of_the_rater(template_database: AsyncEngine) -> None:
    assert await answer(template_database, LINE, "rater_superior") == by("superior")


async def test_an_objection_goes_to_the_superior_who_has_not_signed(template_database: AsyncEngine) -> None:
    found = await answer(template_database, LINE.having(signed_by("rater")), "appeals_officer")
    assert found == by("superior")


@pytest.mark.parametrize("capacity", ("rater_superior", "appeals_officer"))
async def test_an_explicit_official_comes_before_the_rater_s_superior(
    template_database: AsyncEngine, capacity: str
) -> None:
    explicit = LINE.having(relation("colleague", capacity=capacity))
    assert await answer(template_database, explicit, capacity) == by("colleague")


async def test_an_explicit_superior_signs_where_there_is_no_rater(template_database: AsyncEngine) -> None:
    explicit = UNRATED.having(relation("colleague", capacity="rater_superior"))
    assert await answer(template_database, explicit, "rater_superior") == by("colleague")


async def test_a_capacity_that_nobody_knows_is_held_by_nobody(template_database: AsyncEngine) -> None:
    found = await answer(template_database, LINE, "clock")
    assert found.responsible is None


# What comes first


async def test_a_relation_of_the_case_comes_before_those_of_the_employee(
    template_database: AsyncEngine,
) -> None:
    both = LINE.having(relation("deputy", "plh"), relation("colleague", case="case"))
    assert await answer(template_database, both) == by("colleague")


async def test_a_relation_of_one_case_does_not_count_in_another(template_database: AsyncEngine) -> None:
    both = LINE.having(Appraised("other", "employee"), relation("colleague", case="other"))
    assert await answer(template_database, both) == by("rater")


@pytest.mark.parametrize("kind", ("plt", "plh", "delegated", "stepping_in"))
async def test_whoever_acts_for_one_employee_comes_before_the_definitive_rater(
    template_database: AsyncEngine, kind: str
) -> None:
    acting = LINE.having(relation("colleague", kind))
    assert await answer(template_database, acting) == by("colleague", kind, "rater")


async def test_the_later_of_two_who_act_comes_first(template_database: AsyncEngine) -> None:
    two = LINE.having(
        relation("colleague", "plh", since=0, until=4), relation("head", "plh", since=1, until=4)
    )
    assert await answer(template_database, two, at=0) == by("colleague", "plh", "rater")
    assert await answer(template_database, two, at=1) == by("head", "plh", "rater")


async def test_where_the_later_cannot_act_the_earlier_does(template_database: AsyncEngine) -> None:
    two = LINE.having(
        relation("colleague", "plh", since=0, until=4), relation("head", "plh", since=1, until=4)
    )
    assert await answer(template_database, two.having(*away("head")), at=1) == by("colleague", "plh", "rater")


async def test_where_who_acts_for_one_employee_is_away_the_rater_acts(template_database: AsyncEngine) -> None:
    acting = LINE.having(relation("colleague", "plh"), *away("colleague"))
    assert await answer(template_database, acting) == by("rater")


async def test_who_acts_for_the_rater_of_one_employee_has_his_own_superior_above(
    template_database: AsyncEngine,
) -> None:
    acting = LINE.having(relation("director", "plh"))
    assert await answer(template_database, acting, "rater_superior") == by("head")


# Substitutes


@pytest.mark.parametrize("kind", ("plt", "plh", "delegated"))
async def test_a_substitute_acts_on_behalf_of_the_official(template_database: AsyncEngine, kind: str) -> None:
    assert await answer(template_database, LINE.having(letter("colleague", kind))) == by(
        "colleague", kind, "rater"
    )


async def test_a_substitute_acts_in_every_capacity_of_the_official(template_database: AsyncEngine) -> None:
    substituted = LINE.having(letter("colleague", official="superior"), signed_by("rater"))
    for capacity in ("rater_superior", "appeals_officer"):
        assert await answer(template_database, substituted, capacity) == by("colleague", "plh", "superior")


async def test_a_substitute_acts_for_an_official_who_is_away(template_database: AsyncEngine) -> None:
    assert await answer(template_database, LINE.having(letter("colleague"), *away("rater"))) == by(
        "colleague", "plh", "rater"
    )


async def test_the_later_of_two_letters_counts(template_database: AsyncEngine) -> None:
    two = LINE.having(letter("colleague"), letter("head", since=1))
    assert await answer(template_database, two, at=0) == by("colleague", "plh", "rater")
    assert await answer(template_database, two, at=1) == by("head", "plh", "rater")


async def test_of_two_letters_from_one_moment_on_the_one_written_last_counts(
    template_database: AsyncEngine,
) -> None:
    for first, last in (("colleague", "head"), ("head", "colleague")):
        two = LINE.having(letter(first), letter(last))
        assert await answer(template_database, two) == by(last, "plh", "rater")


async def test_nobody_stands_in_for_a_substitute_who_is_away(template_database: AsyncEngine) -> None:
    chain = LINE.having(
        letter("colleague"), letter("head", "delegated", official="colleague"), *away("colleague")
    )
    assert await answer(template_database, chain) == by("superior", "stepping_in", "rater")


@pytest.mark.parametrize("kind", ("plt", "plh"))
async def test_who_has_an_acting_official_in_his_own_place_does_not_stand_in_for_another(
    template_database: AsyncEngine, kind: str
) -> None:
    chain = LINE.having(letter("colleague"), letter("head", kind, official="colleague"))
    assert await answer(template_database, chain) == by("superior", "stepping_in", "rater")


async def test_who_delegated_his_own_work_can_stand_in_for_another(template_database: AsyncEngine) -> None:
    chain = LINE.having(letter("colleague"), letter("head", "delegated", official="colleague"))
    assert await answer(template_database, chain) == by("colleague", "plh", "rater")


async def test_a_letter_that_makes_the_employee_his_own_rater_is_not_used(
    template_database: AsyncEngine,
) -> None:
    assert await answer(template_database, LINE.having(letter("employee"))) == by(
        "superior", "stepping_in", "rater"
    )


async def test_a_substitute_whom_the_employee_rates_is_not_used(template_database: AsyncEngine) -> None:
    mine = Appraised("case", "rater")
    substituted = LINE.having(mine, letter("deputy", official="superior"))
    assert await answer(template_database, substituted) == by("director", "stepping_in", "superior")


async def test_a_substitute_who_signed_does_not_decide_the_objection(template_database: AsyncEngine) -> None:
    substituted = LINE.having(letter("colleague", official="superior"), signed_by("rater", "colleague"))
    assert await answer(template_database, substituted, "appeals_officer") == by(
        "director", "stepping_in", "superior"
    )


@pytest.mark.parametrize("unusable", ("away", "employee", "replaced"))
async def test_who_delegated_acts_himself_where_the_delegate_cannot(
    template_database: AsyncEngine, unusable: str
) -> None:
    delegate = "employee" if unusable == "employee" else "colleague"
    why: dict[str, list[Away] | list[Letter]] = {
        "away": away("colleague"),
        "employee": [],
        "replaced": [letter("head", official="colleague")],
    }
    delegated = LINE.having(letter(delegate, "delegated"), *why[unusable])
    assert await answer(template_database, delegated) == by("rater")


@pytest.mark.parametrize("kind", ("plt", "plh"))
async def test_an_official_with_an_acting_one_in_his_place_does_not_act_beside_him(
    template_database: AsyncEngine, kind: str
) -> None:
    replaced = LINE.having(letter("colleague", kind), *away("colleague"))
    assert await answer(template_database, replaced) == by("superior", "stepping_in", "rater")


async def test_a_substitute_of_somebody_who_signed_does_not_decide_in_his_place(
    template_database: AsyncEngine,
) -> None:
    substituted = LINE.having(letter("colleague", official="superior"), signed_by("rater", "superior"))
    assert await answer(template_database, substituted, "appeals_officer") == by("director")


# Absences


@pytest.mark.parametrize("kind", ("study", "unpaid_leave", "suspended", "retired", "died", "left"))
async def test_where_the_rater_is_away_the_superior_steps_in(
    template_database: AsyncEngine, kind: str
) -> None:
    absent = LINE.having(Away(person="rater", kind=kind))
    assert await answer(template_database, absent) == by("superior", "stepping_in", "rater")


async def test_leave_of_up_to_a_month_leaves_the_post_filled(template_database: AsyncEngine) -> None:
    assert await answer(template_database, LINE.having(Away(0, 1, "rater", "leave"))) == by("rater")


async def test_on_leave_of_more_than_a_month_the_superior_steps_in_from_its_first_day(
    template_database: AsyncEngine,
) -> None:
    on_leave = LINE.having(Away(0, 2, "rater", "leave"))
    assert await answer(template_database, on_leave) == by("superior", "stepping_in", "rater")


@pytest.mark.parametrize(
    ("until", "longer"),
    (("2026-03-31T17:00Z", False), ("2026-03-31T17:00:01Z", True), ("2026-04-01T17:00Z", True)),
)
async def test_a_month_of_leave_is_counted_in_the_agency_s_zone(
    template_database: AsyncEngine, until: str, longer: bool
) -> None:
    # From 1 March in Jakarta, which in UTC is the last evening of February, a shorter month.
    stored = await store(template_database, LINE.having(Away(0, 1, "rater", "leave")))
    async with template_database.begin() as connection:
        await connection.execute(
            text("""
                UPDATE absence
                SET valid_from = '2026-02-28T17:00Z', valid_until = CAST(CAST(:until AS text) AS timestamptz)
                WHERE person_id = :rater"""),
            {"until": until, "rater": stored.people["rater"]},
        )
        found = await connection.scalar(
            text("SELECT is_away(:rater, '2026-03-10T00:00Z')"), {"rater": stored.people["rater"]}
        )
    assert found is longer


@pytest.mark.parametrize("standing", ("02", "03", "04", "07", "13", "20", "98", "99"))
async def test_who_by_his_legal_standing_holds_no_post_is_away(
    template_database: AsyncEngine, standing: str
) -> None:
    standings = Organisation(PEOPLE, LINE.hr, LINE.relations, standings={"rater": standing}, cases=LINE.cases)
    assert await answer(template_database, standings) == by("superior", "stepping_in", "rater")


async def test_a_legal_standing_that_keeps_the_post_is_no_absence(template_database: AsyncEngine) -> None:
    standings = Organisation(PEOPLE, LINE.hr, LINE.relations, standings={"rater": "05"}, cases=LINE.cases)
    assert await answer(template_database, standings) == by("rater")


async def test_the_next_superior_steps_in_level_by_level(template_database: AsyncEngine) -> None:
    for absent, present in (
        (("rater",), "superior"),
        (("rater", "superior"), "director"),
        (("rater", "superior", "director"), "head"),
    ):
        found = await answer(template_database, LINE.having(*away(*absent)))
        assert found == by(present, "stepping_in", "rater")


async def test_a_substitute_of_the_next_superior_acts_on_that_one_s_behalf(
    template_database: AsyncEngine,
) -> None:
    absent = LINE.having(letter("colleague", official="superior"), *away("rater"))
    assert await answer(template_database, absent) == by("colleague", "plh", "superior")


async def test_where_all_up_the_line_are_away_hr_is_told(template_database: AsyncEngine) -> None:
    absent = LINE.having(*away("rater", "superior", "director", "head"))
    assert await answer(template_database, absent) == LEFT_TO_HR


# The superior is never the one who rates


async def test_who_steps_in_for_the_rater_does_not_sign_as_superior(template_database: AsyncEngine) -> None:
    absent = LINE.having(*away("rater"))
    assert await answer(template_database, absent, "rater_superior") == by("director")


async def test_a_superior_who_is_the_rater_s_substitute_does_not_sign_as_superior(
    template_database: AsyncEngine,
) -> None:
    substituted = LINE.having(letter("superior"))
    assert await answer(template_database, substituted, "rater_superior") == by("director")


async def test_a_superior_who_acts_for_the_rater_of_one_employee_does_not_sign_as_superior(
    template_database: AsyncEngine,
) -> None:
    acting = LINE.having(relation("superior", "plh"), relation("superior", capacity="rater_superior"))
    assert await answer(template_database, acting, "rater_superior") == by("director")


@pytest.mark.parametrize("kind", ("definitive", "delegated"))
async def test_an_explicit_superior_who_is_the_rater_is_passed_over(
    template_database: AsyncEngine, kind: str
) -> None:
    explicit = LINE.having(relation("rater", kind, capacity="rater_superior"))
    assert await answer(template_database, explicit, "rater_superior") == by("superior")


async def test_a_substitute_of_the_superior_who_rates_already_does_not_sign(
    template_database: AsyncEngine,
) -> None:
    substituted = LINE.having(letter("colleague"), letter("colleague", official="superior"))
    assert await answer(template_database, substituted, "rater_superior") == by(
        "director", "stepping_in", "superior"
    )


async def test_who_stands_in_for_the_rater_may_decide_the_objection_to_what_he_has_not_signed(
    template_database: AsyncEngine,
) -> None:
    absent = LINE.having(signed_by("rater"), *away("rater"))
    assert await answer(template_database, absent, "appeals_officer") == by("superior")


# Objections


async def test_everybody_who_signed_is_passed_over_level_by_level(template_database: AsyncEngine) -> None:
    for signed, deciding in ((("rater", "superior"), "director"), (("superior", "director"), "head")):
        found = await answer(template_database, LINE.having(signed_by(*signed)), "appeals_officer")
        assert found == by(deciding)


async def test_an_explicit_appeals_officer_who_signed_is_passed_over(template_database: AsyncEngine) -> None:
    explicit = LINE.having(relation("colleague", capacity="appeals_officer"), signed_by("colleague"))
    assert await answer(template_database, explicit, "appeals_officer") == by("superior")


async def test_where_all_who_are_above_have_signed_nobody_decides(template_database: AsyncEngine) -> None:
    signed = LINE.having(signed_by("superior", "director", "head"))
    assert await answer(template_database, signed, "appeals_officer") == NOBODY


async def test_signing_bars_nobody_from_rating(template_database: AsyncEngine) -> None:
    assert await answer(template_database, LINE.having(signed_by("rater"))) == by("rater")


# Where nobody is found


async def test_without_any_relation_hr_is_told_and_does_not_decide(template_database: AsyncEngine) -> None:
    for capacity, expected in OF_NOBODY.items():
        assert await answer(template_database, UNRATED, capacity) == expected


async def test_the_head_of_the_agency_is_left_to_hr(template_database: AsyncEngine) -> None:
    head = LINE.having(Appraised("case", "head"))
    for capacity, expected in OF_NOBODY.items():
        assert await answer(template_database, head, capacity) == expected


async def test_next_to_the_head_the_superior_is_left_to_hr(template_database: AsyncEngine) -> None:
    director = LINE.having(Appraised("case", "director"))
    assert await answer(template_database, director) == by("head")
    assert await answer(template_database, director, "rater_superior") == LEFT_TO_HR


async def test_hr_never_judges_itself(template_database: AsyncEngine) -> None:
    officer = UNRATED.having(Appraised("case", "officer"))
    assert await answer(template_database, officer) == Answer(None, frozenset({"clerk"}))


async def test_of_the_only_personnel_officer_nobody_is_found(template_database: AsyncEngine) -> None:
    alone = Organisation(PEOPLE, ("officer",), cases=(Appraised("case", "officer"),))
    assert await answer(template_database, alone) == Answer(None, frozenset())


async def test_a_personnel_officer_who_set_the_result_goes_on_in_the_rater_s_place(
    template_database: AsyncEngine,
) -> None:
    alone = Organisation(PEOPLE, ("officer",), cases=(signed_by("officer"),))
    assert (await answer(template_database, alone)).holders == {"officer"}
    assert (await answer(template_database, alone, "hr")).holders == {"officer"}
    assert (await answer(template_database, alone, "appeals_officer")).holders == set()


# Periods


async def test_a_relation_begins_with_its_first_moment_and_ends_before_its_last(
    template_database: AsyncEngine,
) -> None:
    handed_over = UNRATED.having(relation("rater", since=1, until=2), relation("superior", since=2))
    for tick, expected in ((0, LEFT_TO_HR), (1, by("rater")), (2, by("superior"))):
        assert await answer(template_database, handed_over, at=tick) == expected


async def test_a_substitution_begins_with_its_first_moment_and_ends_before_its_last(
    template_database: AsyncEngine,
) -> None:
    substituted = LINE.having(letter("colleague", since=1, until=2))
    for tick, expected in ((0, by("rater")), (1, by("colleague", "plh", "rater")), (2, by("rater"))):
        assert await answer(template_database, substituted, at=tick) == expected


async def test_an_absence_begins_with_its_first_moment_and_ends_before_its_last(
    template_database: AsyncEngine,
) -> None:
    absent = LINE.having(Away(1, 2, "rater"))
    for tick, expected in ((0, by("rater")), (1, by("superior", "stepping_in", "rater")), (2, by("rater"))):
        assert await answer(template_database, absent, at=tick) == expected


async def test_what_begins_and_ends_at_one_moment_never_holds(template_database: AsyncEngine) -> None:
    empty = LINE.having(
        letter("colleague", since=1, until=1),
        Away(1, 1, "rater"),
        relation("head", "plh", since=1, until=1),
    )
    assert await answer(template_database, empty, at=1) == by("rater")


async def test_in_a_closed_period_the_rater_stays_whom_the_employee_had(
    template_database: AsyncEngine,
) -> None:
    moved = UNRATED.having(
        Appraised("case", "employee", frozen=1),
        Appraised("next", "employee"),
        relation("rater", since=0, until=2),
        relation("colleague", since=2),
    )
    assert await answer(template_database, moved, at=3) == by("rater")
    assert await answer(template_database, moved, at=3, case="next") == by("colleague")


async def test_in_a_closed_period_it_counts_who_is_away_now(template_database: AsyncEngine) -> None:
    closed = LINE.having(Appraised("case", "employee", frozen=0), Away(2, 3, "rater"))
    assert await answer(template_database, closed, at=1) == by("rater")
    assert await answer(template_database, closed, at=2) == by("superior", "stepping_in", "rater")


async def test_in_a_closed_period_it_counts_who_is_substituted_now(template_database: AsyncEngine) -> None:
    closed = LINE.having(Appraised("case", "employee", frozen=1), letter("colleague", since=2, until=3))
    assert await answer(template_database, closed, at=1) == by("rater")
    assert await answer(template_database, closed, at=2) == by("colleague", "plh", "rater")


async def test_a_relation_of_the_case_counts_in_a_closed_period_too(template_database: AsyncEngine) -> None:
    closed = LINE.having(Appraised("case", "employee", frozen=0), relation("colleague", case="case", since=2))
    assert await answer(template_database, closed, at=2) == by("colleague")


async def test_whom_the_employee_came_to_rate_does_not_rate_the_closed_period(
    template_database: AsyncEngine,
) -> None:
    promoted = UNRATED.having(
        Appraised("case", "employee", frozen=1),
        relation("rater", since=0, until=2),
        relation("director", since=2),
        relation("employee", employee="rater", since=2),
    )
    assert await answer(template_database, promoted, at=1) == by("rater")
    assert await answer(template_database, promoted, at=2) == by("director", "stepping_in", "rater")


# Circles


async def test_two_who_rate_each_other_are_left_to_hr(template_database: AsyncEngine) -> None:
    mutual = UNRATED.having(relation("rater"), relation("employee", employee="rater"))
    for capacity, expected in OF_NOBODY.items():
        assert await answer(template_database, mutual, capacity) == expected


async def test_in_a_circle_of_absent_officials_the_search_ends(template_database: AsyncEngine) -> None:
    circle = UNRATED.having(
        relation("rater"),
        relation("superior", employee="rater"),
        relation("director", employee="superior"),
        relation("rater", employee="director"),
        *away("rater", "superior", "director"),
    )
    assert await answer(template_database, circle) == LEFT_TO_HR


async def test_a_circle_through_the_employee_leaves_those_before_him_usable(
    template_database: AsyncEngine,
) -> None:
    circle = UNRATED.having(
        relation("rater"), relation("superior", employee="rater"), relation("employee", employee="superior")
    )
    assert await answer(template_database, circle) == by("rater")
    assert await answer(template_database, circle, "rater_superior") == LEFT_TO_HR


async def test_somebody_from_below_who_has_one_case_is_superseded_by_the_employee_s_own_rater(
    template_database: AsyncEngine,
) -> None:
    below = LINE.having(Appraised("case", "rater"), relation("deputy", employee="rater", case="case"))
    assert await answer(template_database, below) == by("superior", "stepping_in", "deputy")


@pytest.mark.parametrize("present", (1, 10, 19))
async def test_a_line_of_twenty_levels_is_climbed_to_whoever_is_there(
    template_database: AsyncEngine, present: int
) -> None:
    people = tuple(f"level {number}" for number in range(21))
    line = Organisation(
        (*people, "officer"),
        hr=("officer",),
        relations=tuple(
            Relation(employee=below, holder=above) for below, above in itertools.pairwise(people)
        ),
        absences=tuple(Away(person=person) for person in people[1 : present + 1]),
        cases=(Appraised("case", "level 0"),),
    )
    assert await answer(template_database, line) == by(people[present + 1], "stepping_in", "level 1")


# Capacities and representation


async def test_a_substitute_holds_the_capacity_and_represents_the_official(
    template_database: AsyncEngine,
) -> None:
    stored = await store(template_database, LINE.having(letter("colleague")))
    capacities = await held(template_database, stored, 0)
    assert capacities["case", "colleague"] == (["rater"], [None, "rater", None, None, None, None])
    assert capacities["case", "rater"] == ([], [None] * 6)


async def test_a_personnel_officer_holds_what_falls_to_hr_and_represents_nobody(
    template_database: AsyncEngine,
) -> None:
    stored = await store(template_database, UNRATED)
    capacities = await held(template_database, stored, 0)
    assert capacities["case", "officer"] == (
        ["rater", "rater_superior", "hr"],
        [None] * 6,
    )


async def test_one_query_answers_for_many_cases_at_once(template_database: AsyncEngine) -> None:
    cases = [Appraised(f"case of {name}", name) for name in ("employee", "rater", "superior")]
    stored = await store(template_database, LINE.having(*cases))
    found = await answers(template_database, stored, [0], ["rater"])
    assert [found[Question(case.name, "rater", 0)] for case in cases] == [
        by("rater"),
        by("superior"),
        by("director"),
    ]
