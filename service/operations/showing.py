"""Operations, previews and items, in the language of their reader."""

import datetime as dt
from collections.abc import Mapping

from service.operations.previewing import Preview, PreviewLine
from service.operations.schemas import (
    EffectCount,
    MoveCount,
    MovedDeadline,
    OperationDetail,
    OperationItem,
    OperationLine,
    OperationPreview,
    OperationPreviewLine,
    OutcomeCount,
    Refusal,
    RefusalCount,
)
from service.operations.wording import (
    change_name,
    duty_name,
    effect_name,
    outcome_name,
    phase_name,
    refusal_text,
    refusal_title,
    state_name,
)
from service.wording import stage_name
from states.appraisal import DutyKind
from states.changes import CHANGE, Change
from states.codec import Json
from states.stages import Stage
from store.operation.repository import ItemLine, Operation
from store.operation.table import OUTCOMES
from translations import Locale

UNDONE = ("refused", "failed")
"""Outcomes of items that a rerun tries again."""


def shown_preview(change: Change, found: Preview, locale: Locale) -> OperationPreview:
    """What a change would do."""
    return OperationPreview(
        kind=change.kind,
        kind_name=change_name(change.kind, locale),
        effective_at=found.effective_at,
        relations=found.relations,
        affected=found.affected,
        effects=[
            EffectCount(trigger=trigger, effect=effect_name(trigger, locale), appraisals=count)
            for trigger, count in sorted(found.effects.items())
        ],
        refused=[
            RefusalCount(code=code, reason=refusal_title(code, locale), appraisals=count)
            for code, count in sorted(found.refused.items())
        ],
        unresolved=found.unresolved,
        moved=[
            MoveCount(name=_deadline_name(of, locale), deadlines=count)
            for of, count in sorted(found.moved.items())
        ],
        lines=[_preview_line(line, locale) for line in found.lines],
        more=found.affected - len(found.lines),
    )


def _preview_line(line: PreviewLine, locale: Locale) -> OperationPreviewLine:
    return OperationPreviewLine(
        appraisal_id=line.appraisal,
        employee=line.employee,
        cycle=line.cycle,
        stage=line.stage,
        stage_name=stage_name(line.stage, locale),
        trigger=line.trigger,
        effect=effect_name(line.trigger, locale, handed_over=line.assignee is not None),
        due_on=line.due_on,
        due_on_then=None if line.until is None else dt.date.fromisoformat(line.until),
        responsible=line.assignee,
        refusal=None if line.refusal is None else _refusal(line.refusal, locale),
        moves=[
            MovedDeadline(
                duty=move.duty,
                name=_deadline_name(move.duty or line.stage, locale),
                due_on=move.due_before,
                due_on_then=move.due_on,
            )
            for move in line.moves
        ],
    )


def _deadline_name(of: Stage | DutyKind, locale: Locale) -> str:
    return duty_name(of, locale) if isinstance(of, DutyKind) else stage_name(of, locale)


def shown_line(operation: Operation, counts: Mapping[str, int], locale: Locale) -> OperationLine:
    """An operation in a list."""
    return OperationLine(
        id=operation.id,
        kind=operation.kind,
        kind_name=change_name(operation.kind, locale),
        state=operation.state,
        state_name=state_name(operation.state, locale),
        reason=operation.change.reason,
        authority=operation.change.authority,
        requested_by_id=operation.requested_by,
        requested_by=operation.requester,
        requested_at=operation.requested_at,
        effective_at=operation.effective_at,
        applied_at=operation.applied_at,
        finished_at=operation.finished_at,
        outcomes=[
            OutcomeCount(
                outcome=outcome, outcome_name=outcome_name(outcome, locale), appraisals=counts[outcome]
            )
            for outcome in OUTCOMES
            if counts.get(outcome)
        ],
    )


def shown_detail(operation: Operation, counts: Mapping[str, int], locale: Locale) -> OperationDetail:
    """An operation by itself."""
    refusal = operation.refusal
    return OperationDetail(
        **dict(shown_line(operation, counts, locale)),
        change=CHANGE.dump_python(operation.change, mode="json"),
        refusal=None if refusal is None else _refusal(refusal, locale),
        steps=steps_of(operation, counts),
    )


def steps_of(operation: Operation, counts: Mapping[str, int]) -> list[str]:
    """The steps that can be taken with an operation now."""
    match operation.state:
        case "waiting":
            return ["withdraw"]
        case "running":
            return ["pause"]
        case "paused":
            return ["resume"]
        case "finished" if any(counts.get(outcome) for outcome in UNDONE):
            return ["rerun"]
        case _:
            return []


def shown_item(item: ItemLine, locale: Locale) -> OperationItem:
    """What an operation did to one appraisal."""
    return OperationItem(
        appraisal_id=item.appraisal_id,
        employee_id=item.employee_id,
        employee=item.employee,
        cycle=item.cycle,
        phase=item.phase,
        phase_name=phase_name(item.phase, locale),
        trigger=item.trigger,
        effect=effect_name(item.trigger, locale),
        outcome=item.outcome,
        outcome_name=outcome_name(item.outcome, locale),
        refusal=_refusal({"code": item.code, **item.detail}, locale) if item.code else None,
        done_at=item.done_at,
    )


def _refusal(details: Json, locale: Locale) -> Refusal:
    field = details.get("field")
    return Refusal(
        code=details["code"],
        detail=refusal_text(details["code"], details, locale),
        field=None if field is None else f"/{field}",
    )
