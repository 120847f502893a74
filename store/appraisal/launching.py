"""Creates appraisals in bulk: snapshot, first event and the mark that the engine must follow, in one statement."""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.appraisal import Appraisal
from states.chain import GENESIS, Link, link_hash
from states.clock import IDENTITY, Clock
from states.codec import Json, dump_appraisal, dump_event, kind_of
from states.command_keys import LAUNCH
from states.events import Launched
from states.evolve import launch
from states.following import wake_at
from states.rule_context import RuleContext
from states.stages import HOLDERS

_CREATE = text("""
WITH fresh AS (
    SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
        id uuid, employee_id uuid, unit_id uuid, snapshot jsonb, head text, calendar text, at timestamptz,
        kind text, body jsonb, period integer, period_from date, wake_at timestamptz)
), created AS (
    INSERT INTO appraisal (id, cycle_id, employee_id, unit_id, stage, sequence, revision, holder, head,
        snapshot, calendar, entered_at, updated_at, period, period_from, started_at)
    SELECT id, :cycle, employee_id, unit_id, 'scheduled', 1, 1, :holder, head, snapshot, calendar, at, now(),
        period, period_from, now()
    FROM fresh
    ON CONFLICT (cycle_id, employee_id, period) DO NOTHING
    RETURNING id
), marked AS (
    INSERT INTO following (appraisal_id, sequence, wake_at, marked_at, next_attempt_at)
    SELECT fresh.id, 1, fresh.wake_at, now(), now() FROM fresh JOIN created USING (id)
)
INSERT INTO event (appraisal_id, sequence, kind, body, command_id, fingerprint, at, recorded_at, hash)
SELECT fresh.id, 1, fresh.kind, fresh.body, 'launch', '', fresh.at, now(), fresh.head
FROM fresh JOIN created USING (id)
""")


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody whose appraisal is to be launched."""

    employee: uuid.UUID
    unit: uuid.UUID
    event: Launched
    period: int = 1
    """1 for the first of the year; a move to another post begins the next (PP 30/2019 art 36)."""
    period_from: dt.date | None = None
    """First day of the period; None for the first day of the year."""


def appraisal_id(cycle: uuid.UUID, employee: uuid.UUID, period: int = 1) -> uuid.UUID:
    """The only id that an employee's appraisal of a period can have in a cycle, so that a launch can be repeated."""
    return uuid.uuid5(cycle, str(employee) if period == 1 else f"{employee}/{period}")


def first_snapshot(cycle: uuid.UUID, entrant: Entrant) -> tuple[Appraisal, str]:
    """The snapshot after the launch and the hash of its event."""
    appraisal = launch(str(appraisal_id(cycle, entrant.employee, entrant.period)), entrant.event)
    link = Link(appraisal.id, 1, kind_of(entrant.event), dump_event(entrant.event), LAUNCH, "")
    return appraisal, link_hash(GENESIS, link)


async def create(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    entrants: Sequence[Entrant],
    *,
    rules: RuleContext | None = None,
    clock: Clock = IDENTITY,
) -> None:
    """Creates the appraisals that do not exist yet; those that do stay as they are.

    ``rules`` and ``clock`` tell when the engine must first wake them. Without them, the engine asks the record.
    """
    rows = []
    for entrant in entrants:
        appraisal, head = first_snapshot(cycle, entrant)
        wake = None if rules is None else wake_at(appraisal, rules, clock, entrant.event.at)
        rows.append(_row(entrant, appraisal, head, wake))
    holder = HOLDERS[appraisal.stage].value if entrants else None
    await connection.execute(_CREATE, {"rows": json.dumps(rows), "cycle": cycle, "holder": holder})


def _row(entrant: Entrant, appraisal: Appraisal, head: str, wake: dt.datetime | None) -> Json:
    at: dt.datetime = entrant.event.at
    return {
        "id": appraisal.id,
        "employee_id": str(entrant.employee),
        "unit_id": str(entrant.unit),
        "snapshot": dump_appraisal(appraisal),
        "head": head,
        "calendar": appraisal.calendar,
        "at": at.isoformat(),
        "kind": kind_of(entrant.event),
        "body": dump_event(entrant.event),
        "period": entrant.period,
        "period_from": entrant.period_from.isoformat() if entrant.period_from else None,
        "wake_at": wake.isoformat() if wake else None,
    }
