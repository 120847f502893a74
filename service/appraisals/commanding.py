"""The one place where what a person asks becomes a command and the document that comes with it."""

import uuid

from service.appraisals.attempt import Attempt
from states.commands import Command
from states.stages import Capacity
from store.appraisal.decision import Document
from store.document.repository import digest_of


def document_of(attempt: Attempt) -> Document | None:
    """The text or form that came with the action, by its digest; None where nothing was written."""
    content = attempt.asked.document()
    if content is None:
        return None
    author = str(attempt.identity.person)
    digest = digest_of(str(attempt.appraisal), attempt.trigger, author, content)
    return Document(digest, attempt.trigger.value, author, content)


def command_of(
    attempt: Attempt, capacity: Capacity, behalf: uuid.UUID | None, document: Document | None
) -> Command:
    """The command in the ``capacity`` that was checked, on ``behalf`` of an official whose place is taken."""
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
