"""Cursor pages: a cursor is the key of the last row, so a page never shifts when rows are added."""

import base64
import binascii
import datetime as dt
import json
import uuid
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from service.problems import CursorInvalid

Row = TypeVar("Row")


def cut(
    rows: Sequence[Row], limit: int, key: Callable[[Row], Sequence[Any]]
) -> tuple[Sequence[Row], str | None]:
    """The page from ``limit`` + 1 rows, and the cursor of the next page if there are more rows."""
    page = rows[:limit]
    return page, encode(key(page[-1])) if len(rows) > limit else None


def encode(key: Sequence[Any]) -> str:
    """An opaque cursor made from the key of a row."""
    text = json.dumps([None if part is None else str(part) for part in key], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str, *kinds: Callable[[str], Any]) -> tuple[Any, ...]:
    """The key in a cursor; each of ``kinds`` reads one part. Raises `CursorInvalid`."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        parts = json.loads(text)
        if not isinstance(parts, list):
            raise CursorInvalid
        return tuple(kind(part) for kind, part in zip(kinds, parts, strict=True))
    except (binascii.Error, ValueError, TypeError, OverflowError) as error:
        raise CursorInvalid from error


def optional_date(part: str | None) -> dt.date | None:
    """A day, or None for rows without a day."""
    return None if part is None else dt.date.fromisoformat(part)


def aware_moment(part: str) -> dt.datetime:
    """A moment with its time zone."""
    moment = dt.datetime.fromisoformat(part)
    if moment.tzinfo is None:
        raise CursorInvalid
    return moment


def plain_text(part: Any) -> str:
    """A text that the database can compare."""
    if not isinstance(part, str) or "\0" in part:
        raise CursorInvalid
    return part


def position(part: str) -> int:
    """A sequence number."""
    number = int(part)
    if not 0 <= number < 1 << 31:
        raise CursorInvalid
    return number


def due_key(cursor: str | None) -> tuple[dt.date | None, uuid.UUID] | None:
    """The key of lists by due day."""
    if cursor is None:
        return None
    due_on, row = decode(cursor, optional_date, uuid.UUID)
    return due_on, row


def moment_key(cursor: str | None) -> tuple[dt.datetime, uuid.UUID] | None:
    """The key of lists by a moment."""
    if cursor is None:
        return None
    moment, row = decode(cursor, aware_moment, uuid.UUID)
    return moment, row


def id_key(cursor: str | None) -> uuid.UUID | None:
    """The key of lists in the order of ids."""
    if cursor is None:
        return None
    found: uuid.UUID = decode(cursor, uuid.UUID)[0]
    return found
