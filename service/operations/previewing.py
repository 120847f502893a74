"""Finds what a change would do, by doing it and rolling it back."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.item_commands import command_of_item
from states.codec import Json
from states.decide import decide
from states.errors import DomainError
from states.operations.items import Item
from states.operations.requested_change import RequestedChange
from states.stages import Capacity, Stage
from states.triggers import Trigger
from store.agency.rule_contexts import rule_context_on
from store.operation.performing import perform
from store.operation.previewing import TouchedCase, names_of, touched_cases

MOST_LINES = 200
"""The number of appraisals that are shown one by one; all are counted."""


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """What would happen to one appraisal."""

    appraisal: uuid.UUID
    employee: str
    cycle: str
    stage: Stage
    trigger: Trigger
    due_on: dt.date | None
    until: str | None
    """The new due day, for an extension."""
    assignee: str | None
    """The name of the official who would become responsible."""
    refusal: Json | None
    """The refusal; None if it would be done."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do now."""

    effective_at: dt.datetime
    relations: int
    affected: int
    effects: Mapping[Trigger, int]
    refused: Mapping[str, int]
    """The number of refused items, by the code of the refusal."""
    unresolved: int
    lines: tuple[PreviewLine, ...]


async def preview(connection: AsyncConnection, requested: RequestedChange, capacity: Capacity) -> Preview:
    """What the change of ``requested`` would do; the caller rolls its transaction back.

    Raises the errors of `perform`.
    """
    performed = await perform(connection, requested)
    cases = await touched_cases(connection, [item.appraisal for item in performed.items], requested.now)
    refusals = {
        item.appraisal: await _refusal(connection, requested, item, cases[item.appraisal], capacity)
        for item in performed.items
    }
    shown = performed.items[:MOST_LINES]
    names = await names_of(
        connection,
        [uuid.UUID(item.parameters["assignee"]) for item in shown if "assignee" in item.parameters],
    )
    return Preview(
        effective_at=requested.at,
        relations=performed.relations,
        affected=len(performed.items),
        effects=Counter(item.trigger for item in performed.items if refusals[item.appraisal] is None),
        refused=Counter(refusal["code"] for refusal in refusals.values() if refusal is not None),
        unresolved=len(performed.unresolved),
        lines=tuple(_line(item, cases[item.appraisal], names, refusals[item.appraisal]) for item in shown),
    )


async def _refusal(
    connection: AsyncConnection, requested: RequestedChange, item: Item, case: TouchedCase, capacity: Capacity
) -> Json | None:
    command = command_of_item(
        item.trigger,
        item.parameters,
        command="preview",
        capacity=capacity,
        actor=requested.requested_by,
        document="preview",
    )
    try:
        decide(case.appraisal, command, case.moment, await rule_context_on(connection, case.appraisal))
    except DomainError as refused:
        return refused.details
    return None


def _line(item: Item, case: TouchedCase, names: Mapping[uuid.UUID, str], refusal: Json | None) -> PreviewLine:
    assignee = item.parameters.get("assignee")
    deadline = case.appraisal.deadline
    return PreviewLine(
        appraisal=item.appraisal,
        employee=case.employee,
        cycle=case.cycle,
        stage=case.appraisal.stage,
        trigger=item.trigger,
        due_on=deadline.due_on if deadline else None,
        until=item.parameters.get("until"),
        assignee=None if assignee is None else names.get(uuid.UUID(assignee)),
        refusal=refusal,
    )
