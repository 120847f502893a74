"""Carries out one person's action on one appraisal, from the check of rights to the acknowledgement."""

import uuid
from collections.abc import Awaitable, Iterable
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncEngine

from activities.commanding import Commands
from service.accounts.tokens import Identity
from service.appraisals.attempt import Acknowledged, Attempt
from service.appraisals.checking import refuse_unoffered
from service.appraisals.refusing import record_refusal, who_came_first
from service.appraisals.request import ActionRequest
from service.appraisals.result_shown import TextGiven, shows_result
from service.appraisals.seeing import note_opening, note_result
from service.appraisals.sending import carry_out
from service.appraisals.sight import Sight
from service.problems import Busy, Problem
from states.command_keys import SEEN
from states.errors import AlreadyRecorded, DomainError, IllegalTransition
from states.triggers import Trigger
from store.database import autocommit

Noted = TypeVar("Noted")


class Acting:
    """Carries out actions; one for each process."""

    def __init__(self, database: AsyncEngine, commands: Commands) -> None:
        self._reading = autocommit(database)
        self._commands = commands

    async def act(
        self, identity: Identity, appraisal: uuid.UUID, trigger: Trigger, key: str, asked: ActionRequest
    ) -> Acknowledged:
        """Carries out an action; the same ``key`` with the same request is carried out once.

        Raises a `DomainError` or a `Problem`. Then nothing has changed, and the refusal is on record as an
        attempt, unless it is `Busy`. After a database error the outcome is unknown: repeat with the same key.
        """
        try:
            refuse_unoffered(trigger)
            return await carry_out(self._commands, Attempt.of(identity, appraisal, trigger, key, asked))
        except Busy:
            raise
        except (DomainError, Problem) as refused:
            await self.note_refusal(identity, appraisal, trigger, key, refused.code)
            if isinstance(refused, IllegalTransition | AlreadyRecorded):
                refused.overtaken_by = await who_came_first(self._reading, identity, appraisal)
            raise

    async def note_seen(self, identity: Identity, appraisal: uuid.UUID) -> Acknowledged:
        """Notes that the employee opened his case. His inbox notices about it count as seen, and so does a result
        that he has not received yet. A repeat is harmless.

        Raises a `DomainError` or a `Problem`, like `act`.
        """
        return await self._noted(
            identity, appraisal, note_opening(self._reading, self._commands, identity, appraisal)
        )

    async def note_shown(self, identity: Identity, sight: Sight, given: Iterable[TextGiven]) -> None:
        """Notes a result as seen that an answer with these texts is about to show to its employee.

        Everything that gives texts of a case out calls it before; a page for what somebody asked to read, not for
        the headers alone. Nothing is asked of the database where nothing is to be noted. Raises as `note_seen`,
        and then nothing may be given out.
        """
        if shows_result(sight, given):
            case, revision = sight.case.id, sight.appraisal.revision
            await self._noted(identity, case, note_result(self._commands, identity, case, revision))

    async def _noted(self, identity: Identity, appraisal: uuid.UUID, noting: Awaitable[Noted]) -> Noted:
        try:
            return await noting
        except Busy:
            raise
        except (DomainError, Problem) as refused:
            await self.note_refusal(identity, appraisal, Trigger.NOTE_SEEN, SEEN.rstrip(":"), refused.code)
            raise

    async def note_refusal(
        self, identity: Identity, appraisal: uuid.UUID, trigger: str, key: str, code: str
    ) -> None:
        """Puts a refused attempt on record; nothing is written for an appraisal that does not exist."""
        await record_refusal(self._reading, identity, appraisal, trigger, key, code)
