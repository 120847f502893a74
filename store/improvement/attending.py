"""Reads what attending to a time to improve needs, and closes one whose employee has left."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import DateTime, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import one_row

_TRACK = text("""
    SELECT improvement.id, improvement.appraisal_id AS appraisal, improvement.starts_on, improvement.ends_on,
        improvement.closed_at IS NOT NULL AS closed, appraisal.employee_id AS employee,
        employee.legal_standing, COALESCE(NULLIF(unit.zone, ''), agency.zone) AS zone,
        ARRAY(SELECT holders_of(appraisal.employee_id, appraisal.id, appraisal.relations_until, 'rater', :at,
            signers(appraisal.snapshot))) AS raters,
        ARRAY(
            SELECT role_grant.person_id FROM role_grant
            WHERE role_grant.agency_id = cycle.agency_id AND role_grant.role = 'hr'
                AND role_grant.person_id <> appraisal.employee_id
            ORDER BY role_grant.person_id) AS officers
    FROM improvement
    JOIN appraisal ON appraisal.id = improvement.appraisal_id
    JOIN cycle ON cycle.id = appraisal.cycle_id
    JOIN person AS employee ON employee.id = appraisal.employee_id
    JOIN unit ON unit.id = appraisal.unit_id
    JOIN agency ON agency.id = cycle.agency_id
    WHERE improvement.id = :id
""").bindparams(bindparam("id", type_=Uuid()), bindparam("at", type_=DateTime(timezone=True)))
_LEFT = text("""
    WITH closed AS (
        UPDATE improvement SET closed_at = now() WHERE id = :id AND closed_at IS NULL RETURNING id
    )
    INSERT INTO improvement_outcome (id, improvement_id, revision, kind, reason, letter, at, key, fingerprint,
        recorded_at)
    SELECT gen_random_uuid(), id, 1, 'left', '', '', :at, :key, '', now() FROM closed
""").bindparams(
    bindparam("id", type_=Uuid()),
    bindparam("at", type_=DateTime(timezone=True)),
    bindparam("key", type_=Text()),
)
LEFT_KEY = "wake:left"
"""No request can have it: keys that begin so are reserved (`states.command_keys`)."""


@dataclass(frozen=True, slots=True)
class Track:
    """A time to improve with the people whom it concerns at a business moment."""

    id: uuid.UUID
    appraisal: uuid.UUID
    starts_on: dt.date
    ends_on: dt.date
    closed: bool
    employee: uuid.UUID
    legal_standing: str
    zone: str
    """Where the employee works."""
    raters: Sequence[uuid.UUID]
    """Whoever acts as the rater then."""
    officers: Sequence[uuid.UUID]
    """The personnel officers, without the employee."""


async def track_at(connection: AsyncConnection, improvement: uuid.UUID, at: dt.datetime) -> Track | None:
    """The time to improve at a business moment; None for an unknown one."""
    row = (await connection.execute(_TRACK, {"id": improvement, "at": at})).one_or_none()
    return None if row is None else one_row(Track, row)


async def close_for_who_left(connection: AsyncConnection, improvement: uuid.UUID, at: dt.datetime) -> None:
    """Puts on record that it ended because its employee has left for good. A repeat changes nothing."""
    await connection.execute(_LEFT, {"id": improvement, "at": at, "key": LEFT_KEY})
