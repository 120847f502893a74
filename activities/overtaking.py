"""Commands that were on their way while the case moved on, and back again.

A copy of a request may reach the engine long after its sender hung up and sent it again: he has perhaps been
told meanwhile that it is refused. So a command must have been possible all the way from what its sender saw.
"""

import datetime as dt
from collections.abc import Sequence
from itertools import zip_longest

from sqlalchemy.ext.asyncio import AsyncEngine

from states.appraisal import Appraisal
from states.commands import Command
from states.decide import decide
from states.errors import NotPermitted
from states.events import Acted, Event, Launched
from states.evolve import evolve, launch
from states.regime import Regime
from store.appraisal.history import RecordedEvent, events_after


async def refuse_if_overtaken(
    engine: AsyncEngine, appraisal: Appraisal, command: Command, seen: int, now: dt.datetime, regime: Regime
) -> None:
    """Raises the `DomainError` by which the command was refused at any time since its sender saw ``seen``.

    Nothing is read where nothing came in between, which is nearly always.
    """
    if not 0 < seen < appraisal.sequence:
        return
    async with engine.connect() as connection:
        rows = await events_after(connection, appraisal.id)
    for standing, event in _since(appraisal.id, rows, seen):
        if standing.sequence < appraisal.sequence:
            decide(standing, command, now, regime)
        if (
            isinstance(event, Acted)
            and event.assignee is not None
            and event.assigned_capacity is command.capacity
            and event.assignee != command.actor
        ):
            raise NotPermitted(
                trigger=command.trigger, stage=standing.stage.value, capacity=command.capacity.value
            )


def _since(appraisal: str, rows: Sequence[RecordedEvent], seen: int) -> list[tuple[Appraisal, Event]]:
    """What could be seen on record after ``seen``: the snapshot after each decision, and its last event."""
    first = rows[0].event
    if not isinstance(first, Launched):
        raise ValueError("the first event is not a launch")
    standing = launch(appraisal, first)
    standings: list[tuple[Appraisal, Event]] = []
    for row, following in zip_longest(rows[1:], rows[2:]):
        event = row.event
        standing = evolve(standing, event)
        ends = following is None or following.command_id != row.command_id
        if ends and row.sequence > seen:
            standings.append((standing, event))
    return standings
