"""Removes from a cell what spreadsheets add to it."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_FORCED_TEXT = re.compile(r'="(.*)"', re.DOTALL)
"""``="0012"``: exports write this so that a spreadsheet does not turn the text into a number."""


def clean(text: str) -> str:
    """The text without outer blanks, invisible characters and ``="…"``; several blanks in a row become one."""
    if text.isascii() and text.isalnum():
        return text
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = " ".join(text.split())
    if text.startswith("="):
        forced = _FORCED_TEXT.fullmatch(text)
        return forced[1].strip() if forced else text
    return text


def fold(header: str) -> str:
    """A column's name for comparison: case, blanks, underscores, hyphens and dots make no difference."""
    return re.sub(r"[\s_.\-]+", "", header).casefold()
