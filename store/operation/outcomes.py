"""Asks before and after a change who is responsible for the appraisals that it may touch."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from states.operations.items import Item, OpenCase, Performed
from states.operations.order import Order
from states.operations.outcome import outcome
from store.operation.affected import employees_below, open_cases


async def cases_below(
    connection: AsyncConnection,
    order: Order,
    officials: Collection[uuid.UUID],
    *,
    as_of: dt.datetime | None = None,
) -> dict[uuid.UUID, OpenCase]:
    """The open appraisals in which one of the officials may have something to do."""
    below = await employees_below(connection, order.agency, officials)
    return await open_cases(connection, order.agency, below, now=order.now, at=order.at, as_of=as_of)


async def own_cases(connection: AsyncConnection, order: Order, person: uuid.UUID) -> list[OpenCase]:
    """The person's own open appraisals."""
    found = await open_cases(connection, order.agency, [person], now=order.now, at=order.at)
    return list(found.values())


async def outcome_for(
    connection: AsyncConnection,
    order: Order,
    before: Mapping[uuid.UUID, OpenCase],
    officials: Collection[uuid.UUID],
    own: Iterable[Item | None] = (),
    *,
    written: int = 0,
) -> Performed:
    """What the change has meant, once its relations are written: see `states.operations.outcome`."""
    below = await employees_below(connection, order.agency, officials)
    employees = below | {case.employee for case in before.values()}
    after = await open_cases(connection, order.agency, employees, now=order.now, at=order.at)
    return outcome(before, after, own, written=written)
