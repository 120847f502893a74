import datetime as dt
import uuid
from typing import Any

from service.answer import Answer


class EffectCount(Answer):
    """What happens to how many appraisals."""

    trigger: str
    effect: str
    appraisals: int


class RefusalCount(Answer):
    """For how many appraisals it would be refused, and why."""

    code: str
    reason: str
    appraisals: int


class Refusal(Answer):
    """Why something is refused."""

    code: str
    detail: str
    field: str | None
    """JSON pointer into the order, where a field of it is the cause."""


class MovedDeadline(Answer):
    """A deadline that other rules or another calendar move."""

    duty: str | None
    """What is owed beside the stage; null for the stage itself."""
    name: str
    due_on: dt.date
    """The due day now."""
    due_on_then: dt.date


class MoveCount(Answer):
    """How many deadlines of a stage, or of a duty beside it, would move."""

    name: str
    deadlines: int


class OperationPreviewLine(Answer):
    """What would happen to one appraisal."""

    appraisal_id: uuid.UUID
    employee: str
    cycle: str
    stage: str
    stage_name: str
    trigger: str
    effect: str
    due_on: dt.date | None
    """The due day now."""
    due_on_then: dt.date | None
    """The due day then; null where it does not change."""
    responsible: str | None
    """Who would become responsible; null where nobody else does."""
    refusal: Refusal | None
    """Why it would be refused for this appraisal; null where it would be done."""
    moves: list[MovedDeadline]
    """The deadlines that other rules or another calendar would move."""


class OperationPreview(Answer):
    """What an order would do as things stand now; nothing was changed."""

    kind: str
    kind_name: str
    effective_at: dt.datetime
    """From when it would hold, in the agency's time."""
    relations: int
    """People whose relations would be written."""
    affected: int
    effects: list[EffectCount]
    refused: list[RefusalCount]
    unresolved: int
    """Appraisals for which nobody would be found: they would go to `/api/v1/incidents`."""
    moved: list[MoveCount]
    """Deadlines that other rules or another calendar would move."""
    lines: list[OperationPreviewLine]
    """The first of those affected; with `adopt_calendar` only those of which a deadline moves, or that refuse."""
    more: int
    """How many are not among the lines."""


class OutcomeCount(Answer):
    """How many appraisals came to the same."""

    outcome: str
    outcome_name: str
    appraisals: int


class OperationLine(Answer):
    """An order in a list."""

    id: uuid.UUID
    kind: str
    kind_name: str
    state: str
    state_name: str
    reason: str
    authority: str
    requested_by_id: uuid.UUID
    requested_by: str
    requested_at: dt.datetime
    effective_at: dt.datetime
    """From when it holds, in the agency's time."""
    applied_at: dt.datetime | None
    """When relations, people and units were changed."""
    finished_at: dt.datetime | None
    outcomes: list[OutcomeCount]


class OperationDetail(OperationLine):
    """An order by itself."""

    change: dict[str, Any]
    """What was ordered."""
    refusal: Refusal | None
    """Why it could not take effect when its day came; nothing was changed then."""
    steps: list[str]
    """What can be done with it now: pause, resume, withdraw, rerun."""


class OperationPage(Answer):
    """Orders, the newest first."""

    items: list[OperationLine]
    next: str | None


class OperationItem(Answer):
    """What an order does to one appraisal, and what came of it."""

    appraisal_id: uuid.UUID
    employee_id: uuid.UUID
    employee: str
    cycle: str
    phase: str
    phase_name: str
    trigger: str
    effect: str
    outcome: str
    outcome_name: str
    refusal: Refusal | None
    """Why it was refused or failed."""
    done_at: dt.datetime | None


class OperationItemPage(Answer):
    """Items in the order of their appraisals' ids."""

    items: list[OperationItem]
    next: str | None
