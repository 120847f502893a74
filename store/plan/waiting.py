"""Counts the plans that wait for the plan of their rater (PP 30/2019 art 8(2))."""

import uuid

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

WAITING = """(
    SELECT count(DISTINCT below.id)
    FROM assignment
    JOIN appraisal AS below ON below.employee_id = assignment.employee_id
    JOIN cycle AS theirs ON theirs.id = below.cycle_id
    WHERE assignment.holder_id = {person} AND assignment.capacity = 'rater'
        AND below.cycle_id = {cycle} AND below.stage = 'plan_drafting'
        AND official_of(below.employee_id, below.id, below.relations_until, 'rater',
            business_at(theirs.clock, now())) = {person}
        AND EXISTS (
            SELECT FROM (
                SELECT own.id FROM appraisal AS own
                WHERE own.cycle_id = {cycle} AND own.employee_id = {person} AND own.stage <> 'cancelled'
                ORDER BY own.period DESC LIMIT 1
            ) AS own
            WHERE NOT EXISTS (
                SELECT FROM event
                WHERE event.appraisal_id = own.id AND event.kind = 'acted'
                    AND event.body ->> 'trigger' = 'approve_plan'))
)"""
"""How many plans of a ``cycle`` are drafted by those whom a ``person`` rates, whose own plan there is not set."""

_ON_PERSON = text(f"SELECT {WAITING.format(person=':person', cycle=':cycle')}").bindparams(
    bindparam("person", type_=Uuid()), bindparam("cycle", type_=Uuid())
)


async def waiting_on(connection: AsyncConnection, person: uuid.UUID, cycle: uuid.UUID) -> int:
    """How many plans of the cycle wait for that of ``person``; zero once it is set, or where he makes none."""
    return int(await connection.scalar(_ON_PERSON, {"person": person, "cycle": cycle}) or 0)
