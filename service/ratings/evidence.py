"""How evidence is called in a rating that rests on it."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Protocol

from translations import Locale, translate
from translations import mark as _

WITHDRAWN = _("evidence that was withdrawn")


class Called(Protocol):
    """A piece of evidence with its title."""

    @property
    def id(self) -> uuid.UUID:
        """Its id, by which a form refers to it."""

    @property
    def title(self) -> str:
        """What it shows."""

    @property
    def withdrawn_at(self) -> dt.datetime | None:
        """None for what was not withdrawn."""


def evidence_titles(pieces: Iterable[Called], locale: Locale) -> dict[str, str]:
    """Titles by id. What was withdrawn has none any more, also where a rating rests on it."""
    return {
        str(each.id): each.title if each.withdrawn_at is None else translate(WITHDRAWN, locale)
        for each in pieces
    }
