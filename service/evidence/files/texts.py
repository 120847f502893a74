"""Checks that a text is plain text in UTF-8, and no page or script that something could run."""

import codecs
import re

from service.evidence.files.content import Content

_PIECE = 1 << 16
_CONTROL = re.compile("[\0-\b\v\x0e-\x1f\x7f-\x9f]")
_RUNS = re.compile(
    r"\s*(#!|<)|<\s*(?:!doctype|html|head|body|svg|script|iframe|\?xml|\?php|%)", re.IGNORECASE
)
"""What begins like a script or a page, or holds the elements of one near its beginning."""
_NEAR = 4096
"""Characters: as far as browsers look when they guess."""


def is_plain_text(content: Content) -> bool:
    """Whether the content is text that nothing runs."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        for start in range(0, len(content), _PIECE):
            end = start + _PIECE
            text = decoder.decode(content[start:end], final=end >= len(content))
            if _CONTROL.search(text) or (start == 0 and _runs(text)):
                return False
    except UnicodeDecodeError:
        return False
    return True


def _runs(beginning: str) -> bool:
    return _RUNS.match(beginning) is not None or _RUNS.search(beginning[:_NEAR]) is not None
