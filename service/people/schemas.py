import uuid

from service.answer import Answer


class PersonLine(Answer):
    """A person in a list."""

    id: uuid.UUID
    name: str
    full_name: str
    post: str
    nip_masked: str
    """All but the last three digits hidden."""
    unit_id: uuid.UUID
    unit: str


class PersonDetail(PersonLine):
    """A person by himself."""

    grade: str
    employment: str
    nip: str | None
    """Shown to the person and to personnel officers only."""
    email: str | None
    """Shown to the person and to personnel officers only."""


class PeoplePage(Answer):
    """People by name."""

    items: list[PersonLine]
    next: str | None
    """Cursor of the next page; null on the last."""
