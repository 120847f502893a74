"""Prints previews of changes, operations and their items."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.cli.speaking import LOCALE, say, show_table, spoken
from service.operations.reading import detail_of
from service.operations.schemas import OperationItem, OperationPreview, OperationPreviewLine
from service.operations.showing import UNDONE
from service.operations.wording import outcome_name
from store.operation.moments import agency_time
from store.operation.repository import Operation
from translations import format_date
from translations import mark as _

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

SHOWN = 50
"""The number of appraisals that the screen lists; the API lists all."""


def print_preview(found: OperationPreview) -> None:
    """Prints what a change would do."""
    say(
        _("{kind}: {affected} appraisals affected; the relations of {relations} people would change."),
        kind=found.kind_name,
        affected=found.affected,
        relations=found.relations,
    )
    if found.unresolved:
        say(
            _("For {count} of them nobody would be found; they would go to the queue of incidents."),
            count=found.unresolved,
        )
    refused = outcome_name("refused", LOCALE.get())
    rows: list[tuple[object, ...]] = [(each.effect, each.appraisals) for each in found.effects]
    rows += [(f"{refused}: {each.reason}", each.appraisals) for each in found.refused]
    rows += [(spoken(_("the due day moves: {name}"), name=each.name), each.deadlines) for each in found.moved]
    if rows:
        show_table(spoken(_("What would happen")), (spoken(_("Effect")), spoken(_("Appraisals"))), rows)
    if not found.lines:
        return
    show_table(
        spoken(_("Appraisals")),
        (
            spoken(_("Name")),
            spoken(_("Cycle")),
            spoken(_("Stage")),
            spoken(_("Effect")),
            spoken(_("Due")),
            spoken(_("Responsible then")),
            spoken(_("Refused")),
        ),
        [
            (
                line.employee,
                line.cycle,
                line.stage_name,
                line.effect,
                _due(line),
                line.responsible,
                None if line.refusal is None else line.refusal.detail,
            )
            for line in found.lines[:SHOWN]
        ],
    )
    if found.affected > SHOWN:
        say(_("{count} more are not listed."), count=found.affected - min(SHOWN, len(found.lines)))


def _due(line: OperationPreviewLine) -> str:
    """The due day now and then; those of several deadlines by their names."""
    if line.moves:
        return ", ".join(f"{move.name}: {move.due_on} → {move.due_on_then}" for move in line.moves)
    return " → ".join(str(day) for day in (line.due_on, line.due_on_then) if day is not None)


async def print_operation(database: "AsyncEngine", operation: Operation) -> int:
    """Prints the progress of an operation; returns how many of its items were refused or failed."""
    async with database.connect() as connection:
        detail = await detail_of(connection, operation, LOCALE.get())
        time = await agency_time(connection, operation.agency_id, dt.datetime.now(dt.UTC))
    say(
        _("{kind}: {state}; ordered by {name}, in force from {day}."),
        kind=detail.kind_name,
        state=detail.state_name,
        name=detail.requested_by,
        day=format_date(time.day_of(detail.effective_at), LOCALE.get()),
    )
    if detail.refusal is not None:
        say(_("Refused: {reason}"), reason=detail.refusal.detail)
    rows: list[tuple[object, ...]] = [(each.outcome_name, each.appraisals) for each in detail.outcomes]
    if rows:
        show_table(spoken(_("What came of it")), (spoken(_("Outcome")), spoken(_("Appraisals"))), rows)
    return sum(each.appraisals for each in detail.outcomes if each.outcome in UNDONE)


def print_items(items: Sequence[OperationItem]) -> None:
    """Prints what an operation did to each appraisal; the last line says if there are more."""
    show_table(
        spoken(_("Appraisals")),
        (
            spoken(_("Name")),
            spoken(_("Cycle")),
            spoken(_("When")),
            spoken(_("Effect")),
            spoken(_("Outcome")),
            spoken(_("Why")),
            "id",
        ),
        [
            (
                item.employee,
                item.cycle,
                item.phase_name,
                item.effect,
                item.outcome_name,
                None if item.refusal is None else item.refusal.detail,
                item.appraisal_id,
            )
            for item in items[:SHOWN]
        ],
    )
    if len(items) > SHOWN:
        say(_("There are more; GET /api/v1/operations lists all."))
