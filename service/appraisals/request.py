"""The body of a request for an action."""

import datetime as dt
import hashlib
import uuid
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue
from pydantic_core import PydanticCustomError

from states.codec import Json, canonical
from states.receipt_evidence import Evidence
from states.stages import Capacity
from states.triggers import DismissalGround, ReopeningGround, RevisionGround, Trigger

LONGEST_TEXT = 20_000
LONGEST_REFERENCE = 120


def _storable(value: Any) -> Any:
    """Refuses what the database cannot hold: the character NUL, and numbers that are not finite or too large."""
    match value:
        case str() if "\0" in value:
            raise PydanticCustomError("nul_character", "The text must not contain the character NUL")
        case float() if value != value or value in (float("inf"), float("-inf")):
            raise PydanticCustomError("finite_number", "Numbers must be finite")
        case int() if abs(value) >= 1 << 256:
            raise PydanticCustomError("finite_number", "Numbers must be finite")
        case list():
            for item in value:
                _storable(item)
        case dict():
            for name, item in value.items():
                _storable(name)
                _storable(item)
    return value


def one_line(value: str) -> str:
    """Refuses what does not stand in one line; blanks around it are left out."""
    line = value.strip()
    if not line.isprintable():
        raise PydanticCustomError("one_line", "This must be one line")
    if not line:
        raise PydanticCustomError("string_too_short", "The text is empty")
    return line


Text = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_storable)]


class Written(BaseModel):
    """What somebody writes: a text, a form, or both."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    text: Text | None = None
    """In words."""
    content: Annotated[dict[str, JsonValue], AfterValidator(_storable)] | None = None
    """As a form."""

    def document(self) -> Json | None:
        """The content of the document to be stored, or None if nothing was written."""
        parts: Json = {}
        if self.text is not None and self.text.strip():
            parts["text"] = self.text
        if self.content:
            parts["content"] = self.content
        return parts or None


class ActionRequest(Written):
    """The body of an action: the text or form, and the parameters that some actions need.

    `text` is the document or the reason in words, `content` the document as a form: a plan, a rating.
    """

    until: dt.date | None = None
    """New due day, for an extension."""
    received_on: dt.date | None = None
    """Day of receipt, for a receipt recorded by HR."""
    evidence: Evidence | None = None
    """The evidence for a receipt that HR records: handed over (`recorded`), or `refused` before a witness."""
    ground: RevisionGround | None = None
    """Legal ground, for a plan revision."""
    assignee: uuid.UUID | None = None
    """Person who takes over, for a reassignment."""
    assigned_capacity: Capacity | None = None
    """Capacity that is handed over, for a reassignment."""
    result: Written | None = None
    """The new result, for a decision that changes it (`change_result`); the decision itself is in `text`."""
    authority: Text | None = None
    """On what an extension of a term of the law rests: the letter or decision."""
    dismissal_ground: DismissalGround | None = None
    """Why an objection is inadmissible, for `dismiss_objection`: one of the grounds that the scheme lists."""
    reopening_ground: ReopeningGround | None = None
    """Why a result that an objection has settled is opened again, for `reopen` (PP 30/2019 art 59(4))."""
    reference: Annotated[str, Field(max_length=LONGEST_REFERENCE), AfterValidator(one_line)] | None = None
    """Number of the decision or letter on which such a reopening rests, in one line."""
    predicate: Annotated[str, Field(max_length=40)] | None = None
    """The predicate that the author expects of his rating, as the scheme names it: another one is refused."""
    capacity: Capacity | None = None
    """The capacity in which the person acts; needed only when several of his capacities allow the action."""

    def fingerprint(self, actor: uuid.UUID, trigger: Trigger) -> str:
        """A digest of the whole request and its actor. It distinguishes a repeat from a reused key."""
        body = self.model_dump(mode="json", exclude_none=True)
        asked = canonical({"actor": str(actor), "trigger": trigger, "body": body})
        return hashlib.sha256(asked).hexdigest()[:16]
