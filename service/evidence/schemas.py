import datetime as dt
import uuid
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from service.answer import Answer
from service.appraisals.request import one_line
from service.evidence.addresses import LONGEST_ADDRESS, web_address


class NewEvidence(BaseModel):
    """What a piece of evidence is for."""

    model_config = ConfigDict(strict=True, extra="forbid", use_attribute_docstrings=True, frozen=True)

    title: Annotated[str, Field(max_length=200), AfterValidator(one_line)]
    """What it shows, in one line."""
    item: Annotated[str, Field(max_length=40)] = ""
    """The result, the indicator or the value that it is for, by its id; empty for the work as a whole."""


class NewLink(NewEvidence):
    """A link to evidence that is kept elsewhere."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "address": "https://layanan.example.go.id/laporan/2026-03",
                    "title": "Laporan layanan Maret",
                    "item": "h1",
                }
            ]
        }
    )

    address: Annotated[str, Field(max_length=LONGEST_ADDRESS), AfterValidator(web_address)]
    """Begins with `https://` or `http://`, without user name and password."""


class EvidenceFile(Answer):
    """A file that was handed in."""

    name: str
    media_type: str
    """As its content shows."""
    size: int
    """Bytes."""
    digest: str
    """SHA-256 of its bytes, in hex."""


class EvidenceLink(Answer):
    """A link that was handed in."""

    address: str
    state: str
    """Whether it answered when it was handed in: reachable, unreachable or not_tried."""
    state_name: str
    tried_at: dt.datetime | None


class EvidenceLine(Answer):
    """A piece of evidence: a file or a link. What was withdrawn has neither any more, and no title."""

    id: uuid.UUID
    item: str
    """Empty for the work as a whole."""
    title: str | None
    author_id: uuid.UUID
    author: str
    added_at: dt.datetime
    withdrawn_at: dt.datetime | None
    file: EvidenceFile | None
    link: EvidenceLink | None
    may_withdraw: bool
    """Whether I may withdraw it now."""


class EvidencePage(Answer):
    """Evidence of a case, the newest first."""

    items: list[EvidenceLine]
    next: str | None
