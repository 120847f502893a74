"""Words: without blanks around them, with one kind of line break, and composed in one way (NFC)."""

import re
import unicodedata
from typing import Final

from pydantic import JsonValue

from content.forms.examination import Examination
from content.forms.fields import TextField
from content.forms.mistakes import Path, Reason

_ZERO_WIDTH: Final = "\u200b\u200c\u200d\u2060\ufeff"
_BLANKS: Final = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace()) + _ZERO_WIDTH
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def is_blank(text: str) -> bool:
    """Whether nobody would see anything of the text."""
    return not text.strip(_BLANKS)


def printable(text: str) -> bool:
    """Whether the text has no control character besides tab and line break, and no half of a surrogate pair."""
    return _UNPRINTABLE.search(text) is None


def tidy(text: str) -> str:
    """The text in the one way in which it is kept."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip(_BLANKS)


def check_words(
    value: JsonValue, path: Path, examination: Examination, *, shortest: int = 1, longest: int, one_line: bool
) -> JsonValue:
    """A text of so many characters. What is no text stays as it is."""
    if not isinstance(value, str):
        examination.note(path, Reason.WRONG_TYPE, expected="text")
        return value
    text = tidy(value)
    if not printable(text):
        examination.note(path, Reason.UNPRINTABLE)
    if one_line and "\n" in text:
        examination.note(path, Reason.ONE_LINE)
    if len(text) < shortest:
        examination.note(path, Reason.TOO_SHORT, least=str(shortest), length=str(len(text)))
    if len(text) > longest:
        examination.note(path, Reason.TOO_LONG, most=str(longest), length=str(len(text)))
    return text


def check_text(field: TextField, value: JsonValue, path: Path, examination: Examination) -> JsonValue:
    """The value of a text field."""
    return check_words(
        value,
        path,
        examination,
        shortest=field.shortest,
        longest=field.longest,
        one_line=field.lines == "one",
    )
