"""The events of an appraisal, in the language of their reader."""

import uuid

from service import policy
from service.appraisals.sight import Sight
from service.timeline.schemas import TimelineEntry
from service.wording import capacity_name, event_name, evidence_name
from store.appraisal.timeline import Happening
from translations import Locale


def shown_entry(row: Happening, sight: Sight, person: uuid.UUID, locale: Locale) -> TimelineEntry:
    """One event, with its text if ``person`` may read it."""
    body = row.body
    trigger: str | None = body.get("trigger")
    capacity: str | None = body.get("capacity")
    evidence: str | None = body.get("evidence")
    deadline = body.get("deadline") or {}
    readable = row.author is not None and policy.may_read(
        trigger or "",
        row.author,
        delivered=bool(row.delivered),
        capacities=sight.capacities,
        person=person,
    )
    return TimelineEntry(
        sequence=row.sequence,
        kind=row.kind,
        what=event_name(row.kind, body, locale),
        trigger=trigger,
        at=row.at,
        recorded_at=row.recorded_at,
        capacity=capacity,
        capacity_name=None if capacity is None else capacity_name(capacity, locale),
        actor=row.actor,
        on_behalf_of=row.on_behalf_of,
        source=body.get("source"),
        target=body.get("target"),
        due_on=body.get("due_on") or deadline.get("due_on"),
        received_on=body.get("received_on"),
        evidence=evidence,
        evidence_name=None if evidence is None else evidence_name(evidence, locale),
        assignee=row.assignee,
        assigned_capacity=body.get("assigned_capacity"),
        ground=body.get("ground"),
        outcome=body.get("outcome"),
        late=bool(body.get("late", False)),
        document=row.document if readable else None,
        text=(row.content or {}).get("text") if readable else None,
    )
