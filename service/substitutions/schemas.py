import datetime as dt
import uuid

from service.answer import Answer


class SubstitutionLine(Answer):
    """Somebody stands in for an official."""

    id: uuid.UUID
    kind: str
    kind_name: str
    state: str
    """active, future or past."""
    state_name: str
    official_id: uuid.UUID
    official: str
    substitute_id: uuid.UUID
    substitute: str
    first_day: dt.date
    last_day: dt.date | None
    """Null where it has no end yet."""
    letter: str
    """On which letter it rests."""
    reason: str
    operation_id: uuid.UUID | None
    """The order by which it came about."""


class SubstitutionPage(Answer):
    """Substitutions, the latest to begin first."""

    items: list[SubstitutionLine]
    next: str | None
