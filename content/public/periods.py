"""The periods by which the answers of the public are shown. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["month", "quarter", "half_year", "year"]

MONTHS: Mapping[Kind, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_LETTERS: Mapping[Kind, str] = {"quarter": "Q", "half_year": "H"}
YEARS_SHOWN = 3
"""The running calendar year and the two before."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period of a year, by its first day."""

    kind: Kind
    begins: dt.date

    @property
    def number(self) -> int:
        """Which of its kind it is within the year, from 1."""
        return (self.begins.month - 1) // MONTHS[self.kind] + 1

    @property
    def ends(self) -> dt.date:
        """Its last day."""
        months = self.begins.year * 12 + self.begins.month - 1 + MONTHS[self.kind]
        return dt.date(months // 12, months % 12 + 1, 1) - dt.timedelta(days=1)

    @property
    def name(self) -> str:
        """As data writes it: 2026, 2026-H1, 2026-Q3 or 2026-11."""
        year = self.begins.year
        if self.kind == "year":
            return str(year)
        if self.kind == "month":
            return f"{year}-{self.number:02d}"
        return f"{year}-{_LETTERS[self.kind]}{self.number}"


def period_of(kind: Kind, day: dt.date) -> Period:
    """The period in which a day lies."""
    months = MONTHS[kind]
    return Period(kind, dt.date(day.year, (day.month - 1) // months * months + 1, 1))


def shown_since(day: dt.date) -> dt.date:
    """The first day of what is shown on ``day``."""
    return dt.date(max(day.year - YEARS_SHOWN + 1, 1), 1, 1)
