import datetime as dt

from service.answer import Answer


class Health(Answer):
    """Whether the service can work, and what it lacks."""

    status: str
    """ok, degraded (people can act, reminders and deadlines wait for the engine) or unavailable."""
    missing: list[str]
    """Servers that do not answer: database, engine."""


class LateMessages(Answer):
    """Messages that should have left through an open channel more than fifteen minutes ago."""

    channel: str
    messages: int
    """Counted up to 10 000."""
    stuck: int
    """Of these: claimed by a relay that ended since."""
    oldest: dt.datetime


class Following(Answer):
    """How far the engine is behind the record. Nobody who acts waits for it."""

    cases: int
    """Cases of which the engine has not been told to their last event."""
    oldest: dt.datetime | None
    """Since when the first of them waits."""
    seconds: float
    """How long that is."""
    overdue_wakes: int
    """Cases on which time should have acted more than two minutes ago; counted up to 10 000."""


class Readiness(Health):
    """The same with a warning: what is late although the service works, since no relay runs or a provider is away."""

    late: list[LateMessages]
    unplanned: int
    """Notices that no relay has looked at for fifteen minutes; counted up to 10 000."""
    following: Following | None
    """Null where the database did not say so in time."""
