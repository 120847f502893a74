"""The base of the service's problems: each has a stable code, a status, a title and a message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from content.parts import Words


@dataclass(frozen=True, slots=True)
class FieldError:
    """A mistake in one field; a JSON pointer names the field (RFC 6901)."""

    field: str
    message: str
    parameters: Mapping[str, str | Words] | None = None
    """What fills the placeholders of the message; a scheme's words are read in the language of the rest."""


class Problem(Exception):
    """A request cannot be answered; nothing has changed unless the code says that the outcome is unknown.

    ``code`` is stable and machine-readable, ``title`` says briefly what it means, ``parameters`` fill the
    placeholders of ``message``. Title and message are translatable.
    """

    code: ClassVar[str]
    title: ClassVar[str]
    status: ClassVar[int]
    headers: ClassVar[Mapping[str, str]] = {}
    message: str
    retry_after: int | None = None
    """The seconds to wait before trying again, if the wait is not always the same."""

    def __init__(self, *, errors: Sequence[FieldError] = (), **parameters: str) -> None:
        self.errors = errors
        self.parameters = parameters
        super().__init__(self.message.format_map(parameters))
