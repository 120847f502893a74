"""Reads the cells of one line into values and collects what is wrong with them."""

import datetime as dt
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from service.roster.mapping import PeopleMapping, UnitsMapping
from service.roster.rows import RosterFile, RowProblem
from service.roster.table import Line
from states.nip import InvalidNip, Nip, NipReason, parse_nip
from translations import mark as _

Code = TypeVar("Code", bound=StrEnum)

_WRITTEN_AS_DECIMAL = re.compile(r"[0-9]{16,}[.,]0+")
"""A long number that was stored as floating point: it looks complete, but its last digits are lost."""


class Cells:
    """The cells of one line. Each method gives None for a cell that is empty or wrong, and records why."""

    def __init__(self, file: RosterFile, line: Line, mapping: UnitsMapping | PeopleMapping) -> None:
        self._file = file
        self._line = line
        self._mapping = mapping
        self.problems: list[RowProblem] = []
        """Why the row is refused."""
        self.warnings: list[RowProblem] = []
        """What is doubtful about the row."""

    def refuse(self, column: str, code: str, message: str, **parameters: str) -> None:
        """Record a problem with the column."""
        self.problems.append(self._problem(column, code, message, parameters))

    def warn(self, column: str, code: str, message: str, **parameters: str) -> None:
        """Record a doubt about the column."""
        self.warnings.append(self._problem(column, code, message, parameters))

    def _problem(self, column: str, code: str, message: str, parameters: Mapping[str, str]) -> RowProblem:
        return RowProblem(self._file, self._line.number, column, code, message, parameters)

    def optional(self, column: str, most: int) -> str:
        """The text, at most ``most`` characters long; empty if the cell is empty."""
        text = self._line.cells[column]
        if len(text) > most:
            self.refuse(column, "too_long", _("The text is longer than {most} characters."), most=str(most))
            return ""
        if not text.isprintable():
            self.refuse(column, "unprintable", _("The text holds an invisible character. Remove it."))
            return ""
        return text

    def text(self, column: str, most: int) -> str | None:
        """The text of a column that may not be empty."""
        text = self.optional(column, most)
        if not text and not self._line.cells[column]:
            self._refuse_empty(column)
        return text or None

    def code_text(self, column: str, most: int) -> str:
        """As `optional`, without a leading apostrophe (it tells a spreadsheet that a number is text)."""
        return self.optional(column, most).lstrip("'’‘`")

    def one_of(self, column: str, allowed: Mapping[str, str]) -> str | None:
        """The value that the text stands for; ``allowed`` maps each text, in small letters, to its value."""
        text = self.code_text(column, 100)
        if not text:
            if not self._line.cells[column]:
                self._refuse_empty(column)
            return None
        found = allowed.get(text.casefold())
        if found is None:
            self.refuse(
                column,
                "unknown_value",
                _("“{value}” is not known here. Possible are: {allowed}."),
                value=text,
                allowed=", ".join(dict.fromkeys(allowed.values())),
            )
        return found

    def code(self, column: str, codes: type[Code]) -> Code | None:
        """A code that must be a member of ``codes``. Its leading zero may be missing: spreadsheets drop it."""
        text = self.one_of(column, _texts_of(codes))
        return None if text is None else codes(text)

    def date(self, column: str) -> dt.date | None:
        """A date in the form that the mapping names."""
        text = self.code_text(column, 100)
        if not text:
            if not self._line.cells[column]:
                self._refuse_empty(column)
            return None
        date = self.date_meant(column)
        if date is None:
            self.refuse(
                column,
                "bad_date",
                _("“{value}” is not a date. Write it as {form}, for example {example}."),
                value=text,
                form=self._mapping.dates,
                example=self._mapping.written(dt.date(2024, 3, 1)),
            )
        return date

    def date_meant(self, column: str) -> dt.date | None:
        """The date in a cell; None if the cell holds no date."""
        return self._mapping.date_in(self._line.cells[column].lstrip("'’‘`"))

    def nip(self, column: str) -> Nip | None:
        """An 18-digit number, PNS or PPPK."""
        if not self._line.cells[column]:
            self._refuse_empty(column)
            return None
        try:
            return self.parsed_nip(column)
        except InvalidNip as error:
            self.refuse(column, f"nip_{error.code}", error.message, **error.parameters)
            return None

    def parsed_nip(self, column: str) -> Nip:
        """The number in a cell that is not empty. Raises `InvalidNip`."""
        text = self._line.cells[column]
        if _WRITTEN_AS_DECIMAL.fullmatch(text):
            raise InvalidNip(NipReason.DAMAGED)
        return parse_nip(text)

    def _refuse_empty(self, column: str) -> None:
        self.refuse(column, "empty_cell", _("The cell is empty, but a value is needed."))


@lru_cache
def _texts_of(codes: type[StrEnum]) -> Mapping[str, str]:
    texts: dict[str, str] = {}
    for code in codes:
        texts[code.value.casefold()] = code.value
        if re.fullmatch("0[1-9]", code.value):
            texts[code.value[1]] = code.value
    return texts
