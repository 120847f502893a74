import datetime as dt
import uuid

from service.answer import Answer


class IncidentLine(Answer):
    """Something that is stuck, and what to do about it."""

    kind: str
    kind_name: str
    remedy: str
    since: dt.datetime
    """From when it waits, in business time."""
    waiting_days: int
    appraisal_id: uuid.UUID | None
    """Null for what concerns a person, whatever his appraisals."""
    employee_id: uuid.UUID
    """The employee of the appraisal, or the person whom it concerns."""
    employee: str
    unit_id: uuid.UUID
    unit: str
    cycle_id: uuid.UUID | None
    cycle: str | None
    stage: str | None
    stage_name: str | None
    capacity: str | None
    """The capacity that is awaited."""
    capacity_name: str | None
    due_on: dt.date | None
    overdue: bool
    operation_id: uuid.UUID | None
    """The order that was not carried out."""
    operation_name: str | None
    why: str | None
    """Why it was not."""


class IncidentPage(Answer):
    """Incidents, the oldest first."""

    items: list[IncidentLine]
    next: str | None


class IncidentTotal(Answer):
    """How much of a kind is stuck."""

    kind: str
    kind_name: str
    remedy: str
    incidents: int
    oldest: dt.datetime


class LeftOut(Answer):
    """How many people the launches of a cycle left out."""

    cycle_id: uuid.UUID
    cycle: str
    skipped: int
    failed: int
    results: str
    """Address of the people with their reasons."""


class IncidentSummary(Answer):
    """What waits in the queue of the personnel officers, in numbers."""

    incidents: int
    kinds: list[IncidentTotal]
    """Kinds of which there are any."""
    launches: list[LeftOut]
