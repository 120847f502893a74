"""The contents of the two files, typed. Codes are those of the national personnel exchange (SIASN)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from states.standing import LegalStanding
from translations import Locale, translate


class RosterFile(StrEnum):
    """The two files of a roster, by their names in the sample. An agency's own files may have other names."""

    UNITS = "units.csv"
    PEOPLE = "roster.csv"


class PositionKind(StrEnum):
    """Kind of post (*jenis jabatan*)."""

    STRUCTURAL = "1"
    FUNCTIONAL = "2"
    DOUBLE = "3"
    """A functional post held together with a structural one (PP 30/2019 art 22)."""
    EXECUTIVE = "4"
    """*Pelaksana*."""


class Echelon(StrEnum):
    """Level of a structural post (*eselon*)."""

    I_A = "11"
    I_B = "12"
    II_A = "21"
    II_B = "22"
    III_A = "31"
    III_B = "32"
    IV_A = "41"
    IV_B = "42"


class Employment(StrEnum):
    """As what somebody is employed (*jenis ASN*)."""

    PNS = "PNS"
    PPPK = "PPPK"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong in a file, and what to do about it: either a reason to refuse the row, or a warning.

    ``line`` counts from 1, the header's; ``column`` is None if the whole row or file is meant. No parameter
    holds a whole NIP.
    """

    file: RosterFile
    line: int
    column: str | None
    code: str
    message: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """What is wrong, in English."""
        return self.describe(Locale.ENGLISH)

    def describe(self, locale: Locale) -> str:
        """What is wrong, in the language of the reader."""
        return translate(self.message, locale, **self.parameters)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One organisational unit (*unit organisasi*)."""

    line: int
    unit_id: str
    name: str
    parent_id: str | None
    """None for the topmost unit."""
    kind: str
    """*Jenis unit* in the agency's own words, such as ``dinas`` or ``puskesmas``; empty if not given."""
    zone: str
    """IANA zone; empty if not given."""
    warnings: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class PersonRow:
    """One civil servant. It has no ``repr``, because a NIP reveals birth date and sex."""

    line: int
    nip: str
    """18 digits, PNS or PPPK."""
    name: str
    title_before: str
    """*Gelar depan*."""
    title_after: str
    """*Gelar belakang*."""
    unit_id: str
    position: str
    position_kind: PositionKind
    echelon: Echelon | None
    """Given for a structural or double post, otherwise None."""
    grade: str
    """*Golongan*: ``III/d`` for a PNS, ``IX`` for a PPPK."""
    employment: Employment
    standing: LegalStanding
    position_since: dt.date
    """*TMT jabatan*."""
    contract_until: dt.date | None
    """Last day of a PPPK's contract; None for a PNS and where the file names none."""
    superior_nip: str | None
    """Digits of the direct superior's NIP; None for the head of the agency's staff."""
    superior_unusable: bool
    """The cell is not empty, but holds no NIP of another person; a warning says so."""
    email: str
    phone: str
    warnings: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class RefusedRow:
    """A row that cannot be imported, and every reason."""

    file: RosterFile
    line: int
    key: str | None
    """NIP or id of the unit; None if it could not be read."""
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A decision about a whole file that was made while reading it. It does not prevent the import."""

    file: RosterFile
    message: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    def describe(self, locale: Locale) -> str:
        """The note in the language of the reader."""
        return translate(self.message, locale, **self.parameters)


@dataclass(frozen=True)
class Roster:
    """What was read, and every problem found.

    ``units`` and ``people`` are the rows that can be imported, one for each unit and person.
    """

    units: tuple[UnitRow, ...]
    people: tuple[PersonRow, ...]
    refused: tuple[RefusedRow, ...] = ()
    unreadable: tuple[RowProblem, ...] = ()
    """Why a file could not be read at all; nothing can be imported then."""
    notes: tuple[Note, ...] = ()
    silent: frozenset[str] = frozenset()
    """Columns that the files do not have. What the database has for them stays."""
    digest: str = ""
    """SHA-256 in hex over the files."""

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        """Every reason to refuse a file or a row, in the order of the files."""
        return (*self.unreadable, *(problem for row in self.refused for problem in row.problems))

    @property
    def warnings(self) -> tuple[RowProblem, ...]:
        """The warnings about rows that can be imported, as far as the files alone show them."""
        of_units = (warning for unit in self.units for warning in unit.warnings)
        return (*of_units, *(warning for person in self.people for warning in person.warnings))
