"""Asks the database who is responsible."""

import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.appraisal.rights import CASE
from tests.store.assignment.organisation import Organisation, Stored, moment_of, store

JUDGES = ("rater", "rater_superior", "appeals_officer")
CAPACITIES = ("employee", *JUDGES, "hr")
AUDIENCES = (*CAPACITIES, "appeals_superior")
"""Capacities, and whoever is only told."""

_EVERYTHING = text(f"""
    SELECT appraisal.id, capacity, moment, found.holder, found.basis, found.on_behalf_of,
        ARRAY(SELECT holders_of({CASE}, capacity, moment, signers(appraisal.snapshot)))
    FROM appraisal
    CROSS JOIN unnest(CAST(:capacities AS text[])) AS capacity
    CROSS JOIN unnest(CAST(:moments AS timestamptz[])) AS moment
    LEFT JOIN LATERAL responsible({CASE}, capacity, moment, signers(appraisal.snapshot)) AS found ON true
    WHERE appraisal.cycle_id = :cycle
""")
_HELD = text(f"""
    SELECT appraisal.id, asker,
        capacities_held(asker, {CASE}, :capacities, :moment, signers(appraisal.snapshot)),
        ARRAY(
            SELECT represented(asker, {CASE}, capacity, :moment, signers(appraisal.snapshot))
            FROM unnest(CAST(:capacities AS text[])) AS capacity)
    FROM appraisal CROSS JOIN unnest(CAST(:people AS uuid[])) AS asker
    WHERE appraisal.cycle_id = :cycle
""")


class Responsible(NamedTuple):
    """Who acts, on which basis, in whose place."""

    holder: str
    basis: str
    on_behalf_of: str | None = None


class Answer(NamedTuple):
    """Who is responsible, if somebody is, and on whom it waits."""

    responsible: Responsible | None
    holders: frozenset[str]


class Question(NamedTuple):
    """Which capacity on which case, at which tick."""

    case: str
    capacity: str
    tick: int


async def answers(
    database: AsyncEngine, stored: Stored, ticks: Sequence[int], capacities: Sequence[str] = CAPACITIES
) -> dict[Question, Answer]:
    """What the database says to every question, in one query."""
    moments = {moment_of(tick): tick for tick in ticks}
    parameters = {"capacities": list(capacities), "moments": list(moments), "cycle": stored.cycle}
    async with database.connect() as connection:
        rows = (await connection.execute(_EVERYTHING, parameters)).all()
    found = {}
    for case, capacity, moment, holder, basis, on_behalf_of, holders in rows:
        question = Question(stored.case_of(case), capacity, moments[moment])
        assert question not in found, f"two are responsible for {question}"
        found[question] = Answer(
            None
            if holder is None
            else Responsible(_name(stored, holder), basis, stored.name_of(on_behalf_of)),
            frozenset(_name(stored, each) for each in holders),
        )
    return found


async def held(
    database: AsyncEngine, stored: Stored, tick: int
) -> dict[tuple[str, str], tuple[list[str], Any]]:
    """By case and person: the capacities held, and for each of `AUDIENCES` who is represented."""
    parameters = {
        "capacities": list(AUDIENCES),
        "people": list(stored.people.values()),
        "moment": moment_of(tick),
        "cycle": stored.cycle,
    }
    async with database.connect() as connection:
        rows = (await connection.execute(_HELD, parameters)).all()
    return {
        (stored.case_of(case), _name(stored, person)): (
            capacities,
            [stored.name_of(each) for each in represented],
        )
        for case, person, capacities, represented in rows
    }


async def answer(
    database: AsyncEngine,
    organisation: Organisation,
    capacity: str = "rater",
    *,
    at: int = 0,
    case: str = "case",
) -> Answer:
    """The answer to one question."""
    stored = await store(database, organisation)
    return (await answers(database, stored, [at], [capacity]))[Question(case, capacity, at)]


def _name(stored: Stored, person: uuid.UUID) -> str:
    name = stored.name_of(person)
    assert name is not None
    return name
