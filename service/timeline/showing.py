"""The events of an appraisal, in the language of their reader."""

import uuid

from service.appraisals.sight import Sight
from service.appraisals.wording import rating_basis_name
from service.deadlines.wording import duty_name, lapsed_duty
from service.objections.wording import dismissal_ground_name, reopening_ground_name
from service.sight.texts import may_read
from service.timeline.schemas import BegunDuty, TimelineEntry
from service.wording import capacity_name, event_name, evidence_name
from states.appraisal import DutyKind
from states.codec import Json
from store.appraisal.timeline import Happening
from translations import Locale


def shown_entry(row: Happening, sight: Sight, person: uuid.UUID, locale: Locale) -> TimelineEntry:
    """One event, with its text if ``person`` may read it."""
    body = row.body
    trigger: str | None = body.get("trigger")
    capacity: str | None = body.get("capacity")
    evidence: str | None = body.get("evidence")
    deadline = body.get("deadline") or {}
    readable = row.author is not None and may_read(
        sight, trigger or "", row.author, delivered=bool(row.delivered), person=person
    )
    return TimelineEntry(
        sequence=row.sequence,
        kind=row.kind,
        what=_what(row, sight, locale),
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
        due_before=body.get("due_before"),
        by_law=_by_law(deadline),
        response_due=body.get("response_due"),
        response_by_law=body.get("response_by_law"),
        received_on=body.get("received_on"),
        evidence=evidence,
        evidence_name=None if evidence is None else evidence_name(evidence, locale),
        assignee=row.assignee,
        assigned_capacity=body.get("assigned_capacity"),
        ground=body.get("ground"),
        dismissal_ground=body.get("dismissal_ground"),
        dismissal_ground_name=dismissal_ground_name(body.get("dismissal_ground"), locale),
        reopening_ground=body.get("reopening_ground"),
        reopening_ground_name=reopening_ground_name(body.get("reopening_ground"), locale),
        reference=body.get("reference"),
        basis=body.get("basis"),
        basis_name=rating_basis_name(body.get("basis"), locale),
        rulebook=body.get("rulebook"),
        calendar=body.get("calendar"),
        duties=[_begun(duty, locale) for duty in body.get("duties", ())],
        outcome=body.get("outcome"),
        late=bool(body.get("late", False)),
        late_by=body.get("late_by", 0),
        late_by_law=body.get("late_by_law", 0),
        document=row.document if readable else None,
        text=(row.content or {}).get("text") if readable else None,
        result=body.get("result") if readable else None,
        authority=body.get("authority"),
    )


def _what(row: Happening, sight: Sight, locale: Locale) -> str:
    """The event in words; the day of a duty means something else than that of a stage."""
    if row.kind == "lapsed":
        for kind in DutyKind:
            rule = sight.rules.duty_rule(kind)
            if rule is not None and rule.rule == row.body["rule"]:
                return lapsed_duty(kind, locale)
    return event_name(row.kind, row.body, locale)


def _by_law(deadline: Json) -> str | None:
    """The day that the law gives for a deadline on record, which leaves it out where it is the due day itself."""
    by_law: str | None = deadline.get("statutory_on") or deadline.get("due_on")
    return by_law


def _begun(duty: Json, locale: Locale) -> BegunDuty:
    deadline = duty["deadline"]
    return BegunDuty(
        kind=duty["kind"],
        name=duty_name(duty["kind"], locale),
        capacity=duty["capacity"],
        capacity_name=capacity_name(duty["capacity"], locale),
        due_on=deadline["due_on"],
        by_law=_by_law(deadline),
    )
