"""Notes in cases whose plan is being drafted that the rater's own plan was set, where the scheme waits for it."""

import datetime as dt
from contextlib import AbstractAsyncContextManager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from activities.commanding import Commands
from service.temporal.looking_again import looking_again
from service.temporal.noting_each import note_each
from states.codec import load_appraisal
from states.commands import Command
from states.stages import Capacity
from states.triggers import Trigger
from store.agency.rule_contexts import rule_context_on
from store.database import autocommit
from store.plan.unnoted import PlanSet, unnoted_plans

BATCH = 200
PAUSE = dt.timedelta(seconds=60)
"""The pause between two rounds. Only the day on which a plan was set counts, so minutes do not matter."""


class PlanNoting:
    """Compares the plans of raters with the cases below; each plan that was set becomes one command of the clock."""

    def __init__(self, database: AsyncEngine, commands: Commands) -> None:
        self._database = autocommit(database)
        self._commands = commands

    async def note_waiting(self) -> int:
        """How many commands of one batch were taken, as `note_each` says. Raises the database's error."""
        async with self._database.connect() as connection:
            found = await unnoted_plans(connection, BATCH)
        return await note_each(self._database, self._commands, found, _command, failure="plan_not_noted")


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
