"""Choosing without chance: the same seed and place always draw the same."""

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from content.forms.context import FormContext
from content.parts import Words
from content.rules import ContentRules

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What an example is made from."""

    rules: ContentRules
    context: FormContext
    seed: int
    language: Literal["id", "en"]
    _rows: Counter[str] = field(default_factory=Counter)

    def turned(self, options: Sequence[T], *place: str | int) -> tuple[T, ...]:
        """All options, beginning with the one that is drawn for a place."""
        if not options:
            return ()
        start = self.number(len(options), *place)
        return (*options[start:], *options[:start])

    def number(self, below: int, *place: str | int) -> int:
        """A whole number from 0 to below ``below``."""
        written = "/".join(map(str, (self.seed, *place)))
        return zlib.crc32(written.encode()) % below

    def next_id(self, rows: str) -> str:
        """An id that no row had before: the third of the indicators in the whole form is ``i3``."""
        letter = rows[0]
        self._rows[letter] += 1
        return f"{letter}{self._rows[letter]}"

    def said(self, words: Words) -> str:
        """The words in the language of the example."""
        return words.en if self.language == "en" else words.id
