import datetime as dt

from service.answer import Answer


class TimelineEntry(Answer):
    """One thing that happened."""

    sequence: int
    kind: str
    """launched, acted, rung_reached or lapsed."""
    what: str
    """In words."""
    trigger: str | None
    at: dt.datetime
    """The legal instant, in business time."""
    recorded_at: dt.datetime
    capacity: str | None
    capacity_name: str | None
    actor: str | None
    on_behalf_of: str | None
    source: str | None
    target: str | None
    due_on: dt.date | None
    received_on: dt.date | None
    evidence: str | None
    """What was evidenced of the receipt of the result."""
    evidence_name: str | None
    assignee: str | None
    assigned_capacity: str | None
    ground: str | None
    outcome: str | None
    late: bool
    document: str | None
    """Digest of the text that came with it; null where there is none or it is not open to me."""
    text: str | None


class TimelinePage(Answer):
    """What happened, the newest first."""

    items: list[TimelineEntry]
    next: str | None
