"""The check of what somebody answers about a service. Pure."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from content.public.rules import PublicFeedbackRules
from content.rules import ContentRules

TEXT = "text"
"""How the place of the words is called among the mistakes."""
_LINE_BREAKS = ("\r\n", "\r")


class Mistake(StrEnum):
    """What is wrong at one question."""

    MISSING = auto()
    UNKNOWN_ELEMENT = auto()
    UNKNOWN_STEP = auto()
    NO_TEXT_ASKED = auto()
    TOO_LONG = auto()
    NOT_PRINTABLE = auto()


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """A checked answer: the place of each chosen step on the scale, in the order of the elements."""

    steps: tuple[int, ...]
    words: str
    """Empty if nothing was written."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer, or what is wrong with it, by element or `TEXT`, in the order of the form."""

    answer: PublicAnswer | None
    mistakes: Mapping[str, Mistake]


def check(content: ContentRules, rules: PublicFeedbackRules, given: Mapping[str, str], text: str) -> Checked:
    """Checks the steps by element, and the words. Every element needs a step; the words may be left out."""
    elements = content.lists[rules.elements].names
    places = {name: place for place, name in enumerate(content.scales[rules.scale].names)}
    mistakes: dict[str, Mistake] = {}
    for element in elements:
        if element not in given:
            mistakes[element] = Mistake.MISSING
        elif given[element] not in places:
            mistakes[element] = Mistake.UNKNOWN_STEP
    mistakes.update({name: Mistake.UNKNOWN_ELEMENT for name in given if name not in elements})
    words = _tidy(text)
    if (mistake := _mistake_in(words, rules)) is not None:
        mistakes[TEXT] = mistake
    if mistakes:
        return Checked(None, mistakes)
    return Checked(PublicAnswer(tuple(places[given[element]] for element in elements), words), {})


def _tidy(text: str) -> str:
    """One form for the same words: browsers send line breaks as two characters."""
    for line_break in _LINE_BREAKS:
        text = text.replace(line_break, "\n")
    return text.strip()


def _mistake_in(words: str, rules: PublicFeedbackRules) -> Mistake | None:
    if not words:
        return None
    if rules.text is None:
        return Mistake.NO_TEXT_ASKED
    if len(words) > rules.text.longest:
        return Mistake.TOO_LONG
    # Control characters, and halves of characters that no encoding of text can hold.
    if any(unicodedata.category(each) in ("Cc", "Cs") and each not in "\n\t" for each in words):
        return Mistake.NOT_PRINTABLE
    return None
