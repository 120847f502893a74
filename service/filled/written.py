"""What a text on record holds."""

from content.parts import Values
from states.codec import Json


def form_in(written: Json) -> Values | None:
    """The filled form of a text; None where it holds words alone."""
    content = written.get("content")
    return content if isinstance(content, dict) else None
