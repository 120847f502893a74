import datetime as dt
import uuid

from service.answer import Answer


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
    duty: str | None
    """What is owed beside the stage: a statement, a report, an answer; null where the stage itself waits on me."""
    duty_name: str | None
    capacity: str
    """The capacity in which it waits on me."""
    capacity_name: str
    opened_at: dt.datetime
    due_on: dt.date | None
    overdue: bool
    basis: str | None
    """By what right I do it for somebody else; null for what is mine."""
    basis_name: str | None
    on_behalf_of: str | None
    """The official in whose place I do it; null also where nobody could be found but the personnel officers."""
    waiting_on_my_plan: int
    """Of the task to draft my plan: how many plans of people whom I rate wait for it (PP 30/2019 art 8(2))."""


class TaskPage(Answer):
    """My tasks, the first due first, those without a due day last."""

    items: list[TaskLine]
    next: str | None
