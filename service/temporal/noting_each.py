"""One command of the clock for each thing that was found in the record; one that fails stops no other."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from activities.commanding import Commands
from states.commands import Command

AT_ONCE = 8

_log = structlog.get_logger(__name__)


class Found(Protocol):
    """Something about a case that is not noted in it yet."""

    @property
    def appraisal(self) -> uuid.UUID:
        """The case."""


Each = TypeVar("Each", bound=Found)


async def note_each(
    reading: AsyncEngine,
    commands: Commands,
    found: Sequence[Each],
    command_of: Callable[[AsyncConnection, Each], Awaitable[Command]],
    *,
    failure: str,
) -> int:
    """Gives the command of each and returns how many were taken; ``failure`` is what the log calls one that was not.

    A command is refused if the case has moved on meanwhile; then it is not found again. One that failed is tried
    again in the next round.
    """
    limit = asyncio.Semaphore(AT_ONCE)

    async def note(each: Each) -> bool:
        async with limit:
            try:
                async with reading.connect() as connection:
                    command = await command_of(connection, each)
                await commands.carry_out_checked(each.appraisal, command)
            except Exception as refused:  # An error in one case does not stop the others.
                # Log only the kind of the error: its text may quote the case.
                _log.warning(failure, appraisal=str(each.appraisal), cause=type(refused).__name__)
                return False
        return True

    return sum(await asyncio.gather(*map(note, found)))
