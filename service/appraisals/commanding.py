"""The only place that turns a person's request into a command and its documents."""

import uuid

from service.appraisals.attempt import Attempt
from states.codec import Json
from states.commands import Command
from states.stages import Capacity
from states.triggers import Trigger
from store.appraisal.decision import Document
from store.document.repository import digest_of

RESULT = "result"
"""The kind of document that holds the new result of a decision on an objection."""

AUTHORITY = "authority"
"""The kind of document that says on what an extension rests."""

_NAMING_A_RESULT = frozenset({Trigger.CHANGE_RESULT, Trigger.UPHOLD_RESULT})
"""A decision that keeps the result is refused if it names a new one."""


def documents_of(attempt: Attempt) -> tuple[Document, ...]:
    """What was written for the action, each text identified by its digest: the document or reason, and what it names.

    What the action does not use is not kept.
    """
    asked, trigger = attempt.asked, attempt.trigger
    written = {trigger.value: asked.document()}
    if trigger in _NAMING_A_RESULT and asked.result is not None:
        written[RESULT] = asked.result.document()
    if trigger is Trigger.EXTEND and asked.authority is not None and asked.authority.strip():
        written[AUTHORITY] = {"text": asked.authority}
    return tuple(
        _document(attempt, kind, content) for kind, content in written.items() if content is not None
    )


def _document(attempt: Attempt, kind: str, content: Json) -> Document:
    author = str(attempt.identity.person)
    return Document(digest_of(str(attempt.appraisal), kind, author, content), kind, author, content)


def command_of(
    attempt: Attempt, capacity: Capacity, behalf: uuid.UUID | None, documents: tuple[Document, ...]
) -> Command:
    """The command, in the checked ``capacity`` and on ``behalf`` of the official whose place the person takes."""
    asked = attempt.asked
    digests = {document.kind: document.digest for document in documents}
    return Command(
        id=attempt.key,
        trigger=attempt.trigger,
        capacity=capacity,
        actor=str(attempt.identity.person),
        on_behalf_of=None if behalf is None else str(behalf),
        fingerprint=attempt.fingerprint,
        document=digests.get(attempt.trigger),
        until=asked.until,
        received_on=asked.received_on,
        evidence=asked.evidence,
        ground=asked.ground,
        assignee=None if asked.assignee is None else str(asked.assignee),
        assigned_capacity=asked.assigned_capacity,
        result=digests.get(RESULT),
        authority=digests.get(AUTHORITY),
        dismissal_ground=asked.dismissal_ground,
        reopening_ground=asked.reopening_ground,
        reference=asked.reference,
    )
