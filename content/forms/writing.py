"""How texts are kept: without blanks around them, with one kind of line break, composed in one way (NFC)."""

import re
import unicodedata
from typing import Final

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
