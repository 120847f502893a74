import datetime as dt
import uuid

from service.answer import Answer


class OpenTasks(Answer):
    """How many tasks wait in one capacity."""

    capacity: str
    capacity_name: str
    open: int
    overdue: int


class Me(Answer):
    """The person who is signed in."""

    id: uuid.UUID
    name: str
    full_name: str
    post: str
    nip: str
    unit_id: uuid.UUID
    unit: str
    agency_id: uuid.UUID
    agency: str
    employment: str
    """PNS or PPPK."""
    contract_until: dt.date | None
    """The last day of a PPPK's contract (PP 49/2018 art 37); null for a PNS and where it is not known."""
    contract_in_words: str | None
    roles: list[str]
    """Roles for the whole agency: hr, operator."""
    tasks: list[OpenTasks]
