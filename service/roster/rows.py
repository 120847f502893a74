"""What the two files say, typed. Codes are those of the national personnel exchange (SIASN)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

from states.nip import Nip
from translations import Locale, translate


class RosterFile(StrEnum):
    """The two files of a roster."""

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


class Standing(StrEnum):
    """Legal position (*kedudukan hukum*); some exempt from appraisal (PP 30/2019 art 23)."""

    ACTIVE = "01"
    UNPAID_LEAVE = "02"
    STUDY_DUTY = "03"
    SUSPENDED = "04"
    STATE_OFFICIAL = "07"
    UNPAID_LEAVE_EXTENDED = "13"
    DISCIPLINE = "15"
    PRE_RETIREMENT = "20"
    INACTIVE = "52"
    RETIRED = "98"
    CLOSED = "99"


@dataclass(frozen=True)
class UnitRow:
    """One organisational unit (*unit organisasi*) of ``units.csv``."""

    line: int
    unit_id: str
    name: str
    parent_id: str | None
    kind: str
    """*Jenis unit* in the agency's own words, such as ``dinas`` or ``puskesmas``."""
    zone: ZoneInfo


@dataclass(frozen=True)
class PersonRow:
    """One civil servant of ``roster.csv``."""

    line: int
    nip: Nip
    name: str
    title_before: str | None
    """*Gelar depan*."""
    title_after: str | None
    """*Gelar belakang*."""
    unit_id: str
    position: str
    position_kind: PositionKind
    echelon: Echelon | None
    """Given for a structural or double post, otherwise None."""
    grade: str
    """*Golongan*: ``III/d`` for a PNS, ``IX`` for a PPPK."""
    employment: Employment
    standing: Standing
    position_since: dt.date
    """*TMT jabatan*."""
    superior_nip: str | None
    """Digits of the direct superior's NIP; None for the head of the agency's staff."""
    email: str | None
    phone: str | None


@dataclass(frozen=True)
class RowProblem:
    """One thing wrong in a file, and what to do about it.

    ``line`` counts from 1, the header's; ``column`` is None where the whole row or file is meant.
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


@dataclass(frozen=True)
class Roster:
    """What could be read, and every problem found. Import it only when there is none.

    A row that could not be read is missing from ``units`` and ``people``; a row whose relations are wrong
    (an unknown superior, a loop) is there and named by a problem.
    """

    units: tuple[UnitRow, ...]
    people: tuple[PersonRow, ...]
    problems: tuple[RowProblem, ...]
