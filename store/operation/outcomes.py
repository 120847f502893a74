"""Asks before and after a change who is responsible for the appraisals that it may touch."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from states.operations.items import Item, OpenCase, Performed
from states.operations.outcome import outcome
from states.operations.requested_change import RequestedChange
from store.operation.affected import employees_below, open_cases


async def cases_below(
    connection: AsyncConnection,
    requested: RequestedChange,
    officials: Collection[uuid.UUID],
    *,
    as_of: dt.datetime | None = None,
) -> dict[uuid.UUID, OpenCase]:
    """The open appraisals in which one of the officials may have something to do."""
    below = await employees_below(connection, requested.agency, officials)
    return await open_cases(
        connection, requested.agency, below, now=requested.now, at=requested.at, as_of=as_of
    )


async def own_cases(
    connection: AsyncConnection, requested: RequestedChange, person: uuid.UUID
) -> list[OpenCase]:
    """The person's own open appraisals."""
    found = await open_cases(connection, requested.agency, [person], now=requested.now, at=requested.at)
    return list(found.values())


async def outcome_for(
    connection: AsyncConnection,
    requested: RequestedChange,
    before: Mapping[uuid.UUID, OpenCase],
    officials: Collection[uuid.UUID],
    own: Iterable[Item | None] = (),
    *,
    written: int = 0,
) -> Performed:
    """What the change leads to, once its relations are written: see `states.operations.outcome`."""
    below = await employees_below(connection, requested.agency, officials)
    employees = below | {case.employee for case in before.values()}
    after = await open_cases(connection, requested.agency, employees, now=requested.now, at=requested.at)
    return outcome(before, after, own, written=written)
