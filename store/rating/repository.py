"""Counts the ratings in force of a cycle. The caller decides who may see which counts.

A rating in force is the one that the snapshot of a case names. A cancelled case has none, nor has a case that is to be
rated anew. A rating without an outcome, in words, is not counted.
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import Boolean, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import Json
from store.rows import all_rows

_CHOSEN = """RECURSIVE found_unit AS (
    SELECT CAST(:unit AS uuid) AS id, false AS below
    UNION
    SELECT unit.id, true FROM found_unit JOIN unit ON unit.parent_id = found_unit.id WHERE :subunits
), chosen AS (
    SELECT id, bool_and(below) AS below FROM found_unit GROUP BY id
)"""

# The asker's own case is a group of its own, with its snapshot, so that the caller may leave it out.
_OWN = "CASE WHEN appraisal.employee_id = :asker THEN appraisal.snapshot END"

# One look by the key of texts for each case: a join would let all texts of all years be read.
_RATED = """JOIN LATERAL (
        SELECT predicate, kind, author_id FROM rated WHERE rated.digest = appraisal.snapshot ->> 'result' LIMIT 1
    ) AS rated ON rated.predicate IS NOT NULL"""

# What is to be rated anew may have been sent back to the self-assessment before.
_IN_FORCE = """appraisal.cycle_id = :cycle AND appraisal.stage <> 'cancelled'
    AND COALESCE(appraisal.snapshot -> 'suspension' ->> 'source', appraisal.stage)
        NOT IN ('self_assessment', 'rating')"""

# Whoever had several periods in the year counts with the latest one, in its unit.
_PREDICATES = text(f"""
    WITH {_CHOSEN}
    SELECT chosen.below, rated.predicate, count(*) AS people, {_OWN} AS own
    FROM chosen
    JOIN appraisal ON appraisal.unit_id = chosen.id
    {_RATED}
    WHERE {_IN_FORCE}
        AND NOT EXISTS (
            SELECT FROM appraisal AS later
            WHERE later.cycle_id = appraisal.cycle_id AND later.employee_id = appraisal.employee_id
                AND later.period > appraisal.period AND later.stage <> 'cancelled'
        )
    GROUP BY chosen.below, rated.predicate, own
""").bindparams(  # noqa: S608  # the constants above
    bindparam("cycle", type_=Uuid()),
    bindparam("unit", type_=Uuid()),
    bindparam("asker", type_=Uuid()),
    bindparam("subunits", type_=Boolean()),
)

# What a decision on an objection set says nothing of how a rater rates.
_BY_RATER = text(f"""
    WITH {_CHOSEN}
    SELECT given.rater_id, rater.name AS rater, given.predicate, given.people, given.own
    FROM (
        SELECT rated.author_id AS rater_id, rated.predicate, count(*) AS people, {_OWN} AS own
        FROM appraisal
        {_RATED}
        WHERE {_IN_FORCE} AND rated.kind = 'rate'
            AND (CAST(:unit AS uuid) IS NULL OR appraisal.unit_id IN (SELECT id FROM chosen))
        GROUP BY rated.author_id, rated.predicate, own
    ) AS given
    JOIN person AS rater ON rater.id = given.rater_id
    ORDER BY given.rater_id, given.predicate
""").bindparams(  # noqa: S608  # the constants above
    bindparam("cycle", type_=Uuid()),
    bindparam("unit", type_=Uuid()),
    bindparam("asker", type_=Uuid()),
    bindparam("subunits", type_=Boolean()),
)


@dataclass(frozen=True, slots=True)
class PredicateCount:
    """How many people of a unit, or of the units below it, have a predicate."""

    below: bool
    """Whether they are in a unit below."""
    predicate: str
    people: int
    own: Json | None
    """The snapshot of the asker's own case, which is never counted together with others."""


@dataclass(frozen=True, slots=True)
class RaterCount:
    """How often a rater gave a predicate."""

    rater_id: uuid.UUID
    rater: str
    predicate: str
    people: int
    own: Json | None
    """The snapshot of the asker's own case, which is never counted together with others."""


async def predicate_counts(
    connection: AsyncConnection, cycle: uuid.UUID, unit: uuid.UUID, *, subunits: bool, asker: uuid.UUID
) -> list[PredicateCount]:
    """How the predicates of a unit are spread; with ``subunits`` also of all units below it."""
    parameters = {"cycle": cycle, "unit": unit, "subunits": subunits, "asker": asker}
    return all_rows(PredicateCount, await connection.execute(_PREDICATES, parameters))


async def rater_counts(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    unit: uuid.UUID | None,
    *,
    subunits: bool,
    asker: uuid.UUID,
) -> list[RaterCount]:
    """How each rater's predicates are spread: in a unit, with ``subunits`` also below it, or without one in all."""
    parameters = {"cycle": cycle, "unit": unit, "subunits": subunits, "asker": asker}
    return all_rows(RaterCount, await connection.execute(_BY_RATER, parameters))
