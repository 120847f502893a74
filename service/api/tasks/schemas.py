import datetime as dt
import uuid

from service.api.answers import Answer


class TaskLine(Answer):
    """Something that waits on me."""

    id: uuid.UUID
    appraisal_id: uuid.UUID
    employee_id: uuid.UUID
    employee: str
    cycle_id: uuid.UUID
    cycle: str
    stage: str
    stage_name: str
    capacity: str
    """The capacity in which it waits on me."""
    capacity_name: str
    opened_at: dt.datetime
    due_on: dt.date | None
    overdue: bool


class TaskPage(Answer):
    """My tasks, the first due first, those without a due day last."""

    items: list[TaskLine]
    next: str | None
