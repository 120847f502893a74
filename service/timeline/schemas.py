import datetime as dt

from service.answer import Answer


class BegunDuty(Answer):
    """What is owed from an event on, beside the stage."""

    kind: str
    name: str
    capacity: str
    capacity_name: str
    due_on: dt.date
    by_law: dt.date


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
    due_before: dt.date | None
    """The due day before, where the event moved it."""
    by_law: dt.date | None
    """The day that the law gives, beside `due_on`."""
    response_due: dt.date | None
    """Until when an objection is in time from then on, where the event says so."""
    response_by_law: dt.date | None
    received_on: dt.date | None
    evidence: str | None
    """What was evidenced of the receipt of the result."""
    evidence_name: str | None
    assignee: str | None
    assigned_capacity: str | None
    ground: str | None
    dismissal_ground: str | None
    dismissal_ground_name: str | None
    reopening_ground: str | None
    reopening_ground_name: str | None
    reference: str | None
    """Number of the decision on which a reopening rests."""
    basis: str | None
    """Another basis of the rating than a plan."""
    basis_name: str | None
    rulebook: str | None
    """The version of the scheme under which the case goes on."""
    calendar: str | None
    """The working calendar by which the case goes on."""
    duties: list[BegunDuty]
    outcome: str | None
    late: bool
    late_by: int
    """Days by which an objection is late, with all that was added to the term."""
    late_by_law: int
    """Days by which it is late by the law alone."""
    document: str | None
    """Digest of the text that came with it; null where there is none or it is not open to me."""
    text: str | None
    result: str | None
    """Digest of the text that holds the new result; null where there is none or it is not open to me."""
    authority: str | None
    """Digest of the text that says on what an extension rests."""


class TimelinePage(Answer):
    """What happened, the newest first."""

    items: list[TimelineEntry]
    next: str | None
