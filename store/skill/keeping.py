"""Keeps what the skills of cases came to, and adds them up by unit."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Text, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

_ALONE = text("SELECT pg_advisory_xact_lock(hashtext('skill_standing'))")

_UNITS_BEFORE = text("""
    SELECT DISTINCT cycle_id, unit_id FROM skill_standing
    WHERE appraisal_id IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text(CAST(:cases AS jsonb)))
""").bindparams(bindparam("cases", type_=Text()))

_KEEP = text("""
    INSERT INTO skill_standing (appraisal_id, cycle_id, unit_id, sequence, surveys, counts, weak, strong, known)
    SELECT appraisal_id, cycle_id, unit_id, sequence, surveys, counts, weak, strong, known
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
        appraisal_id uuid, cycle_id uuid, unit_id uuid, sequence integer, surveys integer, counts boolean,
        weak text[], strong text[], known text[])
    ON CONFLICT (appraisal_id) DO UPDATE SET unit_id = excluded.unit_id, sequence = excluded.sequence,
        surveys = excluded.surveys, counts = excluded.counts, weak = excluded.weak, strong = excluded.strong,
        known = excluded.known
""").bindparams(bindparam("rows", type_=Text()))

# Counted anew rather than by what changed: whatever went wrong before is right again.
_FORGET = text("""
    DELETE FROM unit_skill
    USING jsonb_to_recordset(CAST(:units AS jsonb)) AS touched(cycle_id uuid, unit_id uuid)
    WHERE unit_skill.cycle_id = touched.cycle_id AND unit_skill.unit_id = touched.unit_id
""").bindparams(bindparam("units", type_=Text()))
_ADD_UP = text("""
    INSERT INTO unit_skill (cycle_id, unit_id, skill, known, weak, strong)
    SELECT standing.cycle_id, standing.unit_id, said.skill, count(*),
        count(*) FILTER (WHERE said.skill = ANY (standing.weak)),
        count(*) FILTER (WHERE said.skill = ANY (standing.strong))
    FROM jsonb_to_recordset(CAST(:units AS jsonb)) AS touched(cycle_id uuid, unit_id uuid)
    JOIN skill_standing AS standing ON standing.cycle_id = touched.cycle_id AND standing.unit_id = touched.unit_id
    CROSS JOIN LATERAL unnest(standing.known) AS said(skill)
    WHERE standing.counts
    GROUP BY standing.cycle_id, standing.unit_id, said.skill
""").bindparams(bindparam("units", type_=Text()))


@dataclass(frozen=True, slots=True)
class Derived:
    """What the skills of a case came to."""

    appraisal: uuid.UUID
    cycle: uuid.UUID
    unit: uuid.UUID
    sequence: int
    surveys: int
    counts: bool
    weak: Sequence[str] = ()
    strong: Sequence[str] = ()
    known: Sequence[str] = ()


async def derive_alone(connection: AsyncConnection) -> None:
    """Waits until nobody else derives; then alone until the transaction ends. Taken before anything is read."""
    await connection.execute(_ALONE)


async def keep_derived(connection: AsyncConnection, derived: Sequence[Derived]) -> None:
    """Keeps what was derived, and counts the units of these cases anew. The caller derives alone."""
    if not derived:
        return
    before = await connection.execute(
        _UNITS_BEFORE, {"cases": json.dumps([str(d.appraisal) for d in derived])}
    )
    touched = {(row.cycle_id, row.unit_id) for row in before} | {(each.cycle, each.unit) for each in derived}
    await connection.execute(_KEEP, {"rows": json.dumps([_row(each) for each in derived])})
    units = json.dumps([{"cycle_id": str(cycle), "unit_id": str(unit)} for cycle, unit in touched])
    await connection.execute(_FORGET, {"units": units})
    await connection.execute(_ADD_UP, {"units": units})


def _row(each: Derived) -> dict[str, object]:
    return {
        "appraisal_id": str(each.appraisal),
        "cycle_id": str(each.cycle),
        "unit_id": str(each.unit),
        "sequence": each.sequence,
        "surveys": each.surveys,
        "counts": each.counts,
        "weak": list(each.weak),
        "strong": list(each.strong),
        "known": list(each.known),
    }
