"""However the organisation changes under running appraisals, each open task has somebody who can act, or HR knows.

The orders are the real ones, with their items decided and recorded as the engine would have it; looked at are the
present and every moment at which a relation, a substitution or an absence begins or ends by itself.
"""

import datetime as dt
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.absences import AbsenceKind
from states.changes import CHANGE, ChangeKind
from states.stages import Stage
from store.incident.kinds import IncidentKind
from store.incident.reading import incidents
from store.person.roles import grant_role
from tests.fixtures.agency import SmallAgency, build_agency
from tests.store.operation.walking import STAGES, Walk, case_in

pytestmark = pytest.mark.database

EMPLOYEES = 5
STUCK = {IncidentKind.NO_RATER, IncidentKind.LINE_AWAY, IncidentKind.LINE_ENDS}
ORDERED = {"reason": "Penataan organisasi", "authority": "Kepala BKPSDM, SK 12/2026"}
BEGUN = dt.datetime(2027, 3, 1, 3, tzinfo=dt.UTC)
"""After everything that brought the appraisals into their stages."""

# Each relation names who; the numbers are places in the list of everybody.
PLACES = st.integers(0, 4 + EMPLOYEES)
DAYS = st.integers(1, 70)
STEPS = st.one_of(
    st.tuples(st.just(ChangeKind.REPLACE_OFFICIAL), PLACES, PLACES, DAYS),
    st.tuples(st.just(ChangeKind.APPOINT_SUBSTITUTE), PLACES, PLACES, DAYS),
    st.tuples(st.just(ChangeKind.ABSENCE), PLACES, st.sampled_from(list(AbsenceKind)), DAYS),
    st.tuples(st.just(ChangeKind.RETURN), PLACES, PLACES, DAYS),
    st.tuples(st.just(ChangeKind.MOVE), PLACES, PLACES, DAYS),
    st.tuples(st.just("time"), PLACES, PLACES, DAYS),
)
_OPEN = text("""
    SELECT task.appraisal_id, task.capacity, appraisal.employee_id,
        ARRAY(SELECT found.holder FROM responsible(appraisal.employee_id, appraisal.id, appraisal.relations_until,
            task.capacity, :moment, signers(appraisal.snapshot)) AS found) AS holders,
        signers(appraisal.snapshot) AS signers
    FROM task JOIN appraisal ON appraisal.id = task.appraisal_id
    JOIN cycle ON cycle.id = appraisal.cycle_id
    WHERE cycle.agency_id = :agency AND task.closed_at IS NULL
""")
_BOUNDARIES = text("""
    SELECT DISTINCT moment FROM (
        SELECT unnest(ARRAY[valid_from, valid_until]) AS moment FROM substitution WHERE agency_id = :agency
        UNION ALL
        SELECT unnest(ARRAY[valid_from, valid_until]) FROM absence JOIN person ON person.id = person_id
        WHERE agency_id = :agency
        UNION ALL
        SELECT unnest(ARRAY[valid_from, valid_until]) FROM assignment JOIN person ON person.id = employee_id
        WHERE agency_id = :agency
    ) AS boundary WHERE moment > :now
""")


def everybody(agency: SmallAgency) -> list[uuid.UUID]:
    return [
        agency.head,
        agency.director,
        agency.superior,
        agency.rater,
        agency.officer,
        *agency.employees,
    ]


def change_of(step: tuple[Any, ...], walk: Walk) -> Any | None:
    """The order that a step of a script means; None where it can be none."""
    kind, first, second, days = step
    people = everybody(walk.agency)
    until = (walk.now + dt.timedelta(days=days)).date()
    given: dict[str, Any] = {
        ChangeKind.REPLACE_OFFICIAL: {"official": people[first], "successor": people[second % len(people)]}
        if isinstance(second, int)
        else {},
        ChangeKind.APPOINT_SUBSTITUTE: {
            "official": people[first],
            "substitute": people[second % len(people)] if isinstance(second, int) else None,
            "basis": ("plh", "plt", "delegated")[days % 3],
            "until": until,
        },
        ChangeKind.ABSENCE: {
            "person": people[first],
            "absence": second,
            "until": until if second in (AbsenceKind.LEAVE, AbsenceKind.STUDY) else None,
        },
        ChangeKind.RETURN: {"person": people[first]},
        ChangeKind.MOVE: {
            "person": people[first],
            "unit": walk.agency.unit,
            "rater": people[second % len(people)] if isinstance(second, int) else None,
            "keeps_people": days % 2 == 0,
        },
    }[kind]
    try:
        return CHANGE.validate_python({"kind": kind, **ORDERED, **given})
    except ValidationError:
        return None


async def assert_nothing_waits_on_nobody(walk: Walk) -> None:
    agency = walk.agency
    async with walk.database.connect() as connection:
        boundaries = await connection.execute(_BOUNDARIES, {"agency": agency.agency, "now": walk.now})
        moments = [walk.now]
        for (boundary,) in boundaries:
            moments += [boundary - dt.timedelta(microseconds=1), boundary]
        people = set(everybody(agency))
        for moment in moments:
            rows = (await connection.execute(_OPEN, {"agency": agency.agency, "moment": moment})).all()
            queue = await incidents(connection, agency.agency, moment, kind=None, after=None, limit=1_000)
            stuck = {incident.appraisal_id for incident in queue if incident.kind in STUCK}
            nobody = set()
            for row in rows:
                if row.capacity == "hr":
                    continue
                assert len(row.holders) <= 1
                if not row.holders:
                    nobody.add(row.appraisal_id)
                    continue
                (holder,) = row.holders
                assert holder in people
                if row.capacity == "employee":
                    assert holder == row.employee_id
                    continue
                assert holder != row.employee_id
                away = await connection.scalar(
                    text("SELECT is_away(:holder, :moment)"), {"holder": holder, "moment": moment}
                )
                assert not away
                assert row.capacity == "rater" or holder not in row.signers
            assert stuck == nobody, "what waits on nobody is in HR's queue, and nothing else"


@given(
    stages=st.lists(st.sampled_from(STAGES), min_size=EMPLOYEES, max_size=EMPLOYEES),
    steps=st.lists(STEPS, min_size=1, max_size=8),
    top_deciders=st.lists(PLACES, max_size=2, unique=True),
)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
async def test_every_open_task_has_one_who_can_act_or_is_in_the_queue_of_hr(
    template_database: AsyncEngine,
    stages: list[Stage],
    steps: list[tuple[Any, ...]],
    top_deciders: list[int],
) -> None:
    agency = await build_agency(template_database, name=f"Kota {uuid.uuid4().hex}", employees=EMPLOYEES)
    async with template_database.begin() as transaction:
        for place in top_deciders:
            await grant_role(transaction, everybody(agency)[place], "top_decider")
    for employee, stage in zip(agency.employees, stages, strict=True):
        await case_in(template_database, agency, employee, agency.rater, stage)
    await case_in(template_database, agency, agency.rater, agency.superior, Stage.PLAN_REVIEW)
    walk = Walk(template_database, agency, BEGUN)
    await assert_nothing_waits_on_nobody(walk)
    for step in steps:
        if step[0] == "time":
            await walk.pass_time(step[3])
        else:
            change = change_of(step, walk)
            if change is not None:
                await walk.requested(change, agency.officer)
        await assert_nothing_waits_on_nobody(walk)


async def test_the_walk_carries_orders_out_and_lets_their_periods_end(database: AsyncEngine) -> None:
    """That the property above is about something: these orders are accepted, and one ends by itself."""
    agency = await build_agency(database, employees=EMPLOYEES)
    for employee, stage in zip(agency.employees, STAGES, strict=False):
        await case_in(database, agency, employee, agency.rater, stage)
    walk = Walk(database, agency, BEGUN)
    for step in (
        (ChangeKind.APPOINT_SUBSTITUTE, 3, 1, 12),
        (ChangeKind.ABSENCE, 2, AbsenceKind.DIED, 1),
        ("time", 0, 0, 20),
        (ChangeKind.MOVE, 7, 1, 2),
        (ChangeKind.REPLACE_OFFICIAL, 3, 1, 1),
    ):
        if step[0] == "time":
            await walk.pass_time(20)
            continue
        change = change_of(step, walk)
        assert change is not None
        assert await walk.requested(change, agency.officer), step
        await assert_nothing_waits_on_nobody(walk)
    assert walk.carried_out == 4
    async with database.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM appraisal WHERE period = 2")) == 1
