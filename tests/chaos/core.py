"""The record compared with the pure core: whatever is on it, the core decides again, command by command."""

import uuid
from collections.abc import Iterator
from itertools import groupby

from sqlalchemy.ext.asyncio import AsyncEngine

from states.appraisal import Appraisal
from states.clock import Clock
from states.codec import load_event
from states.command_keys import WAKE
from states.commands import Command
from states.decide import advance, decide
from states.errors import DomainError
from states.events import Acted, Event, Launched
from states.evolve import evolve, launch
from states.rule_context import RuleContext
from states.triggers import Trigger
from store.agency.rule_contexts import rule_context_of
from store.appraisal.auditing import AuditedAppraisal, AuditedEvent
from tests.chaos.findings import Record


async def of_the_core(record: Record, database: AsyncEngine) -> list[str]:
    """Every command and every wake led to the events, at the moments, that the core gives; else what differs."""
    found: list[str] = []
    for row in record.appraisals:
        first = load_event(row.events[0].kind, row.events[0].body)
        assert isinstance(first, Launched)
        before = launch(str(row.id), first)
        rules = await rule_context_of(database, before)
        for recorded in _decisions(row):
            events = [load_event(event.kind, event.body) for event in recorded]
            wrong = _difference(before, recorded[0], events, rules)
            if wrong:
                found.append(f"{row.id} at {recorded[0].sequence}: {wrong}")
                break
            for event in events:
                before = evolve(before, event)
    return found


def _decisions(row: AuditedAppraisal) -> Iterator[list[AuditedEvent]]:
    """The events after the launch, by the command or the wake that caused them."""
    for _, events in groupby(row.events[1:], key=lambda event: event.command_id):
        yield list(events)


def _difference(
    before: Appraisal, recorded: AuditedEvent, events: list[Event], rules: RuleContext
) -> str | None:
    last = events[-1]
    if recorded.command_id.startswith(f"{WAKE}"):
        right = advance(before, last.at, rules)[0]
    else:
        if not isinstance(last, Acted) or last.actor is None:
            return f"{recorded.command_id} ends with {type(last).__name__} by nobody"
        try:
            right = decide(before, _command(recorded.command_id, last, last.actor), last.at, rules)
        except DomainError as refused:
            return f"{last.trigger} is on record, and the core refuses it: {refused.code}"
    return None if events == right else f"{recorded.command_id}: recorded {events}, the core gives {right}"


def _command(key: str, event: Acted, actor: str) -> Command:
    extended = event.deadline.due_on if event.trigger is Trigger.EXTEND and event.deadline else None
    recorded = event.trigger is Trigger.RECORD_RECEIPT
    answered = event.trigger is Trigger.ANSWER_RECEIPT
    return Command(
        id=key,
        trigger=event.trigger,
        capacity=event.capacity,
        actor=actor,
        on_behalf_of=event.on_behalf_of,
        document=event.document,
        until=extended,
        received_on=event.received_on if recorded or answered else None,
        evidence=event.evidence if recorded else None,
        ground=event.ground,
        assignee=event.assignee,
        assigned_capacity=event.assigned_capacity,
        result=event.result if event.trigger is Trigger.CHANGE_RESULT else None,
        substance=event.substance,
        authority=event.authority,
        dismissal_ground=event.dismissal_ground,
        reopening_ground=event.reopening_ground,
        reference=event.reference,
    )


def woken_for(record: Record, cases: set[uuid.UUID], clock: Clock, began: float, ended: float) -> int:
    """How many steps of ``cases`` fell due between two moments and were taken after the second one.

    Moments are seconds since 1970.
    """
    return sum(
        event.command_id.startswith(f"{WAKE}")
        and began <= clock.real(event.at).timestamp() < ended <= event.recorded_at.timestamp()
        for row in record.appraisals
        if row.id in cases
        for event in row.events
    )


def lateness(record: Record, cases: set[uuid.UUID], clock: Clock, began: float, ended: float) -> list[float]:
    """By how many seconds each step of ``cases`` was taken late that the engine woke for between two moments."""
    return [
        event.recorded_at.timestamp() - clock.real(event.at).timestamp()
        for row in record.appraisals
        if row.id in cases
        for event in row.events
        if event.command_id.startswith(f"{WAKE}") and began <= event.recorded_at.timestamp() < ended
    ]
