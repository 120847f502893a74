"""Begins the appraisal of a new period, after a move has closed the one before (PP 30/2019 arts 24(3), 36)."""

import datetime as dt
import uuid

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from activities.starting import AppraisalStart, start_appraisal
from states import shelf
from states.clock import Clock
from states.decide import launched
from states.regime import Regime
from states.rules import Rulebook
from store.agency.regimes import keep, regime_of
from store.appraisal.launching import Entrant, appraisal_id, create
from store.appraisal.periods import mark_running, period_of, snapshot_of
from store.cycle.calendars import calendar_of
from store.cycle.launching import launching_cycle


async def begin_period(
    engine: AsyncEngine, client: Client, closed: uuid.UUID, first_day: dt.date, *, queue: str
) -> None:
    """Puts the appraisal of the period after ``closed`` on record and starts its workflow.

    Harmless to repeat. Raises `RPCError` when the engine does not take it.
    """
    async with engine.begin() as transaction:
        before = await period_of(transaction, closed)
        cycle = await launching_cycle(transaction, before.cycle)
        now = Clock.from_data(cycle.clock).business(dt.datetime.now(dt.UTC))
        regime = Regime(
            Rulebook.model_validate(cycle.scheme), calendar_of(cycle.year, before.zone, cycle.working_days)
        )
        await keep(transaction, regime)
        event = launched(
            employee=str(before.employee), year=cycle.year, now=now, regime=regime, period_from=first_day
        )
        entrant = Entrant(before.employee, before.unit, event, before.period + 1, first_day)
        await create(transaction, cycle.id, [entrant])
        begun = appraisal_id(cycle.id, before.employee, entrant.period)
        snapshot = await snapshot_of(transaction, begun)
    shelf.put(regime)
    start = AppraisalStart(snapshot, await regime_of(engine, snapshot), cycle.id, before.unit, cycle.clock)
    await start_appraisal(client, start, queue=queue)
    async with engine.begin() as transaction:
        await mark_running(transaction, begun)
