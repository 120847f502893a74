"""Finds the first place where an appraisal's record contradicts itself. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from states.appraisal import Appraisal
from states.chain import GENESIS, Link, link_hash
from states.codec import dump_appraisal, load_event
from states.events import Acted, Event, Launched
from states.evolve import evolve, launch
from store.appraisal.auditing import AuditedAppraisal, AuditedEvent
from translations import Locale, translate
from translations import mark as _


class BreakKind(StrEnum):
    """What is wrong with a record."""

    EVENT_MISSING = "event_missing"
    ORDER_CHANGED = "order_changed"
    CONTENT_CHANGED = "content_changed"
    HASH_CHANGED = "hash_changed"
    CHAIN_BROKEN = "chain_broken"
    COLUMN_CHANGED = "column_changed"
    EVENT_IMPOSSIBLE = "event_impossible"
    HEAD_CHANGED = "head_changed"
    SNAPSHOT_CHANGED = "snapshot_changed"


_MESSAGES = {
    BreakKind.EVENT_MISSING: _("event {sequence} is missing"),
    BreakKind.ORDER_CHANGED: _("event {sequence} stands in the place of event {detail}"),
    BreakKind.CONTENT_CHANGED: _("the content of event {sequence} ({detail}) was changed afterwards"),
    BreakKind.HASH_CHANGED: _("the hash of event {sequence} was changed; its content is as recorded"),
    BreakKind.CHAIN_BROKEN: _("event {sequence} ({detail}) does not follow from the event before it"),
    BreakKind.COLUMN_CHANGED: _("the column {detail} of event {sequence} contradicts the event's content"),
    BreakKind.EVENT_IMPOSSIBLE: _("event {sequence} cannot follow the events before it: {detail}"),
    BreakKind.HEAD_CHANGED: _("the appraisal's head is not the hash of its last event, {sequence}"),
    BreakKind.SNAPSHOT_CHANGED: _("the snapshot contradicts events 1 to {sequence} in the field {detail}"),
}


@dataclass(frozen=True, slots=True)
class Break:
    """The first broken link of one appraisal."""

    appraisal: str
    kind: BreakKind
    sequence: int
    detail: str = ""

    def describe(self, locale: Locale) -> str:
        """What is wrong, in the language of the reader."""
        return translate(_MESSAGES[self.kind], locale, sequence=self.sequence, detail=self.detail)


def first_break(appraisal: AuditedAppraisal) -> Break | None:
    """The first contradiction in events, head and snapshot, in this order. None if the record is whole.

    A rewrite of an event and of every hash after it, head included, leaves no contradiction. Only a head that
    was exported earlier reveals it.
    """
    previous, snapshot = GENESIS, None
    events = appraisal.events
    for index, event in enumerate(events):
        found = _broken_link(appraisal, index, previous)
        if found is not None:
            return found
        previous = event.hash
        try:
            content = load_event(event.kind, event.body)
            snapshot = _evolved(appraisal, snapshot, content)
        except (KeyError, ValidationError, ValueError) as error:
            reason = str(error).splitlines()[0]
            return _break(appraisal, BreakKind.EVENT_IMPOSSIBLE, event.sequence, reason)
        column = _contradicting_column(event, content)
        if column is not None:
            return _break(appraisal, BreakKind.COLUMN_CHANGED, event.sequence, column)
    last = len(events)
    if snapshot is None or last < appraisal.sequence:
        return _break(appraisal, BreakKind.EVENT_MISSING, last + 1)
    if appraisal.head != previous:
        return _break(appraisal, BreakKind.HEAD_CHANGED, last)
    field = _contradicting_field(appraisal, snapshot)
    return None if field is None else _break(appraisal, BreakKind.SNAPSHOT_CHANGED, last, field)


def _broken_link(appraisal: AuditedAppraisal, index: int, previous: str) -> Break | None:
    """What is wrong with the event at ``index``. The event before it is whole and has the hash ``previous``."""
    events, expected = appraisal.events, index + 1
    event = events[index]
    if event.sequence != expected:
        return _break(appraisal, BreakKind.EVENT_MISSING, expected)
    right = _hash(appraisal, event, previous, expected)
    if event.hash == right:
        return None
    for other in events[index + 1 :]:
        if _hash(appraisal, other, previous, expected) == other.hash:
            return _break(appraisal, BreakKind.ORDER_CHANGED, other.sequence, str(expected))
    after = _following_hash(appraisal, index)
    if after is not None and after == _following(appraisal, index, right):
        return _break(appraisal, BreakKind.HASH_CHANGED, expected)
    if after is not None and after == _following(appraisal, index, event.hash):
        return _break(appraisal, BreakKind.CONTENT_CHANGED, expected, event.kind)
    return _break(appraisal, BreakKind.CHAIN_BROKEN, expected, event.kind)


def _following_hash(appraisal: AuditedAppraisal, index: int) -> str | None:
    """The stored hash that depends on the event at ``index``: that of the next event, or the head."""
    events = appraisal.events
    return events[index + 1].hash if index + 1 < len(events) else appraisal.head


def _following(appraisal: AuditedAppraisal, index: int, previous: str) -> str:
    """What `_following_hash` must be if the event at ``index`` has the hash ``previous``."""
    events = appraisal.events
    if index + 1 == len(events):
        return previous
    return _hash(appraisal, events[index + 1], previous, events[index + 1].sequence)


def _hash(appraisal: AuditedAppraisal, event: AuditedEvent, previous: str, sequence: int) -> str:
    link = Link(str(appraisal.id), sequence, event.kind, event.body, event.command_id, event.fingerprint)
    return link_hash(previous, link)


def _evolved(appraisal: AuditedAppraisal, snapshot: Appraisal | None, event: Event) -> Appraisal:
    if snapshot is not None:
        return evolve(snapshot, event)
    if not isinstance(event, Launched):
        raise ValueError("the first event is not a launch")
    return launch(str(appraisal.id), event)


def _contradicting_column(event: AuditedEvent, content: Event) -> str | None:
    """A column that repeats the event's content for queries but contradicts it; None if all agree."""
    if event.at != content.at:
        return "at"
    actor = content.actor if isinstance(content, Acted) else None
    return None if actor == (str(event.actor_id) if event.actor_id else None) else "actor_id"


def _contradicting_field(appraisal: AuditedAppraisal, snapshot: Appraisal) -> str | None:
    """The first field whose stored value differs from what the events say; None if all agree."""
    right = dump_appraisal(snapshot)
    for name in sorted(right.keys() | appraisal.snapshot.keys()):
        if right.get(name) != appraisal.snapshot.get(name):
            return name
    columns: Sequence[tuple[str, Any, Any]] = (
        ("employee_id", str(appraisal.employee_id), snapshot.employee),
        ("stage", appraisal.stage, snapshot.stage.value),
        ("sequence", appraisal.sequence, snapshot.sequence),
        ("revision", appraisal.revision, snapshot.revision),
        ("due_on", appraisal.due_on, snapshot.deadline.due_on if snapshot.deadline else None),
        ("outcome", appraisal.outcome, snapshot.outcome.value if snapshot.outcome else None),
        ("entered_at", appraisal.entered_at, snapshot.entered_at),
        ("calendar", appraisal.calendar, snapshot.calendar),
    )
    return next((name for name, stored, expected in columns if stored != expected), None)


def _break(appraisal: AuditedAppraisal, kind: BreakKind, sequence: int, detail: str = "") -> Break:
    return Break(str(appraisal.id), kind, sequence, detail)
