"""Begins the appraisal of a new period, after a move has closed the one before (PP 30/2019 arts 24(3), 36)."""

import datetime as dt
import uuid

from sqlalchemy.ext.asyncio import AsyncEngine

from states.clock import Clock
from states.decide import launched
from states.rule_context import RuleContext
from states.rules import Rulebook
from states.triggers import RatingBasis
from store.agency.rule_contexts import keep
from store.appraisal.launching import Entrant, create
from store.appraisal.periods import period_of
from store.cycle.calendars import calendar_of
from store.cycle.launching import launching_cycle
from store.database import database_now


async def begin_period(
    database: AsyncEngine, closed: uuid.UUID, first_day: dt.date, basis: RatingBasis | None = None
) -> None:
    """Records the appraisal of the period after ``closed``, marked to be followed. Harmless to repeat."""
    async with database.begin() as transaction:
        before = await period_of(transaction, closed)
        cycle = await launching_cycle(transaction, before.cycle)
        clock = Clock.from_data(cycle.clock)
        now = clock.business(await database_now(transaction))
        rules = RuleContext(
            Rulebook.model_validate(before.scheme), calendar_of(cycle.year, before.zone, cycle.working_days)
        )
        await keep(transaction, rules)
        event = launched(
            employee=str(before.employee),
            year=cycle.year,
            now=now,
            rules=rules,
            period_from=first_day,
            basis=basis,
        )
        entrant = Entrant(before.employee, before.unit, event, before.period + 1, first_day)
        await create(transaction, cycle.id, [entrant], rules=rules, clock=clock)
