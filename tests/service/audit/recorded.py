"""Appraisals with a short, real record, and ways to tamper with it."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from activities.recording import Recording
from states.codec import Json, dump_appraisal
from states.decide import launched
from states.patch import patched
from store.appraisal.launching import Entrant, create, first_snapshot
from tests.fixtures.agency import SmallAgency

NEW_YEAR = dt.datetime(2026, 1, 5, 1, tzinfo=dt.UTC)
EVENTS = 4
"""Launched, planning opened, plan submitted, plan approved."""


async def recorded_appraisal(database: AsyncEngine, agency: SmallAgency, employee: uuid.UUID) -> uuid.UUID:
    """An appraisal whose plan has been approved; its id."""
    event = launched(
        employee=str(employee), year=2026, now=NEW_YEAR - dt.timedelta(days=30), regime=agency.regime
    )
    entrant = Entrant(employee, agency.unit, event)
    async with database.begin() as transaction:
        await create(transaction, agency.cycle, [entrant])
    appraisal, _ = first_snapshot(agency.cycle, entrant)
    snapshot = dump_appraisal(appraisal)
    recording = Recording(database)
    for number, command in enumerate(
        (None, _command("submit_plan", "employee", employee), _command("approve_plan", "rater", agency.rater))
    ):
        now = NEW_YEAR + dt.timedelta(days=number)
        answer = await recording.record(
            {"appraisal": snapshot, "command": command, "now": now.isoformat(), "behind": False}
        )
        assert "refused" not in answer
        snapshot = patched(snapshot, answer["patch"])
    assert snapshot["sequence"] == EVENTS
    return uuid.UUID(appraisal.id)


def _command(trigger: str, capacity: str, actor: uuid.UUID) -> Json:
    command: Json = {"id": str(uuid.uuid4()), "trigger": trigger, "capacity": capacity, "actor": str(actor)}
    return command | ({"document": "d" * 64} if trigger == "submit_plan" else {})


async def tamper(database: AsyncEngine, *statements: str, **parameters: Any) -> None:
    """Changes the record behind the back of the trigger that keeps it append-only, as an insider could."""
    async with database.begin() as transaction:
        await transaction.execute(text("ALTER TABLE event DISABLE TRIGGER event_is_append_only"))
        for statement in statements:
            await transaction.execute(text(statement), parameters)
        await transaction.execute(text("ALTER TABLE event ENABLE TRIGGER event_is_append_only"))


def change_event(sequence: int, assignment: str) -> str:
    """A statement that changes one event of the appraisal ``:id``."""
    return " ".join(
        ("UPDATE event SET", assignment, "WHERE appraisal_id = :id AND sequence =", str(sequence))
    )


def change_appraisal(assignment: str) -> str:
    """A statement that changes the appraisal ``:id``."""
    return " ".join(("UPDATE appraisal SET", assignment, "WHERE id = :id"))


def remove_event(sequence: int) -> str:
    """A statement that removes one event of the appraisal ``:id``."""
    return " ".join(("DELETE FROM event WHERE appraisal_id = :id AND sequence =", str(sequence)))
