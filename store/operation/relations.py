"""Writes relations, absences and units as a change requires: one statement each."""

import datetime as dt
import re
import uuid
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ARRAY, Boolean, DateTime, Text, Uuid, any_, bindparam, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import TextClause
from sqlalchemy.types import TypeEngine
from sqlmodel import col

from states.absences import AbsenceKind
from states.changes import SubstitutionKind
from states.operations.requested_change import Basis
from states.standing import ENDED_BY_RETURN, LegalStanding
from store.absence.table import AbsenceRow
from store.appraisal.table import AppraisalRow
from store.substitution.table import SubstitutionRow

_IDS = ("operation", "official", "successor", "substitute", "person", "unit", "rater", "into")
_KINDS: dict[str, TypeEngine[Any]] = {
    **dict.fromkeys(("at", "until"), DateTime(timezone=True)),
    **dict.fromkeys(("people", "units"), ARRAY(Uuid())),
    "ending": ARRAY(Text()),
    **dict.fromkeys(("letter", "reason", "kind", "standing", "post"), Text()),
    **dict.fromkeys(_IDS, Uuid()),
    "everybody": Boolean(),
}
_INSTANT = dt.timedelta(microseconds=1)
"""The smallest time that the database keeps."""
_NAMES = re.compile(r"(?<!:):([a-z]+)")


def _statement(sql: str) -> TextClause:
    """The statement, with each parameter that it names bound to its type."""
    return text(sql).bindparams(
        *(bindparam(name, type_=_KINDS[name]) for name in sorted(set(_NAMES.findall(sql))))
    )


# The successor takes the official's place: whoever rated the official then rates the successor.
_REPLACE = _statement("""
    WITH theirs AS (
        SELECT id, employee_id, capacity, appraisal_id FROM assignment
        WHERE holder_id = :official AND kind = 'definitive' AND (valid_until IS NULL OR valid_until > :at)
            AND (:everybody OR employee_id = ANY(:people))
        FOR UPDATE
    ), ended AS (
        UPDATE assignment SET valid_until = greatest(assignment.valid_from, :at)
        FROM theirs WHERE assignment.id = theirs.id RETURNING assignment.id
    )
    INSERT INTO assignment (id, employee_id, capacity, holder_id, kind, valid_from, letter, reason, appraisal_id,
        operation_id, recorded_at)
    SELECT gen_random_uuid(), theirs.employee_id, theirs.capacity, taking.holder, 'definitive', :at, :letter,
        :reason, theirs.appraisal_id, :operation, now()
    FROM (SELECT count(*) FROM ended) AS after_ending
    CROSS JOIN theirs
    CROSS JOIN LATERAL (
        SELECT CASE WHEN theirs.employee_id = :successor THEN assigned_holder(:official, 'rater', :at)
            ELSE :successor END AS holder
    ) AS taking
    WHERE taking.holder IS NOT NULL AND taking.holder <> theirs.employee_id
    RETURNING employee_id
""")
_AT = bindparam("at", type_=DateTime(timezone=True))
_END_NOW = update(SubstitutionRow).values(
    {col(SubstitutionRow.valid_until): func.greatest(col(SubstitutionRow.valid_from), _AT)}
)
_END_OF_OFFICIAL = _END_NOW.where(
    col(SubstitutionRow.official_id) == bindparam("official"),
    or_(col(SubstitutionRow.valid_until).is_(None), col(SubstitutionRow.valid_until) > _AT),
)
_END = _END_NOW.where(col(SubstitutionRow.id) == bindparam("substitution"))
_APPOINT = _statement("""
    INSERT INTO substitution (id, agency_id, official_id, substitute_id, kind, valid_from, valid_until, letter,
        reason, operation_id, recorded_at)
    SELECT gen_random_uuid(), agency_id, id, :substitute, :kind, :at, :until, :letter, :reason, :operation,
        now()
    FROM person WHERE id = :official
""")
_BEGIN_ABSENCE = _statement("""
    WITH ended AS (
        UPDATE absence SET valid_until = greatest(valid_from, :at)
        WHERE person_id = :person AND (valid_until IS NULL OR valid_until > :at)
    ), standing AS (
        UPDATE person SET legal_standing = :standing WHERE id = :person AND CAST(:standing AS text) IS NOT NULL
    )
    INSERT INTO absence (id, person_id, kind, valid_from, valid_until, letter, reason, operation_id, recorded_at)
    VALUES (gen_random_uuid(), :person, :kind, :at, :until, :letter, :reason, :operation, now())
""")
_END_ABSENCE = _statement("""
    WITH ended AS (
        UPDATE absence SET valid_until = greatest(valid_from, :at)
        WHERE person_id = :person AND (valid_until IS NULL OR valid_until > :at) AND valid_from <= :at
        RETURNING id
    ), standing AS (
        UPDATE person SET legal_standing = :standing
        WHERE id = :person AND legal_standing = ANY(:ending)
        RETURNING id
    )
    SELECT (SELECT count(*) FROM ended) + (SELECT count(*) FROM standing)
""")
_IS_ABSENT = select(
    select(col(AbsenceRow.id))
    .where(
        col(AbsenceRow.person_id) == bindparam("person"),
        col(AbsenceRow.valid_from) <= _AT,
        or_(col(AbsenceRow.valid_until).is_(None), col(AbsenceRow.valid_until) > _AT),
    )
    .exists()
)
_MOVE = _statement("""
    WITH moved AS (
        UPDATE person SET unit_id = :unit, post = COALESCE(NULLIF(:post, ''), post) WHERE id = :person
    ), ended AS (
        UPDATE assignment SET valid_until = greatest(valid_from, :at)
        WHERE employee_id = :person AND appraisal_id IS NULL AND (valid_until IS NULL OR valid_until > :at)
        RETURNING id
    )
    INSERT INTO assignment (id, employee_id, capacity, holder_id, kind, valid_from, letter, reason, operation_id,
        recorded_at)
    SELECT gen_random_uuid(), :person, 'rater', :rater, 'definitive', :at, :letter, :reason, :operation, now()
    FROM (SELECT count(*) FROM ended) AS after_ending
""")
_APPRAISALS = update(AppraisalRow).where(
    col(AppraisalRow.id) == any_(bindparam("appraisals", type_=ARRAY(Uuid())))
)
_FREEZE = _APPRAISALS.values(
    {
        col(AppraisalRow.relations_until): func.least(
            col(AppraisalRow.relations_until), bindparam("last", type_=DateTime(timezone=True))
        )
    }
)
_CLOSE = _APPRAISALS.values({col(AppraisalRow.period_until): bindparam("last_day")})
_MERGE = _statement("""
    WITH children AS (
        UPDATE unit SET parent_id = :into WHERE parent_id = ANY(:units) AND id <> :into
    ), people AS (
        UPDATE person SET unit_id = :into WHERE unit_id = ANY(:units) RETURNING id
    ), cases AS (
        UPDATE appraisal SET unit_id = :into WHERE unit_id = ANY(:units) AND holder IS NOT NULL
    ), merged AS (
        UPDATE unit SET merged_into = :into, merged_at = :at WHERE id = ANY(:units)
    )
    SELECT id FROM people
""")
_LOOPS = _statement("""
    WITH RECURSIVE line AS (
        SELECT unnest(:people) AS start, unnest(:people) AS id, 0 AS level
        UNION
        SELECT line.start, assigned_holder(line.id, 'rater', :at), level + 1
        FROM line WHERE level < 24 AND line.id IS NOT NULL AND (level = 0 OR line.id <> line.start)
    )
    SELECT DISTINCT start FROM line WHERE level > 0 AND id = start
""")


async def replace(
    connection: AsyncConnection,
    basis: Basis,
    *,
    official: uuid.UUID,
    successor: uuid.UUID,
    people: Collection[uuid.UUID] = (),
) -> list[uuid.UUID]:
    """Hands the official's people, or those named, to the successor; returns the people whose relation changed."""
    parameters = _of(basis) | {"official": official, "successor": successor}
    rows = await connection.execute(_REPLACE, parameters | {"people": list(people), "everybody": not people})
    changed = list(rows.scalars())
    if not people:
        await connection.execute(_END_OF_OFFICIAL, {"official": official, "at": basis.at})
    return changed


async def appoint(
    connection: AsyncConnection,
    basis: Basis,
    *,
    official: uuid.UUID,
    substitute: uuid.UUID,
    kind: SubstitutionKind,
    until: dt.datetime | None,
) -> None:
    """Lets the substitute stand in for the official until ``until``, exclusive."""
    await connection.execute(
        _APPOINT,
        _of(basis) | {"official": official, "substitute": substitute, "kind": kind.value, "until": until},
    )


async def end_substitution(connection: AsyncConnection, substitution: uuid.UUID, at: dt.datetime) -> None:
    """Ends a substitution before its time."""
    await connection.execute(_END, {"substitution": substitution, "at": at})


async def begin_absence(
    connection: AsyncConnection,
    basis: Basis,
    *,
    person: uuid.UUID,
    kind: AbsenceKind,
    until: dt.datetime | None,
    standing: LegalStanding | None,
) -> None:
    """Puts an absence on record, in place of one that still lasts, with the legal standing that it gives, if any."""
    given = None if standing is None else standing.value
    await connection.execute(
        _BEGIN_ABSENCE,
        _of(basis) | {"person": person, "kind": kind.value, "until": until, "standing": given},
    )


async def end_absence(connection: AsyncConnection, person: uuid.UUID, at: dt.datetime) -> bool:
    """Ends the absence that lasts at ``at``, with its legal standing; False if there is none."""
    parameters = {
        "person": person,
        "at": at,
        "standing": LegalStanding.ACTIVE.value,
        "ending": sorted(ENDED_BY_RETURN),
    }
    return bool(await connection.scalar(_END_ABSENCE, parameters))


async def is_absent(connection: AsyncConnection, person: uuid.UUID, at: dt.datetime) -> bool:
    """Whether an absence of any kind is in force at ``at``."""
    return bool(await connection.scalar(_IS_ABSENT, {"person": person, "at": at}))


async def move(
    connection: AsyncConnection,
    basis: Basis,
    *,
    person: uuid.UUID,
    unit: uuid.UUID,
    rater: uuid.UUID,
    post: str,
) -> None:
    """Puts the person into another unit, under another rater."""
    await connection.execute(
        _MOVE, _of(basis) | {"person": person, "unit": unit, "rater": rater, "post": post}
    )


async def keep_relations(
    connection: AsyncConnection, appraisals: Collection[uuid.UUID], at: dt.datetime
) -> None:
    """Keeps appraisals with the officials whom their employees had until ``at``, exclusive."""
    await connection.execute(_FREEZE, {"appraisals": list(appraisals), "last": at - _INSTANT})


async def close_periods(
    connection: AsyncConnection, appraisals: Collection[uuid.UUID], last_day: dt.date
) -> None:
    """Notes the last day of periods that end early."""
    await connection.execute(_CLOSE, {"appraisals": list(appraisals), "last_day": last_day})


async def merge_units(
    connection: AsyncConnection, units: Sequence[uuid.UUID], into: uuid.UUID, at: dt.datetime
) -> list[uuid.UUID]:
    """Puts the units' people, open appraisals and lower units into another one; returns the people."""
    rows = await connection.execute(_MERGE, {"units": list(units), "into": into, "at": at})
    return list(rows.scalars())


async def in_a_circle(
    connection: AsyncConnection, people: Collection[uuid.UUID], at: dt.datetime
) -> list[uuid.UUID]:
    """Those of ``people`` whose line of raters leads back to themselves."""
    if not people:
        return []
    return list((await connection.execute(_LOOPS, {"people": list(people), "at": at})).scalars())


def _of(basis: Basis) -> dict[str, object]:
    return {
        "operation": basis.operation,
        "at": basis.at,
        "letter": basis.letter[:200],
        "reason": basis.reason,
    }
