"""Finds results that have become final, each once, and puts the times to improve that follow on record."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import Date, DateTime, Integer, Interval, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import all_rows

_HOLD = text("SELECT true FROM improvement_watch WHERE id = 1 FOR UPDATE SKIP LOCKED")

# In the order of the index on final cases. What was recorded a moment ago waits: a slower transaction may still come
# before it. One look by the key of texts for each case, as in `store.rating.repository`.
_FINAL = text("""
    SELECT appraisal.id AS appraisal, appraisal.updated_at, appraisal.cycle_id AS cycle,
        appraisal.snapshot ->> 'rulebook' AS rulebook, appraisal.snapshot ->> 'result' AS result, rated.predicate,
        person.echelon, person.legal_standing,
        CAST(appraisal.entered_at AT TIME ZONE COALESCE(NULLIF(unit.zone, ''), agency.zone) AS date) AS final_on,
        COALESCE(NULLIF(unit.zone, ''), agency.zone) AS zone,
        EXISTS (
            SELECT FROM appraisal AS later
            WHERE later.cycle_id = appraisal.cycle_id AND later.employee_id = appraisal.employee_id
                AND later.period > appraisal.period AND later.stage <> 'cancelled') AS goes_on
    FROM improvement_watch AS watch
    JOIN appraisal ON appraisal.stage = 'finalised'
        AND (appraisal.updated_at, appraisal.id) > (watch.seen_until, watch.seen_case)
        AND appraisal.updated_at <= now() - :settling
    JOIN person ON person.id = appraisal.employee_id
    JOIN unit ON unit.id = appraisal.unit_id
    JOIN agency ON agency.id = unit.agency_id
    LEFT JOIN LATERAL (
        SELECT predicate FROM rated WHERE rated.digest = appraisal.snapshot ->> 'result' LIMIT 1
    ) AS rated ON true
    WHERE watch.id = 1
    ORDER BY appraisal.updated_at, appraisal.id LIMIT :most
""").bindparams(bindparam("settling", type_=Interval()), bindparam("most", type_=Integer()))
_SEEN = text(
    "UPDATE improvement_watch SET seen_until = :until, seen_case = :appraisal WHERE id = 1"
).bindparams(bindparam("until", type_=DateTime(timezone=True)), bindparam("appraisal", type_=Uuid()))
_BEGIN = text("""
    WITH begun AS (
        INSERT INTO attended (id, kind, cycle_id, due_at)
        SELECT :id, 'improvement', :cycle, :due_at
        WHERE NOT EXISTS (SELECT FROM improvement WHERE appraisal_id = :appraisal)
        RETURNING id
    )
    INSERT INTO improvement (id, appraisal_id, rulebook, rule, result, starts_on, ends_on, begun_at)
    SELECT id, :appraisal, :rulebook, :rule, :result, :starts_on, :ends_on, now() FROM begun
    RETURNING id
""").bindparams(
    *(bindparam(name, type_=Uuid()) for name in ("id", "cycle", "appraisal")),
    *(bindparam(name, type_=Text()) for name in ("rulebook", "rule", "result")),
    *(bindparam(name, type_=Date()) for name in ("starts_on", "ends_on")),
    bindparam("due_at", type_=DateTime(timezone=True)),
)


@dataclass(frozen=True, slots=True)
class FinalCase:
    """A case whose result has become final, with all on which it depends whether something follows."""

    appraisal: uuid.UUID
    updated_at: dt.datetime
    """Real moment."""
    cycle: uuid.UUID
    rulebook: str
    result: str | None
    """Digest of the rating that counts."""
    predicate: str | None
    """None of a result in words, and where there is no result."""
    echelon: str
    """Of the post that the employee holds now; empty for most."""
    legal_standing: str
    final_on: dt.date
    """Business day, where the employee works."""
    zone: str
    goes_on: bool
    """Whether the employee has a later period in the same year, whose result counts."""


@dataclass(frozen=True, slots=True)
class NewImprovement:
    """A time to improve that is to begin."""

    id: uuid.UUID
    cycle: uuid.UUID
    appraisal: uuid.UUID
    rulebook: str
    rule: str
    result: str
    starts_on: dt.date
    ends_on: dt.date
    due_at: dt.datetime
    """Business moment of its beginning."""


async def may_look(connection: AsyncConnection) -> bool:
    """Whether nobody else is looking. If so, nobody else can until the transaction ends."""
    return bool(await connection.scalar(_HOLD))


async def final_cases(connection: AsyncConnection, most: int, settling: dt.timedelta) -> list[FinalCase]:
    """The next cases that nobody has looked at since they became final, and were recorded ``settling`` ago."""
    return all_rows(FinalCase, await connection.execute(_FINAL, {"most": most, "settling": settling}))


async def note_seen(connection: AsyncConnection, last: FinalCase) -> None:
    """Notes that all cases up to this one were looked at."""
    await connection.execute(_SEEN, {"until": last.updated_at, "appraisal": last.appraisal})


async def begin_improvement(connection: AsyncConnection, new: NewImprovement) -> bool:
    """Puts it on record and has it attended to, once a case. Returns whether it is new."""
    parameters = {
        "id": new.id,
        "cycle": new.cycle,
        "appraisal": new.appraisal,
        "rulebook": new.rulebook,
        "rule": new.rule,
        "result": new.result,
        "starts_on": new.starts_on,
        "ends_on": new.ends_on,
        "due_at": new.due_at,
    }
    return await connection.scalar(_BEGIN, parameters) is not None
