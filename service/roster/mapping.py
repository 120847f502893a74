"""Mappings: how an agency's own files name columns and values. They are built in or come from a YAML file."""

import datetime as dt
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from schemes.document import read_document
from schemes.reading import model_of, read_text
from service.roster.columns import PersonColumn, UnitColumn
from service.roster.rows import RosterFile

DateForm = Literal["dd-mm-yyyy", "dd/mm/yyyy", "yyyy-mm-dd"]

_PATTERNS: dict[str, re.Pattern[str]] = {
    "dd-mm-yyyy": re.compile(r"(?P<day>[0-9]{2})-(?P<month>[0-9]{2})-(?P<year>[0-9]{4})"),
    "dd/mm/yyyy": re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"),
    "yyyy-mm-dd": re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
}
_FORMATS: dict[str, str] = {"dd-mm-yyyy": "%d-%m-%Y", "dd/mm/yyyy": "%d/%m/%Y", "yyyy-mm-dd": "%Y-%m-%d"}


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


Header = Annotated[str, Field(min_length=1, max_length=100)]
Headers = Annotated[tuple[Header, ...], BeforeValidator(_listed)]
"""One header, or several alternatives. The first that the file has counts."""


class _FileMapping(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    sheet: Header | None = None
    """The sheet of a workbook; None for its first sheet."""
    dates: DateForm = "dd-mm-yyyy"
    """The form of dates in text. Real dates of a workbook are always understood."""

    def date_in(self, text: str) -> dt.date | None:
        """The date that ``text`` stands for; None if it is no date."""
        match = _PATTERNS[self.dates].fullmatch(text)
        if match is None:
            return None
        try:
            return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            return None

    def written(self, date: dt.date) -> str:
        """The date as text that `date_in` can read."""
        return date.strftime(_FORMATS[self.dates])


class UnitsMapping(_FileMapping):
    """Columns, defaults and values of the file of units."""

    columns: Mapping[UnitColumn, Headers] = {}
    defaults: Mapping[UnitColumn, str] = {}
    values: Mapping[UnitColumn, Mapping[str, str]] = {}
    may_be_missing: tuple[Literal["unor_atasan_id"], ...] = ()


class PeopleMapping(_FileMapping):
    """Columns, defaults and values of the file of people."""

    columns: Mapping[PersonColumn, Headers] = {}
    """Our column to its header in the file. A column that is missing here has our name in the file too."""
    defaults: Mapping[PersonColumn, str] = {}
    """The value of a column if the file lacks it or its cell is empty."""
    values: Mapping[PersonColumn, Mapping[str, str]] = {}
    """Our value for each value in the file, by column. Upper and lower case make no difference."""
    may_be_missing: tuple[Literal["atasan_nip"], ...] = ()
    """Columns that the file may lack. What the database knows of them stays then."""


class RosterMapping(BaseModel):
    """The mappings of both files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    units: UnitsMapping = UnitsMapping()
    people: PeopleMapping = PeopleMapping()

    def of(self, file: RosterFile) -> UnitsMapping | PeopleMapping:
        """The part for one of the two files."""
        return self.units if file is RosterFile.UNITS else self.people


OURS = RosterMapping()
"""The mapping for files with the column names of the sample."""

BUILT_IN = ("siasn",)
"""Mappings that come with the program."""


def parse_mapping(text: str, name: str) -> RosterMapping:
    """The mapping in ``text``; messages call the file ``name``.

    Raises `SchemeError` with every mistake found, each with its line, column, field and reason.
    """
    return model_of(read_document(text, name), name, RosterMapping)


def load_mapping(name: str) -> RosterMapping:
    """The built-in mapping called ``name``, or else the mapping in the file of this name.

    Raises `SchemeError` as `parse_mapping` does, and OSError if the file cannot be read.
    """
    if name in BUILT_IN:
        file = f"{name}.yaml"
        return parse_mapping(resources.files("service.roster").joinpath(file).read_text("utf-8"), file)
    path = Path(name)
    return parse_mapping(read_text(path), path.name)
