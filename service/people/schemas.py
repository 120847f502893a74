import datetime as dt
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
    employment: str
    """PNS or PPPK."""
    contract_until: dt.date | None
    """The last day of a PPPK's contract (PP 49/2018 art 37); null for a PNS and where it is not known."""


class PersonDetail(PersonLine):
    """A person by himself."""

    grade: str
    contract_in_words: str | None
    """Until when the contract runs, in a sentence."""
    nip: str | None
    """Shown to the person and to personnel officers only."""
    email: str | None
    """Shown to the person and to personnel officers only."""


class PeoplePage(Answer):
    """People by name."""

    items: list[PersonLine]
    next: str | None
    """Cursor of the next page; null on the last."""
