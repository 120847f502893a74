"""Notes providers' reports about result notices in the cases, if the scheme deems receipt."""

import asyncio
import datetime as dt
from contextlib import AbstractAsyncContextManager

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from activities.commanding import Commands
from service.temporal.looking_again import looking_again
from states.codec import load_appraisal
from states.command_keys import BOUNCED, DELIVERED
from states.commands import Command
from states.stages import Capacity
from states.triggers import Trigger
from store.agency.rule_contexts import rule_context_on
from store.database import autocommit
from store.receipt.unnoted import Unnoted, unnoted_deliveries

BATCH = 200
AT_ONCE = 8
PAUSE = dt.timedelta(seconds=60)
"""The pause between two rounds. Only the day on which a notice arrived counts, so minutes do not matter."""

_log = structlog.get_logger(__name__)


class ReceiptNoting:
    """Compares messages with cases; each difference becomes exactly one command of the clock."""

    def __init__(self, database: AsyncEngine, commands: Commands) -> None:
        self._database = autocommit(database)
        self._commands = commands

    async def note_waiting(self) -> int:
        """Notes one batch and returns how many commands were taken. A command is refused if the case has moved on
        meanwhile; then the difference is gone in the next round. A command that failed is tried again then.

        Raises the database's error.
        """
        async with self._database.connect() as connection:
            found = await unnoted_deliveries(connection, BATCH)
        limit = asyncio.Semaphore(AT_ONCE)
        return sum(await asyncio.gather(*(self._note(limit, each) for each in found)))

    async def _note(self, limit: asyncio.Semaphore, unnoted: Unnoted) -> bool:
        async with limit:
            try:
                async with self._database.connect() as connection:
                    command = await _command(connection, unnoted)
                await self._commands.carry_out_checked(unnoted.appraisal, command)
            except Exception as refused:  # An error in one case does not stop the others.
                # Log only the kind of the error: its text may quote the case.
                _log.warning(
                    "delivery_not_noted", appraisal=str(unnoted.appraisal), cause=type(refused).__name__
                )
                return False
        return True


async def _command(connection: AsyncConnection, unnoted: Unnoted) -> Command:
    """The command; its id is the same however often the same report is found."""
    if unnoted.message is None or unnoted.at is None:
        return Command(
            id=f"{BOUNCED}{unnoted.sequence}", trigger=Trigger.NOTE_BOUNCE, capacity=Capacity.CLOCK, actor=""
        )
    appraisal = load_appraisal(unnoted.snapshot)
    rules = await rule_context_on(connection, appraisal)
    return Command(
        id=f"{DELIVERED}{appraisal.revision}:{unnoted.message}",
        trigger=Trigger.NOTE_DELIVERY,
        capacity=Capacity.CLOCK,
        actor="",
        delivered_on=rules.calendar.local_date(unnoted.at),
    )


def noting_receipts(
    database: AsyncEngine, commands: Commands, *, pause: dt.timedelta = PAUSE
) -> AbstractAsyncContextManager[None]:
    """Notes deliveries for as long as the block runs. Any number of processes may do so at once: a report that is
    noted twice is one command.
    """
    look = ReceiptNoting(database, commands).note_waiting
    return looking_again(look, batch=BATCH, pause=pause, failure="deliveries_not_read")
