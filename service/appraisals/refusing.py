"""Puts a refusal on record, and finds out who acted before the refused person."""

import uuid

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.tokens import Identity
from states.errors import OvertakenBy
from states.stages import Capacity
from states.triggers import Trigger
from store.appraisal.overtaking import last_act
from store.attempt import repository as attempts

_log = structlog.get_logger(__name__)


async def record_refusal(
    reading: AsyncEngine, identity: Identity, appraisal: uuid.UUID, trigger: str, key: str, code: str
) -> None:
    """Puts a refused attempt on record; nothing is written for an appraisal that does not exist."""
    _log.info("action_refused", code=code, trigger=str(trigger))
    async with reading.connect() as connection:
        await attempts.add(
            connection,
            appraisal=appraisal,
            person=identity.person,
            trigger=trigger,
            code=code,
            command=key,
            request=str(structlog.contextvars.get_contextvars().get("request_id", "")),
        )


async def who_came_first(
    reading: AsyncEngine, identity: Identity, appraisal: uuid.UUID
) -> OvertakenBy | None:
    """The last action on the case, if somebody else took it."""
    async with reading.connect() as connection:
        last = await last_act(connection, appraisal)
    if last is None or last.person == identity.person:
        return None
    return OvertakenBy(last.name, Capacity(last.capacity), Trigger(last.trigger), last.at)
