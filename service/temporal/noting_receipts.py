"""Notes providers' reports about result notices in the cases, if the scheme deems receipt."""

import datetime as dt
from contextlib import AbstractAsyncContextManager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from activities.commanding import Commands
from service.temporal.looking_again import looking_again
from service.temporal.noting_each import note_each
from states.codec import load_appraisal
from states.command_keys import BOUNCED, DELIVERED
from states.commands import Command
from states.stages import Capacity
from states.triggers import Trigger
from store.agency.rule_contexts import rule_context_on
from store.database import autocommit
from store.receipt.unnoted import Unnoted, unnoted_deliveries

BATCH = 200
PAUSE = dt.timedelta(seconds=60)
"""The pause between two rounds. Only the day on which a notice arrived counts, so minutes do not matter."""


class ReceiptNoting:
    """Compares messages with cases; each difference becomes exactly one command of the clock."""

    def __init__(self, database: AsyncEngine, commands: Commands) -> None:
        self._database = autocommit(database)
        self._commands = commands

    async def note_waiting(self) -> int:
        """How many commands of one batch were taken, as `note_each` says. Raises the database's error."""
        async with self._database.connect() as connection:
            found = await unnoted_deliveries(connection, BATCH)
        return await note_each(self._database, self._commands, found, _command, failure="delivery_not_noted")


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
