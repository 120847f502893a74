"""Masks in what the public wrote whatever could lead to a person: names, numbers and addresses. Pure.

A name is masked in whatever letters it was written: accents, capitals, dots or blanks between its letters, digits in
the place of letters, and endings do not hide it.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

from service.public_feedback.common_words import ABBREVIATIONS, ADDRESSES, COMMON, ROLES

MASK = "(nama)"
"""In Indonesian whatever the reader's language: it stands within the words of somebody else."""

_SHORTEST_ALONE = 4
_SHORTEST_ADDRESSED = 2
_ENDINGS = ("nya", "lah", "kah", "pun", "ku", "mu", "s")
_LOOKALIKES = str.maketrans("0134578@$!", "oieastbasi")
_INVISIBLE = dict.fromkeys((173, 8203, 8204, 8205, 8288, 65279))

_EMAIL = re.compile(r"[^\s@<>()]+(?:@|\s?[(\[]at[)\]]\s?)[^\s@<>()]+\.[^\s@<>(),;]+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\w)@[\w.]{3,}")
_NUMBER = re.compile(r"(?<![\w])\+?\d(?:[\s.\-/()]{0,2}\d){6,}(?![\w])")
"""Seven digits or more, with marks between them: of a telephone, a NIP, an identity card."""
_NO_NUMBER = re.compile(
    r"\d{1,2}[.:]\d{2}\s?-\s?\d{1,2}[.:]\d{2}|\d{1,3}(?:\.\d{3})+|(?:\d{1,2}[-/. ]){2}\d{4}|\d{4}-\d{4}"
)
"""What looks like one: hours, amounts of money, days and spans of years."""
_LETTER_BY_LETTER = re.compile(r"(?<!\w)(?:\w[ .\-_*]{1,2}){3,}\w(?!\w)")
_WORD = re.compile(r"[\w@$!]*\w(?:['’`]\w+)*")
_SEPARATORS = re.compile(r"[ .\-_*]+")


class Names:
    """The names of the people of an agency."""

    def __init__(self, names: Iterable[str]) -> None:
        self._full = [words for name in names if (words := _folded_words(name))]

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(word for words in self._full for word in words if len(word) >= _SHORTEST_ADDRESSED)

    @cached_property
    def _alone(self) -> frozenset[str]:
        """Words that are masked wherever they stand."""
        single = {word for word in self._known if len(word) >= _SHORTEST_ALONE and word not in COMMON}
        # Written as one word: budisantoso.
        return frozenset(single | {"".join(words) for words in self._full if len(words) > 1})

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        """Two names of a person that follow each other: common words mean him together."""
        return frozenset(pair for words in self._full for pair in pairwise(words) if min(map(len, pair)) > 1)

    def masked(self, text: str) -> str:
        """The text with `MASK` in the place of what could lead to a person. To mask it again changes nothing."""
        text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
        text = _HANDLE.sub(MASK, _EMAIL.sub(MASK, text))
        text = _NUMBER.sub(lambda found: found[0] if _NO_NUMBER.fullmatch(found[0]) else MASK, text)
        text = _LETTER_BY_LETTER.sub(self._joined, text)
        return _merged(self._words_masked(text))

    def _joined(self, found: re.Match[str]) -> str:
        return MASK if self._is_name(_folded(_SEPARATORS.sub("", found[0]))) else found[0]

    def _words_masked(self, text: str) -> str:
        words = list(_WORD.finditer(text))
        folded = [_folded(word[0]) for word in words]
        masked = {place for place, word in enumerate(folded) if self._is_name(word)}
        for place, (first, second) in enumerate(pairwise(folded)):
            if any((first, form) in self._pairs for form in _forms(second)):
                masked |= {place, place + 1}
        addressed = False
        for place, word in enumerate(folded):
            if addressed and self._is_addressed(word, words[place][0]):
                masked.add(place)
            # What follows a masked name after an address may be the rest of it; a new sentence is not.
            between = text[words[place].end() : words[place + 1].start()] if place + 1 < len(words) else "."
            ends = ("." in between and word not in ABBREVIATIONS) or not {"!", "?", "\n", ","}.isdisjoint(
                between
            )
            addressed = not ends and (word in ADDRESSES or (addressed and place in masked))
        parts, end = [], 0
        for place, found in enumerate(words):
            if place in masked and text[found.start() - 1 : found.end() + 1] != MASK:
                parts += [text[end : found.start()], MASK]
                end = found.end()
        return "".join([*parts, text[end:]])

    def _is_name(self, word: str) -> bool:
        return any(form in self._alone for form in _forms(word))

    def _is_addressed(self, word: str, written: str) -> bool:
        if word in ROLES or word in ADDRESSES:
            return False
        if any(form in self._known for form in _forms(word)):
            return True
        return written[:1].isupper() and not written.isupper() and word not in COMMON


def _folded_words(name: str) -> tuple[str, ...]:
    return tuple(word for part in re.findall(r"[\w'’`]+", name) if (word := _folded(part)))


def _folded(word: str) -> str:
    """Small letters without accents and apostrophes; digits that stand for letters are these letters."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(each for each in apart if not unicodedata.combining(each) and each not in "'’`_")
    return letters if letters.isdigit() else letters.translate(_LOOKALIKES)


def _forms(word: str) -> Iterable[str]:
    yield word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_ADDRESSED:
            yield word.removesuffix(ending)


def _merged(text: str) -> str:
    """Several masks in a row are one: how many words a name has tells of whom it is."""
    mask = re.escape(MASK)
    return re.sub(rf"{mask}(?:[ .,]{{0,2}}{mask})+", MASK, text)
