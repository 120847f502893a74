"""How an agency's own files name columns and values: a mapping, one that comes with the program or a YAML file."""

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
"""One header, or several of which a file has one; the first that it has counts."""


class _FileMapping(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    sheet: Header | None = None
    """Sheet of a workbook; the first unless named."""
    dates: DateForm = "dd-mm-yyyy"
    """How text stands for a date. Real dates of a workbook are understood anyway."""

    def date_in(self, text: str) -> dt.date | None:
        """The date that ``text`` stands for, None where it stands for none."""
        match = _PATTERNS[self.dates].fullmatch(text)
        if match is None:
            return None
        try:
            return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            return None

    def written(self, date: dt.date) -> str:
        """The date as `date_in` reads it."""
        return date.strftime(_FORMATS[self.dates])


class UnitsMapping(_FileMapping):
    """How the file of units is written."""

    columns: Mapping[UnitColumn, Headers] = {}
    defaults: Mapping[UnitColumn, str] = {}
    values: Mapping[UnitColumn, Mapping[str, str]] = {}
    may_be_missing: tuple[Literal["unor_atasan_id"], ...] = ()


class PeopleMapping(_FileMapping):
    """How the file of people is written."""

    columns: Mapping[PersonColumn, Headers] = {}
    """Our column to the header in the file; a column that is not named here is called as with us."""
    defaults: Mapping[PersonColumn, str] = {}
    """What stands where the column is missing or its cell is empty."""
    values: Mapping[PersonColumn, Mapping[str, str]] = {}
    """What a value of the file means, upper and lower case alike."""
    may_be_missing: tuple[Literal["atasan_nip"], ...] = ()
    """A file without the column says nothing about it, and what is known stays."""


class RosterMapping(BaseModel):
    """How both files are written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    units: UnitsMapping = UnitsMapping()
    people: PeopleMapping = PeopleMapping()

    def of(self, file: RosterFile) -> UnitsMapping | PeopleMapping:
        """The part for one of the two files."""
        return self.units if file is RosterFile.UNITS else self.people


OURS = RosterMapping()
"""Columns called as in the sample."""

BUILT_IN = ("siasn",)
"""Mappings that come with the program."""


def parse_mapping(text: str, name: str) -> RosterMapping:
    """The mapping in ``text``; ``name`` is the file's name for messages.

    Raises `SchemeError` with every mistake found, each with its line, column, field and reason.
    """
    return model_of(read_document(text, name), name, RosterMapping)


def load_mapping(name: str) -> RosterMapping:
    """The mapping called ``name`` that comes with the program, or that in the file of this name.

    Raises `SchemeError` as `parse_mapping`, OSError when the file cannot be read.
    """
    if name in BUILT_IN:
        file = f"{name}.yaml"
        return parse_mapping(resources.files("service.roster").joinpath(file).read_text("utf-8"), file)
    path = Path(name)
    return parse_mapping(read_text(path), path.name)
