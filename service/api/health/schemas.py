from service.api.answers import Answer


class Health(Answer):
    """Whether the service can work, and what it lacks."""

    status: str
    """ok or unavailable."""
    missing: list[str]
    """Servers that do not answer: database, engine."""
