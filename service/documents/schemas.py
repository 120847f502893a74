import datetime as dt
import uuid
from typing import Any

from service.answer import Answer


class DocumentDetail(Answer):
    """One immutable text of a case."""

    digest: str
    kind: str
    author_id: uuid.UUID
    author: str
    created_at: dt.datetime
    text: str | None
    content: dict[str, Any] | None
