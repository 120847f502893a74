"""What somebody is shown is exactly what he is responsible for, however it came to be his."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from store.appraisal.repository import Asker, CaseFilter, case, cases
from store.appraisal.tasks import task_counts, tasks
from store.person.repository import colleagues
from tests.store.assignment.asking import CAPACITIES, Answer, Question, answers
from tests.store.assignment.model import expected
from tests.store.assignment.organisation import (
    Appraised,
    Away,
    Letter,
    Organisation,
    Relation,
    Stored,
    moment_of,
    store,
)
from tests.store.assignment.organisations import TICKS, organisations

pytestmark = pytest.mark.database

SEEING = ["employee", "rater", "rater_superior", "hr"]
JUDGING = ["appeals_officer"]
MANY = 1_000


@dataclass(frozen=True)
class Shown:
    """What one person is shown, by the names of cases and people."""

    tasks: frozenset[str]
    counted: dict[str, int]
    cases: frozenset[str]
    held: dict[str, frozenset[str]]
    people: frozenset[str]


async def shown(connection: AsyncConnection, stored: Stored, person: str, tick: int) -> Shown:
    who, now = stored.people[person], moment_of(tick)
    asker = Asker(who, stored.agency, SEEING, JUDGING, now)
    waiting = await tasks(connection, asker, after=None, limit=MANY)
    counts = await task_counts(connection, asker)
    listed = await cases(connection, asker, CaseFilter(), after=None, limit=MANY)
    details = [(name, await case(connection, id_, asker)) for name, id_ in stored.cases.items()]
    people = await colleagues(
        connection, asker=who, agency=stored.agency, now=now, name=None, after=None, limit=MANY
    )
    assert len({task.id for task in waiting}) == len(waiting), "a task is listed twice"
    assert len({line.id for line in listed}) == len(listed), "a case is listed twice"
    return Shown(
        frozenset(stored.case_of(task.appraisal_id) for task in waiting),
        {count.capacity: count.open for count in counts},
        frozenset(stored.case_of(line.id) for line in listed),
        {name: frozenset(found.capacities) for name, found in details if found and found.capacities},
        frozenset(name for each in people if (name := stored.name_of(each.id))),
    )


def due_to(
    stored: Stored, person: str, tick: int, found: dict[Question, Answer], raters: dict[str, Answer]
) -> Shown:
    """What follows from who is responsible."""
    organisation = stored.organisation
    held: dict[str, frozenset[str]] = {}
    waiting: dict[str, list[str]] = {}
    for each in organisation.cases:
        of_capacity = {
            capacity: found[Question(each.name, capacity, tick)].holders for capacity in CAPACITIES
        }
        judging = JUDGING if each.waits_on == "appeals_officer" else []
        mine = {
            capacity
            for capacity in (*SEEING, *judging)
            if (person in organisation.hr if capacity == "hr" else person in of_capacity[capacity])
        }
        if mine:
            held[each.name] = frozenset(mine)
        if person in of_capacity[each.waits_on]:
            waiting.setdefault(each.waits_on, []).append(each.name)
    rated = {name for name, answer in raters.items() if person in answer.holders}
    everybody = frozenset(organisation.people)
    return Shown(
        frozenset(name for names in waiting.values() for name in names),
        {capacity: len(names) for capacity, names in waiting.items()},
        frozenset(held),
        held,
        everybody if person in organisation.hr else frozenset({person, *rated}),
    )


async def compare(database: AsyncEngine, organisation: Organisation, tick: int) -> dict[str, Shown]:
    """Compares for everybody, and returns what each was shown."""
    stored = await store(database, organisation)
    found = await answers(database, stored, [tick])
    raters = {name: _present_rater(organisation, name, tick) for name in organisation.people}
    seen = {}
    async with database.connect() as connection:
        for person in organisation.people:
            seen[person] = await shown(connection, stored, person, tick)
            assert seen[person] == due_to(stored, person, tick, found, raters), person
    return seen


def _present_rater(organisation: Organisation, employee: str, tick: int) -> Answer:
    asked = organisation.having(Appraised("now", employee))
    return expected(asked, Question("now", "rater", tick))


@given(organisations(), st.sampled_from(TICKS))
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
async def test_lists_counts_cases_and_people_agree_with_who_is_responsible(
    template_database: AsyncEngine, organisation: Organisation, tick: int
) -> None:
    await compare(template_database, organisation, tick)


PEOPLE = ("employee", "rater", "superior", "director", "head", "colleague", "officer")
LINE = Organisation(
    PEOPLE,
    hr=("officer",),
    relations=(
        Relation(employee="employee", holder="rater"),
        Relation(employee="rater", holder="superior"),
        Relation(employee="superior", holder="director"),
        Relation(employee="director", holder="head"),
    ),
    cases=(Appraised("case", "employee"),),
)


def away(*people: str) -> list[Away]:
    return [Away(person=person) for person in people]


async def who_has_the_task(database: AsyncEngine, organisation: Organisation) -> set[str]:
    seen = await compare(database, organisation, 0)
    return {person for person, each in seen.items() if "case" in each.tasks}


async def test_a_rater_has_the_task(template_database: AsyncEngine) -> None:
    assert await who_has_the_task(template_database, LINE) == {"rater"}


async def test_a_substitute_has_the_task_and_the_official_no_longer(template_database: AsyncEngine) -> None:
    substituted = LINE.having(Letter(0, 4, "rater", "colleague"))
    assert await who_has_the_task(template_database, substituted) == {"colleague"}


async def test_who_steps_in_from_three_levels_above_has_the_task(template_database: AsyncEngine) -> None:
    absent = LINE.having(*away("rater", "superior", "director"))
    assert await who_has_the_task(template_database, absent) == {"head"}


async def test_a_substitute_of_who_would_step_in_has_the_task(template_database: AsyncEngine) -> None:
    absent = LINE.having(Letter(0, 4, "director", "colleague"), *away("rater", "superior"))
    assert await who_has_the_task(template_database, absent) == {"colleague"}


async def test_above_an_explicit_superior_who_is_away_the_next_has_the_task(
    template_database: AsyncEngine,
) -> None:
    explicit = LINE.having(
        Appraised("case", "employee", "rater_superior"),
        Relation(employee="employee", holder="colleague", capacity="rater_superior"),
        Relation(employee="colleague", holder="head"),
        *away("colleague"),
    )
    assert await who_has_the_task(template_database, explicit) == {"head"}


async def test_where_everybody_is_away_hr_has_the_task(template_database: AsyncEngine) -> None:
    absent = LINE.having(*away("rater", "superior", "director", "head"))
    assert await who_has_the_task(template_database, absent) == {"officer"}


async def test_where_two_rate_each_other_hr_has_the_task(template_database: AsyncEngine) -> None:
    mutual = Organisation(
        PEOPLE,
        hr=("officer",),
        relations=(
            Relation(employee="employee", holder="rater"),
            Relation(employee="rater", holder="employee"),
        ),
        cases=LINE.cases,
    )
    assert await who_has_the_task(template_database, mutual) == {"officer"}


async def test_an_objection_reaches_who_decides_it_above_all_who_signed(
    template_database: AsyncEngine,
) -> None:
    objected = LINE.having(
        Appraised("case", "employee", "appeals_officer", ("rater", "superior", "director"))
    )
    assert await who_has_the_task(template_database, objected) == {"head"}


async def test_a_superior_who_steps_in_finds_the_employee_in_the_directory(
    template_database: AsyncEngine,
) -> None:
    seen = await compare(template_database, LINE.having(*away("rater")), 0)
    assert seen["superior"].people == {"superior", "rater", "employee"}
    assert seen["rater"].people == {"rater"}


async def test_a_top_decider_beside_the_line_has_the_objection_and_sees_the_case(
    template_database: AsyncEngine,
) -> None:
    objected = replace(LINE, top_deciders=("colleague",)).having(
        Appraised("case", "employee", "appeals_officer", ("rater", "superior", "director", "head"))
    )
    seen = await compare(template_database, objected, 0)
    assert seen["colleague"].tasks == seen["colleague"].cases == {"case"}


async def test_a_countersignature_reaches_the_level_above_all_who_rated(
    template_database: AsyncEngine,
) -> None:
    signed = LINE.having(Appraised("case", "employee", "rater_superior", ("rater", "superior", "director")))
    seen = await compare(template_database, signed, 0)
    assert seen["head"].tasks == seen["head"].cases == {"case"}


async def test_a_top_decider_beside_the_line_has_the_countersignature(template_database: AsyncEngine) -> None:
    signed = replace(LINE, top_deciders=("colleague",)).having(
        Appraised("case", "director", "rater_superior", ("head",))
    )
    assert await who_has_the_task(template_database, signed) == {"colleague"}


async def test_an_objection_that_nobody_may_decide_is_no_task_of_hr(template_database: AsyncEngine) -> None:
    objected = LINE.having(
        Appraised("case", "employee", "appeals_officer", ("rater", "superior", "director", "head"))
    )
    assert await who_has_the_task(template_database, objected) == set()
