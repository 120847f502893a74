"""Appraisals with a short, real record, and ways to tamper with it."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.stages import Capacity
from states.triggers import Trigger
from tests.fixtures.agency import SmallAgency
from tests.fixtures.cases import new_case

NEW_YEAR = dt.datetime(2026, 1, 5, 1, tzinfo=dt.UTC)
EVENTS = 4
"""Launched, planning opened, plan submitted, plan approved."""


async def recorded_appraisal(database: AsyncEngine, agency: SmallAgency, employee: uuid.UUID) -> uuid.UUID:
    """An appraisal whose plan has been approved; its id."""
    case = await new_case(database, agency, employee)
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, NEW_YEAR)
    await case.act(Trigger.APPROVE_PLAN, Capacity.RATER, NEW_YEAR + dt.timedelta(days=1))
    assert case.appraisal.sequence == EVENTS
    return uuid.UUID(case.appraisal.id)


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
