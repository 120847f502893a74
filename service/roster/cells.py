"""Reads the cells of one line into values and gathers what is wrong with them."""

import datetime as dt
import re
from collections.abc import Collection
from enum import StrEnum
from typing import TypeVar

from service.roster.rows import RosterFile, RowProblem
from service.roster.table import Line
from states.nip import InvalidNip, Nip, parse_nip
from translations import mark as _

LONGEST_TEXT = 200
"""Characters in any cell."""

Code = TypeVar("Code", bound=StrEnum)


class Cells:
    """The cells of one line. Each method gives None for a cell that is empty or wrong, and records why."""

    def __init__(self, file: RosterFile, line: Line) -> None:
        self._file = file
        self._line = line
        self.problems: list[RowProblem] = []

    def refuse(self, column: str, code: str, message: str, **parameters: str) -> None:
        """Record a problem with the column."""
        self.problems.append(RowProblem(self._file, self._line.number, column, code, message, parameters))

    def optional(self, column: str) -> str | None:
        """The text, or None when there is none."""
        text = self._line.cells[column]
        if len(text) > LONGEST_TEXT:
            self.refuse(
                column, "too_long", _("The text is longer than {most} characters."), most=str(LONGEST_TEXT)
            )
            return None
        if not text.isprintable():
            self.refuse(
                column, "unprintable", _("The text holds a line break or an invisible character. Remove it.")
            )
            return None
        return text or None

    def text(self, column: str) -> str | None:
        """The text of a column that may not be empty."""
        text = self.optional(column)
        if text is None and not self._line.cells[column]:
            self.refuse(column, "empty_cell", _("The cell is empty, but a value is needed."))
        return text

    def one_of(self, column: str, allowed: Collection[str]) -> str | None:
        """A text that must be one of those allowed."""
        text = self.text(column)
        if text is not None and text not in allowed:
            self.refuse(
                column,
                "unknown_value",
                _("“{value}” is not known here. Possible are: {allowed}."),
                value=text,
                allowed=", ".join(allowed),
            )
            return None
        return text

    def code(self, column: str, codes: type[Code]) -> Code | None:
        """A code that must be a member of ``codes``."""
        text = self.one_of(column, [code.value for code in codes])
        return None if text is None else codes(text)

    def matching(self, column: str, pattern: re.Pattern[str], message: str) -> str | None:
        """The text where it matches; ``message`` says with ``{value}`` what would."""
        text = self.optional(column)
        if text is not None and pattern.fullmatch(text) is None:
            self.refuse(column, "malformed", message, value=text)
            return None
        return text

    def date(self, column: str) -> dt.date | None:
        """A date written dd-mm-yyyy."""
        text = self.text(column)
        if text is None:
            return None
        match = re.fullmatch(r"([0-9]{2})-([0-9]{2})-([0-9]{4})", text)
        if match is not None:
            day, month, year = map(int, match.groups())
            try:
                return dt.date(year, month, day)
            except ValueError:
                match = None
        self.refuse(
            column,
            "bad_date",
            _("“{value}” is not a date. Write it as dd-mm-yyyy, for example 01-03-2024."),
            value=text,
        )
        return None

    def nip(self, column: str) -> Nip | None:
        """An 18-digit number, PNS or PPPK."""
        text = self.text(column)
        if text is None:
            return None
        try:
            return parse_nip(text)
        except InvalidNip as error:
            self.refuse(column, f"nip_{error.code}", error.message, **error.parameters)
            return None
