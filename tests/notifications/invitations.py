"""Appointments as the tests of this directory want them, and a strict reading of their files."""

import datetime as dt
import re
import uuid
from typing import Any

from notifications.invitation import Invitation

_LINE = re.compile(
    r'[A-Z-]+(;[A-Z-]+=("[^"\x00-\x1f\x7f]*"|[^";:,\x00-\x1f\x7f]*))*:[^\x00-\x08\x0a-\x1f\x7f]*'
)
"""A content line: name, parameters, value (RFC 5545 §3.1)."""
_FOLD = re.compile(rb"\r\n[ \t]")
_MOST_OCTETS = 75


def invitation(**changes: Any) -> Invitation:
    """An hour in Samarinda, on Monday 11 January 2027 from ten o'clock."""
    usual: dict[str, Any] = {
        "appraisal_id": uuid.UUID(int=2),
        "revision": 1,
        "number": 0,
        "starts_at": dt.datetime(2027, 1, 11, 2, tzinfo=dt.UTC),
        "ends_at": dt.datetime(2027, 1, 11, 3, tzinfo=dt.UTC),
        "place": "Ruang rapat lantai 2",
        "set_at": dt.datetime(2027, 1, 4, 1, 2, 3, 456, tzinfo=dt.UTC),
        "cancelled": False,
        "zone": "Asia/Makassar",
    }
    return Invitation(**(usual | changes))


def lines_of(content: bytes) -> list[str]:
    """The unfolded content lines, as RFC 5545 §3.1 says and nothing else. Raises `AssertionError` for any deviation."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= _MOST_OCTETS, line
        # No character is torn apart: whoever shows folded lines still reads UTF-8.
        line.decode("utf-8")
    lines = _FOLD.sub(b"", content).decode("utf-8").split("\r\n")[:-1]
    for unfolded in lines:
        assert _LINE.fullmatch(unfolded), unfolded
    _nested(lines)
    return lines


def _nested(lines: list[str]) -> None:
    """Every component that begins ends, in the right order."""
    open_ones: list[str] = []
    for line in lines:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            open_ones.append(value)
        elif name == "END":
            assert open_ones.pop() == value
        assert open_ones or line == lines[-1], "a property outside every component"
    assert open_ones == []


def values_of(lines: list[str], component: str) -> dict[str, str]:
    """The properties of the first component of this name, by their names without parameters."""
    inside = lines[lines.index(f"BEGIN:{component}") + 1 : lines.index(f"END:{component}")]
    split = (re.split("[:;]", line, maxsplit=1) for line in inside)
    return dict(sorted((name, value) for name, value in split))
