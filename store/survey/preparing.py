"""Prepares the surveys of a cycle: each case that lacks one gets it with its invitations, many in one statement."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import Date, DateTime, Integer, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.clock import Clock
from store.rows import one_row
from store.survey.fitting import APART, PEER, SUBORDINATE

# What is there already is looked at first: the snapshots are read of those cases alone that lack a survey.
# The draw is by a hash, so that it is neither by name nor by age, and the same whenever it is looked at.
_PREPARE = text(f"""
    WITH lacking AS MATERIALIZED (
        SELECT appraisal.id, employee.post FROM appraisal
        JOIN person AS employee ON employee.id = appraisal.employee_id
        WHERE appraisal.cycle_id = :cycle AND appraisal.stage NOT IN ('finalised', 'cancelled')
            AND appraisal.period_until IS NULL
            AND NOT EXISTS (
                SELECT FROM survey WHERE survey.appraisal_id = appraisal.id AND survey.input = :input)
            AND appraisal.snapshot ->> 'rulebook' = :scheme AND appraisal.snapshot ->> 'basis' IS NULL
        ORDER BY appraisal.id LIMIT :most
    ), planned AS (
        INSERT INTO survey (id, appraisal_id, cycle_id, input, scheme, post, state, opens_on, closes_on)
        SELECT gen_random_uuid(), id, :cycle, :input, :scheme, post, 'planned', :opens_on, :closes_on FROM lacking
        ON CONFLICT (appraisal_id, input) DO NOTHING
        RETURNING id, appraisal_id
    ), attending AS (
        INSERT INTO attended (id, kind, cycle_id, due_at) SELECT id, 'survey', :cycle, :due FROM planned
    ), invited AS (
        INSERT INTO survey_invitation (survey_id, person_id, asked_as, invited_by)
        SELECT planned.id, asked.person, asked.asked_as, 'rule'
        FROM planned
        JOIN appraisal ON appraisal.id = planned.appraisal_id
        JOIN person AS employee ON employee.id = appraisal.employee_id
        CROSS JOIN LATERAL ({APART}) AS related
        CROSS JOIN LATERAL (
            (
                SELECT candidate.id AS person, 'peers' AS asked_as FROM person AS candidate WHERE {PEER}
                ORDER BY hashtextextended(concat(planned.id, candidate.id), 0), candidate.id LIMIT :peers
            ) UNION ALL (
                SELECT candidate.id, 'subordinates' FROM person AS candidate
                WHERE candidate.id = ANY (related.apart) AND {SUBORDINATE}
                ORDER BY hashtextextended(concat(planned.id, candidate.id), 0), candidate.id LIMIT :subordinates
            )
        ) AS asked
        RETURNING survey_id
    )
    SELECT (SELECT count(*) FROM lacking) AS lacked, (SELECT count(*) FROM planned) AS prepared,
        (SELECT count(*) FROM invited) AS invitations
""").bindparams(  # noqa: S608  # put together from constants, all values are bound
    bindparam("cycle", type_=Uuid()),
    *(bindparam(name, type_=Text()) for name in ("input", "scheme")),
    *(bindparam(name, type_=Integer()) for name in ("most", "peers", "subordinates")),
    *(bindparam(name, type_=Date()) for name in ("opens_on", "closes_on")),
    *(bindparam(name, type_=DateTime(timezone=True)) for name in ("due", "now")),
)
_CYCLES = text("""
    SELECT cycle.id, cycle.agency_id, cycle.year, cycle.clock, agency.zone, now() AS real_now
    FROM cycle JOIN agency ON agency.id = cycle.agency_id
    WHERE (CAST(:cycle AS uuid) IS NULL OR cycle.id = :cycle)
    ORDER BY cycle.id
""").bindparams(bindparam("cycle", type_=Uuid()))
_SCHEMES = text("""
    SELECT key FROM scheme
    WHERE jsonb_path_exists(content_rules, '$.inputs.*.kind ? (@ == "survey")') ORDER BY key
""")


@dataclass(frozen=True, slots=True)
class SurveyedCycle:
    """A cycle whose surveys may be prepared."""

    id: uuid.UUID
    year: int
    zone: str
    now: dt.datetime
    """Business moment."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """What is prepared: the survey of one input, of the cases under one version of a scheme."""

    cycle: uuid.UUID
    input: str
    scheme: str
    opens_on: dt.date
    closes_on: dt.date
    due: dt.datetime
    now: dt.datetime
    peers: int
    """So many of a group are invited at most."""
    subordinates: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """What one statement came to."""

    lacked: int
    """Cases that lacked the survey; as many as the batch takes: there may be more."""
    prepared: int
    invitations: int


async def surveyed_cycles(connection: AsyncConnection, cycle: uuid.UUID | None = None) -> list[SurveyedCycle]:
    """All cycles, or the one with an id."""
    rows = await connection.execute(_CYCLES, {"cycle": cycle})
    return [
        SurveyedCycle(row.id, row.year, row.zone, Clock.from_data(row.clock).business(row.real_now))
        for row in rows
    ]


async def schemes_with_surveys(connection: AsyncConnection) -> list[str]:
    """The keys of all versions of schemes that ask in surveys."""
    return list((await connection.scalars(_SCHEMES)).all())


async def prepare_batch(connection: AsyncConnection, preparation: Preparation, most: int) -> Prepared:
    """Prepares at most so many surveys. Several processes may do so at once: no case gets two."""
    given = {name: getattr(preparation, name) for name in Preparation.__slots__}
    return one_row(Prepared, (await connection.execute(_PREPARE, {**given, "most": most})).one())
