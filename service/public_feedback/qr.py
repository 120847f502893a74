"""The QR code of a unit's link, as a picture to be printed."""

import textwrap
from collections.abc import Iterator
from html import escape
from itertools import groupby

import segno

from service.public_feedback.schemas import PublicLink
from translations import Locale, translate
from translations import mark as _

_CAPTION = _("Scan to rate our service")
_WIDTH, _MARGIN = 400, 24
_CODE = _WIDTH - 2 * _MARGIN
_LINE, _MOST_LINES, _LINE_HEIGHT = 38, 3, 22
_QUIET = 4
"""Modules of white around the code, as the standard asks."""


def qr_svg(link: PublicLink) -> str | None:
    """The code above the caption in both languages and the name of the unit; None while there is no link.

    The level of correction is one that a worn print on a counter needs.
    """
    if link.url is None:
        return None
    code = segno.make(link.url, error="q", micro=False)
    size = len(code.matrix) + 2 * _QUIET
    unit = textwrap.wrap(link.unit, _LINE, max_lines=_MOST_LINES, placeholder=" …")
    lines = [
        (_CODE + 40, 20, "bold", translate(_CAPTION, Locale.INDONESIAN)),
        (_CODE + 64, 14, "normal", translate(_CAPTION, Locale.ENGLISH)),
        *((_CODE + 98 + _LINE_HEIGHT * place, 17, "normal", line) for place, line in enumerate(unit)),
    ]
    text = "".join(
        f'<text x="{_WIDTH // 2}" y="{y}" font-size="{size}" font-weight="{weight}">{escape(words)}</text>'
        for y, size, weight, words in lines
    )
    height = _CODE + 98 + _LINE_HEIGHT * len(unit)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">'
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>'
        f'<svg x="{_MARGIN}" y="8" width="{_CODE}" height="{_CODE}" viewBox="0 0 {size} {size}">'
        f'<path fill="#000" shape-rendering="crispEdges" d="{"".join(_runs(code.matrix))}"/></svg>'
        f'<g font-family="sans-serif" text-anchor="middle" fill="#000">{text}</g></svg>'
    )


def _runs(matrix: tuple[bytearray, ...]) -> Iterator[str]:
    """Each row of dark modules as filled boxes: strokes come out of some printers thinner than they are wide."""
    for y, row in enumerate(matrix, _QUIET):
        x = _QUIET
        for dark, modules in groupby(row):
            length = len(list(modules))
            if dark:
                yield f"M{x} {y}h{length}v1h-{length}z"
            x += length
