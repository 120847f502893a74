"""The only place that turns a person's request into a command and its documents."""

import hashlib
import uuid

from service.appraisals.attempt import Attempt
from service.appraisals.handing_in import RESULT, HandedIn
from states.codec import Json, canonical
from states.commands import Command
from states.stages import Capacity
from states.triggers import Trigger
from store.appraisal.decision import Document
from store.document.repository import digest_of

AUTHORITY = "authority"
"""The kind of document that says on what an extension rests."""

_NAMING_A_RESULT = frozenset({Trigger.CHANGE_RESULT, Trigger.UPHOLD_RESULT})
"""A decision that keeps the result is refused if it names a new one."""


_SETTING = {Trigger.RATE: Trigger.RATE.value, Trigger.CHANGE_RESULT: RESULT}
"""The kind of document by which an action sets a result."""


def documents_of(attempt: Attempt, handed_in: HandedIn | None = None) -> tuple[Document, ...]:
    """What was written for the action, each text identified by its digest: the document or reason, and what it names.

    A form goes on record as it was checked, a rating with what follows from it. What the action does not use is not
    kept.
    """
    asked, trigger = attempt.asked, attempt.trigger
    written = {trigger.value: asked.document()}
    if trigger in _NAMING_A_RESULT and asked.result is not None:
        written[RESULT] = asked.result.document()
    if trigger is Trigger.EXTEND and asked.authority is not None and asked.authority.strip():
        written[AUTHORITY] = {"text": asked.authority}
    if handed_in is not None:
        written[handed_in.kind] = (written[handed_in.kind] or {}) | _checked(handed_in)
    return tuple(
        _document(attempt, kind, content, handed_in if handed_in and handed_in.kind == kind else None)
        for kind, content in written.items()
        if content is not None
    )


def _checked(handed_in: HandedIn) -> Json:
    content: Json = {"content": handed_in.content}
    if handed_in.outcome is not None:
        content["outcome"] = handed_in.outcome.to_data()
    return content


def _document(attempt: Attempt, kind: str, content: Json, handed_in: HandedIn | None) -> Document:
    author = str(attempt.identity.person)
    digest = digest_of(str(attempt.appraisal), kind, author, content)
    if handed_in is None:
        return Document(digest, kind, author, content)
    sent = None if handed_in.sent == handed_in.content else handed_in.sent
    return Document(digest, kind, author, content, handed_in.form, sent)


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
        substance=_substance(attempt.trigger, documents),
        authority=digests.get(AUTHORITY),
        dismissal_ground=asked.dismissal_ground,
        reopening_ground=asked.reopening_ground,
        reference=asked.reference,
    )


def _substance(trigger: Trigger, documents: tuple[Document, ...]) -> str | None:
    """The digest of what a result says: of its form where it has one, else of its words, whoever wrote them."""
    kind = _SETTING.get(trigger)
    found = next((document.content for document in documents if document.kind == kind), None)
    if found is None:
        return None
    said: Json = (
        {"form": found["content"]} if "content" in found else {"text": " ".join(found["text"].split())}
    )
    return hashlib.sha256(canonical(said)).hexdigest()
