"""What the text of an appointment must be like, so that mails and calendars can hold it."""

from pydantic_core import PydanticCustomError


def one_line(text: str) -> str:
    """The text without blanks around it. Raises for an empty one, for several lines and for control characters."""
    stripped = text.strip()
    if not stripped:
        raise PydanticCustomError("string_too_short", "empty")
    if not stripped.isprintable():
        raise PydanticCustomError("one_line", "not one line")
    return stripped
