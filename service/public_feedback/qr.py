"""The QR code of a unit's link, as a picture to be printed."""

import io
from html import escape

import segno

from service.public_feedback.schemas import PublicLink
from translations import Locale, translate
from translations import mark as _

_CAPTION = _("Scan to rate our service")
_WIDTH, _HEIGHT, _MARGIN = 400, 500, 24
_CODE = _WIDTH - 2 * _MARGIN
_LONGEST_LINE = 40


def qr_svg(link: PublicLink) -> str | None:
    """The code above the caption in both languages and the name of the unit; None while there is no link.

    The level of correction is one that a worn print on a counter needs.
    """
    if link.url is None:
        return None
    code = segno.make(link.url, error="q", micro=False)
    size = code.symbol_size(border=4)[0]
    picture = io.BytesIO()
    code.save(picture, kind="svg", xmldecl=False, svgns=False, border=4, omitsize=True, nl=False)
    drawn = picture.getvalue().decode()
    inner = drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")]
    captions = (
        (_HEIGHT - 92, 24, "bold", translate(_CAPTION, Locale.INDONESIAN)),
        (_HEIGHT - 64, 15, "normal", translate(_CAPTION, Locale.ENGLISH)),
        (_HEIGHT - 30, 18, "normal", _cut(link.unit)),
    )
    text = "".join(
        f'<text x="{_WIDTH // 2}" y="{y}" font-size="{size}" font-weight="{weight}">{escape(words)}</text>'
        for y, size, weight, words in captions
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>'
        f'<svg x="{_MARGIN}" y="8" width="{_CODE}" height="{_CODE}" viewBox="0 0 {size} {size}">{inner}</svg>'
        f'<g font-family="sans-serif" text-anchor="middle" fill="#000">{text}</g></svg>'
    )


def _cut(unit: str) -> str:
    return unit if len(unit) <= _LONGEST_LINE else f"{unit[: _LONGEST_LINE - 1]}…"
