"""The queue of the personnel officers holds exactly what the resolver finds nobody for, and never less."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.incident.kinds import IncidentKind
from store.incident.reading import Incident, incident_counts, incidents
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

PEOPLE = ("employee", "rater", "superior", "officer")
LINE = Organisation(
    PEOPLE,
    hr=("officer",),
    relations=(
        Relation(employee="employee", holder="rater"),
        Relation(employee="rater", holder="superior"),
    ),
    cases=(Appraised("case", "employee"),),
)

# Every task of an official is put to the resolver: slow, and beyond doubt.
_ALONE = text("""
    SELECT task.appraisal_id FROM task
    JOIN appraisal ON appraisal.id = task.appraisal_id
    JOIN cycle ON cycle.id = appraisal.cycle_id AND cycle.agency_id = :agency
    WHERE closed_at IS NULL AND capacity IN ('rater', 'rater_superior', 'appeals_officer') AND NOT EXISTS (
        SELECT FROM responsible(employee_id, appraisal.id, relations_until, capacity,
            business_at(cycle.clock, :now), signers(snapshot)))
""")


async def found(database: AsyncEngine, stored: Stored, tick: int = 1, limit: int = 100) -> list[Incident]:
    async with database.connect() as connection:
        return await incidents(connection, stored.agency, moment_of(tick), kind=None, after=None, limit=limit)


@given(organisations(), st.sampled_from(TICKS))
@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
async def test_what_waits_on_nobody_is_listed_and_nothing_else(
    template_database: AsyncEngine, organisation: Organisation, tick: int
) -> None:
    stored = await store(template_database, organisation)
    async with template_database.connect() as connection:
        asked = {"agency": stored.agency, "now": moment_of(tick)}
        alone = set((await connection.execute(_ALONE, asked)).scalars())
    listed = [incident.appraisal_id for incident in await found(template_database, stored, tick)]
    assert len(set(listed)) == len(listed)
    assert set(listed) == alone


async def kinds(database: AsyncEngine, organisation: Organisation) -> list[IncidentKind]:
    return [incident.kind for incident in await found(database, await store(database, organisation))]


async def test_a_line_in_order_has_no_incident(template_database: AsyncEngine) -> None:
    assert await kinds(template_database, LINE) == []


async def test_an_employee_without_a_rater_is_one(template_database: AsyncEngine) -> None:
    alone = Organisation(PEOPLE, hr=("officer",), cases=LINE.cases)
    assert await kinds(template_database, alone) == [IncidentKind.NO_RATER]


async def test_a_rater_away_with_all_above_him_is_one(template_database: AsyncEngine) -> None:
    away = LINE.having(Away(person="rater"), Away(person="superior"))
    assert await kinds(template_database, away) == [IncidentKind.LINE_AWAY]


async def test_a_superior_who_can_step_in_prevents_one(template_database: AsyncEngine) -> None:
    assert await kinds(template_database, LINE.having(Away(person="rater"))) == []


async def test_a_substitute_prevents_one(template_database: AsyncEngine) -> None:
    away = LINE.having(Away(person="rater"), Away(person="superior"))
    letter = Letter(official="rater", substitute="officer", kind="plt")
    assert await kinds(template_database, away.having(letter)) == []


@pytest.mark.parametrize(("signed", "expected"), (((), []), (("superior",), [IncidentKind.LINE_ENDS])))
async def test_an_objection_whose_line_ends_at_who_signed_is_one(
    template_database: AsyncEngine, signed: tuple[str, ...], expected: list[IncidentKind]
) -> None:
    objected = LINE.having(Appraised("case", "employee", "appeals_officer", signed))
    assert await kinds(template_database, objected) == expected


async def test_a_countersignature_with_nobody_above_the_rater_is_one(template_database: AsyncEngine) -> None:
    short = Organisation(
        PEOPLE,
        hr=("officer",),
        relations=LINE.relations[:1],
        cases=(Appraised("case", "employee", "rater_superior"),),
    )
    assert await kinds(template_database, short) == [IncidentKind.LINE_ENDS]


@pytest.mark.parametrize("waits_on", ("appeals_officer", "rater_superior"))
async def test_a_top_decider_prevents_one(template_database: AsyncEngine, waits_on: str) -> None:
    case = Appraised("case", "employee", waits_on, ("rater", "superior"))
    ended = LINE.having(case)
    assert await kinds(template_database, ended) == [IncidentKind.LINE_ENDS]
    assert await kinds(template_database, replace(ended, top_deciders=("officer",))) == []


async def test_a_top_decider_who_had_a_part_in_the_result_prevents_none(
    template_database: AsyncEngine,
) -> None:
    case = Appraised("case", "employee", "appeals_officer", ("rater", "superior", "officer"))
    ended = replace(LINE, top_deciders=("officer",)).having(case)
    assert await kinds(template_database, ended) == [IncidentKind.LINE_ENDS]


async def test_incidents_of_another_agency_stay_there(template_database: AsyncEngine) -> None:
    await store(template_database, Organisation(PEOPLE, hr=("officer",), cases=LINE.cases))
    assert await kinds(template_database, LINE) == []


async def three(database: AsyncEngine) -> Stored:
    """Three employees without a rater, whose tasks were opened day by day."""
    people = ("first", "second", "third")
    cases = tuple(Appraised(name, name) for name in people)
    stored = await store(database, Organisation(people, cases=cases))
    async with database.begin() as connection:
        for day, name in enumerate(people):
            await connection.execute(
                text("UPDATE task SET opened_at = :opened WHERE appraisal_id = :id"),
                {"opened": moment_of(0) + dt.timedelta(days=day), "id": stored.cases[name]},
            )
    return stored


async def test_pages_go_on_where_the_last_one_ended_with_the_oldest_first(
    template_database: AsyncEngine,
) -> None:
    stored = await three(template_database)
    names: list[str] = []
    after: tuple[dt.datetime, str] | None = None
    async with template_database.connect() as connection:
        for _ in range(3):
            (row,) = await incidents(connection, stored.agency, moment_of(1), kind=None, after=after, limit=1)
            names.append(row.employee)
            after = row.since, row.key
        rest = await incidents(connection, stored.agency, moment_of(1), kind=None, after=after, limit=1)
    assert (names, rest) == (["first", "second", "third"], [])


async def test_one_kind_can_be_asked_for(template_database: AsyncEngine) -> None:
    stored = await three(template_database)
    async with template_database.connect() as connection:
        listed = [
            len(await incidents(connection, stored.agency, moment_of(1), kind=kind, after=None, limit=9))
            for kind in (IncidentKind.NO_RATER, IncidentKind.LINE_AWAY, IncidentKind.RATER_DISPUTED)
        ]
    assert listed == [3, 0, 0]


async def test_they_are_counted_with_the_oldest_of_each_kind(template_database: AsyncEngine) -> None:
    stored = await three(template_database)
    async with template_database.connect() as connection:
        (count,) = await incident_counts(connection, stored.agency, moment_of(1))
    assert (count.kind, count.count, count.oldest) == (IncidentKind.NO_RATER, 3, moment_of(0))


async def test_an_agency_that_is_not_there_has_none(template_database: AsyncEngine) -> None:
    async with template_database.connect() as connection:
        assert await incident_counts(connection, uuid.uuid4(), moment_of(1)) == []
