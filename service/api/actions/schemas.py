import uuid

from service.answer import Answer


class Acknowledgement(Answer):
    """An action that is durable and on record."""

    appraisal: uuid.UUID
    stage: str
    """The stage right after the action; a repeat of the same key gives the same answer."""
    sequence: int
    """Number of the event by which the action is on record."""
