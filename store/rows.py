"""Reads the rows of a statement by name: each column goes into the field of the same name in a frozen dataclass."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Row

T = TypeVar("T")


class ColumnsDiffer(TypeError):
    """The columns of a statement do not have the names of the fields in the dataclass that reads them."""


def one_row(kind: type[T], row: Row[*tuple[Any, ...]]) -> T:
    """The row as ``kind``. Raises `ColumnsDiffer` where a column is missing, superfluous or given twice."""
    return rows_of(kind, (row,))[0]


def all_rows(kind: type[T], result: CursorResult[*tuple[Any, ...]]) -> list[T]:
    """The remaining rows of a result, each read as by `one_row`. The columns are compared even if there are no rows."""
    return _built(kind, tuple(result.keys()), result.all())


def rows_of(kind: type[T], rows: Sequence[Row[*tuple[Any, ...]]]) -> list[T]:
    """Rows of one result, as a streamed result gives them page by page."""
    return _built(kind, rows[0]._fields, rows) if rows else []


def _built(kind: type[T], columns: tuple[str, ...], rows: Sequence[Row[*tuple[Any, ...]]]) -> list[T]:
    build: Callable[..., T] = kind
    in_order = _order(build, columns)
    if in_order is None:
        return [build(*row) for row in rows]
    return [build(*in_order(row)) for row in rows]


@cache
def _order(kind: Any, columns: tuple[str, ...]) -> Callable[[Row[*tuple[Any, ...]]], tuple[Any, ...]] | None:
    """Puts the values of a row into the order of the fields; None if the columns stand in that order already.

    Names are compared once for each statement: after that, reading a row costs no more than reading it by position.
    """
    names = tuple(field.name for field in fields(kind) if field.init)
    missing = [name for name in names if name not in columns]
    superfluous = [name for place, name in enumerate(columns) if name not in names or name in columns[:place]]
    if missing or superfluous:
        raise ColumnsDiffer(f"{kind.__name__}: missing columns {missing}, superfluous columns {superfluous}")
    return None if names == columns else itemgetter(*(columns.index(name) for name in names))
