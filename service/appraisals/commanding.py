"""The only place that turns a person's request into a command and its document."""

import uuid

from service.appraisals.attempt import Attempt
from states.commands import Command
from states.stages import Capacity
from store.appraisal.decision import Document
from store.document.repository import digest_of


def document_of(attempt: Attempt) -> Document | None:
    """The text or form that came with the action, identified by its digest; None when nothing was written."""
    content = attempt.asked.document()
    if content is None:
        return None
    author = str(attempt.identity.person)
    digest = digest_of(str(attempt.appraisal), attempt.trigger, author, content)
    return Document(digest, attempt.trigger.value, author, content)


def command_of(
    attempt: Attempt, capacity: Capacity, behalf: uuid.UUID | None, document: Document | None
) -> Command:
    """The command, in the checked ``capacity`` and on ``behalf`` of the official whose place the person takes."""
    asked = attempt.asked
    return Command(
        id=attempt.key,
        trigger=attempt.trigger,
        capacity=capacity,
        actor=str(attempt.identity.person),
        on_behalf_of=None if behalf is None else str(behalf),
        fingerprint=attempt.fingerprint,
        document=document.digest if document else None,
        until=asked.until,
        received_on=asked.received_on,
        evidence=asked.evidence,
        ground=asked.ground,
        assignee=None if asked.assignee is None else str(asked.assignee),
        assigned_capacity=asked.assigned_capacity,
    )
