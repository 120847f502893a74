"""Counts by unit to how many people an award would go, without reading who they are."""

import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Boolean, Text, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import all_rows

# Of the same people as skills are counted. An award waits until the result of the year is final.
_AWARDED = text("""
    SELECT standing.unit_id AS unit, count(*) AS people, count(*) FILTER (
        WHERE appraisal.stage = 'finalised'
            AND (:whatever OR EXISTS (
                SELECT FROM rated WHERE rated.digest = appraisal.snapshot ->> 'result'
                    AND rated.predicate = ANY (:predicates)))
            AND NOT EXISTS (
                SELECT FROM jsonb_to_recordset(CAST(:needs AS jsonb)) AS need(
                    kind text, field text, at_most numeric, at_least integer)
                WHERE need.at_least > (
                    SELECT count(*) FROM entry
                    WHERE entry.appraisal_id = appraisal.id AND entry.kind = need.kind
                        AND entry.withdrawn_at IS NULL AND NOT entry.confidential
                        AND (need.field IS NULL OR jsonb_typeof(entry.content -> need.field) = 'number'
                            AND CAST(entry.content ->> need.field AS numeric) <= need.at_most)))
        ) AS awarded
    FROM skill_standing AS standing JOIN appraisal ON appraisal.id = standing.appraisal_id
    WHERE standing.cycle_id = :cycle AND standing.counts AND standing.unit_id = ANY (:units)
    GROUP BY standing.unit_id
""").bindparams(
    bindparam("cycle", type_=Uuid()),
    bindparam("units", type_=ARRAY(Uuid())),
    bindparam("whatever", type_=Boolean()),
    bindparam("predicates", type_=ARRAY(Text())),
    bindparam("needs", type_=Text()),
)


@dataclass(frozen=True, slots=True)
class NeededEntries:
    """So many entries of a kind; with a ``field`` only those whose number in it is no more than ``at_most``."""

    kind: str
    at_least: int
    field: str | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True)
class AwardCount:
    """Of how many people of one unit, without those below, it is known, and to how many the award would go."""

    unit: uuid.UUID
    people: int
    awarded: int


async def award_counts(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    units: Collection[uuid.UUID],
    needs: Sequence[NeededEntries],
    predicates: Sequence[str],
) -> list[AwardCount]:
    """The counts of one award in each unit that has a delivered result; no ``predicates``: with any."""
    asked = [
        {"kind": each.kind, "field": each.field, "at_most": each.at_most, "at_least": each.at_least}
        for each in needs
    ]
    given = {
        "cycle": cycle,
        "units": list(units),
        "whatever": not predicates,
        "predicates": list(predicates),
        "needs": json.dumps(asked),
    }
    return all_rows(AwardCount, await connection.execute(_AWARDED, given))
