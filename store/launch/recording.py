"""Writes what a launch led to, for many people in one statement."""

import json
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ARRAY, Text, Uuid, bindparam, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.launch.outcomes import RUNNING, Outcome
from store.launch.table import LaunchOutcomeRow

_RUNNING = bindparam("running", RUNNING, type_=ARRAY(Text()))
_CYCLE = bindparam("cycle", type_=Uuid())
_LAUNCH = bindparam("launch", type_=Text())

# An attempt that was taken for dead may still write. Within one launch an outcome of `RUNNING` is never overwritten.
_RECORD = text("""
    WITH fresh AS (
        SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
            person_id uuid, outcome text, reason text, appraisal_id uuid)
    )
    INSERT INTO launch_outcome (cycle_id, person_id, outcome, reason, appraisal_id, launch_id, at)
    SELECT :cycle, person_id, outcome, reason, appraisal_id, :launch, now() FROM fresh
    ON CONFLICT (cycle_id, person_id) DO UPDATE
    SET outcome = excluded.outcome, reason = excluded.reason, appraisal_id = excluded.appraisal_id,
        launch_id = excluded.launch_id, at = excluded.at
    WHERE launch_outcome.launch_id <> excluded.launch_id OR launch_outcome.outcome <> ALL(:running)
""").bindparams(_CYCLE, _LAUNCH, _RUNNING)
_EARLIER = text("""
    INSERT INTO launch_outcome (cycle_id, person_id, outcome, reason, appraisal_id, launch_id, at)
    SELECT cycle_id, employee_id, :already, '', id, '', now() FROM appraisal
    WHERE cycle_id = :cycle AND period = 1 AND started_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM launch_outcome AS known
        WHERE known.cycle_id = appraisal.cycle_id AND known.person_id = appraisal.employee_id
            AND known.outcome = ANY(:running))
    ON CONFLICT (cycle_id, person_id) DO UPDATE
    SET outcome = excluded.outcome, reason = '', appraisal_id = excluded.appraisal_id, launch_id = '',
        at = excluded.at
""").bindparams(_CYCLE, _RUNNING, bindparam("already", Outcome.ALREADY, type_=Text()))
_AFTER = bindparam("after", type_=Uuid())
_UNTIL = bindparam("until", type_=Uuid())
_SAME = (col(LaunchOutcomeRow.outcome), col(LaunchOutcomeRow.reason))
_TALLY = (
    select(*_SAME, func.count().label("people"))
    .where(
        col(LaunchOutcomeRow.cycle_id) == _CYCLE,
        col(LaunchOutcomeRow.launch_id) == _LAUNCH,
        or_(_AFTER.is_(None), col(LaunchOutcomeRow.person_id) > _AFTER),
        or_(_UNTIL.is_(None), col(LaunchOutcomeRow.person_id) <= _UNTIL),
    )
    .group_by(*_SAME)
)


@dataclass(frozen=True, slots=True)
class PersonOutcome:
    """What the launch led to for one person."""

    person: uuid.UUID
    outcome: Outcome
    reason: str = ""
    """Given only if the person was skipped or failed, and always then."""
    appraisal: uuid.UUID | None = None


@dataclass(slots=True)
class Tally:
    """How many people have each outcome."""

    started: int = 0
    already: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    """By reason, as is `failed`."""
    failed: Counter[str] = field(default_factory=Counter)

    @property
    def people(self) -> int:
        """All of them."""
        return self.started + self.already + self.skipped.total() + self.failed.total()


async def record_outcomes(
    connection: AsyncConnection, cycle: uuid.UUID, launch: str, outcomes: Sequence[PersonOutcome]
) -> None:
    """Notes the outcomes, each person at most once in ``outcomes``. A repetition changes nothing."""
    rows = [
        {
            "person_id": str(each.person),
            "outcome": each.outcome,
            "reason": each.reason,
            "appraisal_id": None if each.appraisal is None else str(each.appraisal),
        }
        for each in outcomes
    ]
    await connection.execute(_RECORD, {"cycle": cycle, "launch": launch, "rows": json.dumps(rows)})


async def note_earlier(connection: AsyncConnection, cycle: uuid.UUID) -> None:
    """Records `ALREADY` for people whose appraisals run although no launch has recorded that."""
    await connection.execute(_EARLIER, {"cycle": cycle})


async def tally(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    launch: str,
    *,
    after: uuid.UUID | None = None,
    until: uuid.UUID | None = None,
) -> Tally:
    """What one launch led to for the people whose ids lie behind ``after``, up to and including ``until``."""
    rows = await connection.execute(
        _TALLY, {"cycle": cycle, "launch": launch, "after": after, "until": until}
    )
    counted = Tally()
    for row in rows:
        match Outcome(row.outcome):
            case Outcome.STARTED:
                counted.started += row.people
            case Outcome.ALREADY:
                counted.already += row.people
            case Outcome.SKIPPED:
                counted.skipped[row.reason] += row.people
            case Outcome.FAILED:
                counted.failed[row.reason] += row.people
    return counted
