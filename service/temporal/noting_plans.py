"""Notes in cases whose plan is being drafted that the rater's own plan was set, where the scheme waits for it."""

import asyncio
import datetime as dt
from contextlib import AbstractAsyncContextManager

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from activities.commanding import Commands
from service.temporal.looking_again import looking_again
from states.codec import load_appraisal
from states.commands import Command
from states.stages import Capacity
from states.triggers import Trigger
from store.agency.rule_contexts import rule_context_on
from store.database import autocommit
from store.plan.unnoted import PlanSet, unnoted_plans

BATCH = 200
AT_ONCE = 8
PAUSE = dt.timedelta(seconds=60)
"""The pause between two rounds. Only the day on which a plan was set counts, so minutes do not matter."""

_log = structlog.get_logger(__name__)


class PlanNoting:
    """Compares the plans of raters with the cases below; each plan that was set becomes one command of the clock."""

    def __init__(self, database: AsyncEngine, commands: Commands) -> None:
        self._database = autocommit(database)
        self._commands = commands

    async def note_waiting(self) -> int:
        """Notes one batch and returns how many commands were taken. A command is refused if the case has moved on
        meanwhile; then it is not found in the next round. A command that failed is tried again then.

        Raises the database's error.
        """
        async with self._database.connect() as connection:
            found = await unnoted_plans(connection, BATCH)
        limit = asyncio.Semaphore(AT_ONCE)
        return sum(await asyncio.gather(*(self._note(limit, each) for each in found)))

    async def _note(self, limit: asyncio.Semaphore, plan: PlanSet) -> bool:
        async with limit:
            try:
                async with self._database.connect() as connection:
                    command = await _command(connection, plan)
                await self._commands.carry_out_checked(plan.appraisal, command)
            except Exception as refused:  # An error in one case does not stop the others.
                # Log only the kind of the error: its text may quote the case.
                _log.warning("plan_not_noted", appraisal=str(plan.appraisal), cause=type(refused).__name__)
                return False
        return True


async def _command(connection: AsyncConnection, plan: PlanSet) -> Command:
    rules = await rule_context_on(connection, load_appraisal(plan.snapshot))
    return Command(
        id=plan.command_id,
        trigger=Trigger.NOTE_SUPERIOR_PLAN,
        capacity=Capacity.CLOCK,
        actor="",
        superior_plan_on=rules.calendar.local_date(plan.set_at),
    )


def noting_plans(
    database: AsyncEngine, commands: Commands, *, pause: dt.timedelta = PAUSE
) -> AbstractAsyncContextManager[None]:
    """Notes plans for as long as the block runs. Any number of processes may do so at once: a plan that is noted
    twice is one command.
    """
    look = PlanNoting(database, commands).note_waiting
    return looking_again(look, batch=BATCH, pause=pause, failure="plans_not_read")
