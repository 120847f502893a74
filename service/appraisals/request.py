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
from states.triggers import RevisionGround, Trigger

LONGEST_TEXT = 20_000


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


class ActionRequest(BaseModel):
    """The body of an action: the text or form, and the parameters that some actions need."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        json_schema_extra={"examples": [{"text": "SKP tahun ini ..."}]},
    )

    text: Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_storable)] | None = None
    """The document or the reason, in words."""
    content: Annotated[dict[str, JsonValue], AfterValidator(_storable)] | None = None
    """The document as a form: a plan, a rating."""
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
    capacity: Capacity | None = None
    """The capacity in which the person acts; needed only when several of his capacities allow the action."""

    def document(self) -> Json | None:
        """The content of the document to be stored, or None if nothing was written."""
        parts: Json = {}
        if self.text is not None and self.text.strip():
            parts["text"] = self.text
        if self.content:
            parts["content"] = self.content
        return parts or None

    def fingerprint(self, actor: uuid.UUID, trigger: Trigger) -> str:
        """A digest of the whole request and its actor. It distinguishes a repeat from a reused key."""
        body = self.model_dump(mode="json", exclude_none=True)
        asked = canonical({"actor": str(actor), "trigger": trigger, "body": body})
        return hashlib.sha256(asked).hexdigest()[:16]
