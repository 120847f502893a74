"""Finds what a change would do, by doing it and rolling it back."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.deciding import adopted_by
from activities.item_commands import command_of_item
from states.appraisal import DutyKind
from states.codec import Json
from states.decide import decide
from states.errors import DomainError
from states.operations.adopting import MovedDeadline, moved_deadlines
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
    """The new due day, for an extension and where other rules move it."""
    assignee: str | None
    """The name of the official who would become responsible."""
    refusal: Json | None
    """The refusal; None if it would be done."""
    moves: tuple[MovedDeadline, ...] = ()
    """The deadlines that other rules move."""


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
    moved: Mapping[Stage | DutyKind, int]
    """The number of deadlines that other rules move, by the stage or the duty."""
    lines: tuple[PreviewLine, ...]


@dataclass(frozen=True, slots=True)
class _Tried:
    """What came of an item that was tried."""

    refusal: Json | None
    moves: tuple[MovedDeadline, ...] = ()


async def preview(connection: AsyncConnection, requested: RequestedChange, capacity: Capacity) -> Preview:
    """What the change of ``requested`` would do; the caller rolls its transaction back.

    Raises the errors of `perform`.
    """
    performed = await perform(connection, requested)
    cases = await touched_cases(connection, [item.appraisal for item in performed.items], requested.now)
    tried = {
        item.appraisal: await _tried(connection, requested, item, cases[item.appraisal], capacity)
        for item in performed.items
    }
    shown = _worth_showing(performed.items, tried)[:MOST_LINES]
    names = await names_of(
        connection,
        [uuid.UUID(item.parameters["assignee"]) for item in shown if "assignee" in item.parameters],
    )
    return Preview(
        effective_at=requested.at,
        relations=performed.relations,
        affected=len(performed.items),
        effects=Counter(item.trigger for item in performed.items if tried[item.appraisal].refusal is None),
        refused=Counter(each.refusal["code"] for each in tried.values() if each.refusal is not None),
        unresolved=len(performed.unresolved),
        moved=Counter(
            cases[appraisal].appraisal.stage if move.duty is None else move.duty
            for appraisal, each in tried.items()
            for move in each.moves
        ),
        lines=tuple(_line(item, cases[item.appraisal], names, tried[item.appraisal]) for item in shown),
    )


def _worth_showing(items: Sequence[Item], tried: Mapping[uuid.UUID, _Tried]) -> list[Item]:
    """All items but those by which nothing changes except the calendar itself."""
    return [
        item
        for item in items
        if item.trigger is not Trigger.ADOPT_CALENDAR
        or tried[item.appraisal].moves
        or tried[item.appraisal].refusal is not None
    ]


async def _tried(
    connection: AsyncConnection, requested: RequestedChange, item: Item, case: TouchedCase, capacity: Capacity
) -> _Tried:
    command = command_of_item(
        item.trigger,
        item.parameters,
        command="preview",
        capacity=capacity,
        actor=requested.requested_by,
        document="preview",
    )
    appraisal = case.appraisal
    rules = await rule_context_on(connection, appraisal)
    try:
        adopting = await adopted_by(connection, appraisal, command)
        events = decide(appraisal, command, case.moment, rules, adopting)
    except DomainError as refused:
        return _Tried(refused.details)
    return _Tried(None, tuple(moved_deadlines(appraisal, events)))


def _line(item: Item, case: TouchedCase, names: Mapping[uuid.UUID, str], tried: _Tried) -> PreviewLine:
    assignee = item.parameters.get("assignee")
    deadline = case.appraisal.deadline
    moved = next((move.due_on.isoformat() for move in tried.moves if move.duty is None), None)
    return PreviewLine(
        appraisal=item.appraisal,
        employee=case.employee,
        cycle=case.cycle,
        stage=case.appraisal.stage,
        trigger=item.trigger,
        due_on=deadline.due_on if deadline else None,
        until=item.parameters.get("until") or moved,
        assignee=None if assignee is None else names.get(uuid.UUID(assignee)),
        refusal=tried.refusal,
        moves=tried.moves,
    )
