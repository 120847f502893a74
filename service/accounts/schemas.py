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
    roles: list[str]
    """Roles for the whole agency: hr, operator."""
    tasks: list[OpenTasks]
