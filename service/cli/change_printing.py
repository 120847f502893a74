"""How previews, orders and their items are printed."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.cli.speaking import LOCALE, say, show_table, spoken
from service.operations.wording import (
    change_name,
    effect_name,
    outcome_name,
    phase_name,
    refusal_text,
    refusal_title,
    state_name,
)
from service.wording import stage_name
from store.operation import repository
from store.operation.moments import agency_time
from store.operation.repository import ItemLine, Operation
from store.operation.table import OUTCOMES
from translations import format_date
from translations import mark as _

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from service.operations.previewing import Preview
    from states.changes import Change

SHOWN = 50
"""Appraisals that are listed on the screen; the API lists all."""


def print_preview(change: "Change", found: "Preview") -> None:
    """What an order would do."""
    locale = LOCALE.get()
    say(
        _("{kind}: {affected} appraisals affected; the relations of {relations} people would change."),
        kind=change_name(change.kind, locale),
        affected=found.affected,
        relations=found.relations,
    )
    if found.unresolved:
        say(
            _("For {count} of them nobody would be found; they would go to the queue of incidents."),
            count=found.unresolved,
        )
    rows: list[tuple[object, ...]] = [
        (effect_name(trigger, locale), count) for trigger, count in sorted(found.effects.items())
    ]
    rows += [
        (f"{outcome_name('refused', locale)}: {refusal_title(code, locale)}", count)
        for code, count in sorted(found.refused.items())
    ]
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
                stage_name(line.stage, locale),
                effect_name(line.trigger, locale, handed_over=line.assignee is not None),
                " → ".join(str(day) for day in (line.due_on, line.until) if day is not None),
                line.assignee,
                None if line.refusal is None else refusal_text(line.refusal["code"], line.refusal, locale),
            )
            for line in found.lines[:SHOWN]
        ],
    )
    if found.affected > SHOWN:
        say(_("{count} more are not listed."), count=found.affected - min(SHOWN, len(found.lines)))


async def print_operation(database: "AsyncEngine", operation: Operation) -> int:
    """How far an order has come; returns how many of its items were refused or failed."""
    locale = LOCALE.get()
    async with database.connect() as connection:
        counts = await repository.counts(connection, operation.id)
        time = await agency_time(connection, operation.agency_id, dt.datetime.now(dt.UTC))
    say(
        _("{kind}: {state}; ordered by {name}, in force from {day}."),
        kind=change_name(operation.kind, locale),
        state=state_name(operation.state, locale),
        name=operation.requester,
        day=format_date(time.day_of(operation.effective_at), locale),
    )
    if operation.refusal is not None:
        say(_("Refused: {reason}"), reason=refusal_text(operation.refusal["code"], operation.refusal, locale))
    rows: list[tuple[object, ...]] = [
        (outcome_name(outcome, locale), counts[outcome]) for outcome in OUTCOMES if counts.get(outcome)
    ]
    if rows:
        show_table(spoken(_("What came of it")), (spoken(_("Outcome")), spoken(_("Appraisals"))), rows)
    return counts.get("refused", 0) + counts.get("failed", 0)


def print_items(items: Sequence[ItemLine]) -> None:
    """What an order did to each appraisal; the last line says if there are more than are shown."""
    locale = LOCALE.get()
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
                phase_name(item.phase, locale),
                effect_name(item.trigger, locale),
                outcome_name(item.outcome, locale),
                refusal_text(item.code, item.detail, locale) if item.code else None,
                item.appraisal_id,
            )
            for item in items[:SHOWN]
        ],
    )
    if len(items) > SHOWN:
        say(_("There are more; GET /api/v1/operations lists all."))
