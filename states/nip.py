"""The 18-digit number of a civil servant, in its two forms: NIP (PNS) and NI PPPK.

Source for PNS: Perka BKN 22/2007 and 43/2007. The PPPK form has the year, the code 2 and the contract's
ordinal where a PNS has year and month, so digits 13-14 tell the two apart. There is no check digit:
an accepted number is well formed, but proves nobody's identity.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

EARLIEST_BIRTH_YEAR = 1930
"""Nobody who was in service when the number was introduced (2007) was born before."""

FIRST_PPPK_YEAR = 2019
"""The first appointments under PP 49/2018."""

YOUNGEST_START = 17
"""Years. Entry is at 18, but the start is known to the month only and dispensations exist."""


class NipKind(StrEnum):
    """Which kind of civil servant the number belongs to."""

    PNS = "pns"
    PPPK = "pppk"


class Sex(StrEnum):
    """As coded in digit 15."""

    MALE = "male"
    FEMALE = "female"


class NipReason(StrEnum):
    """Why a text is not a NIP."""

    EMPTY = "empty"
    DAMAGED = "damaged_by_spreadsheet"
    NOT_DIGITS = "not_digits"
    LENGTH = "length"
    BIRTH_DATE = "birth_date"
    START_MONTH = "start_month"
    START_TOO_EARLY = "start_too_early"
    START_IN_FUTURE = "start_in_future"
    PPPK_YEAR = "pppk_year"
    SEX = "sex"
    SEQUENCE = "sequence"


NIP_MESSAGES: Mapping[NipReason, str] = MappingProxyType(
    {
        NipReason.EMPTY: "The NIP is missing. Enter its 18 digits.",
        NipReason.DAMAGED: (
            "The NIP was turned into a rounded number by a spreadsheet and its last digits are lost. "
            "Format the column as text and enter the 18 digits again."
        ),
        NipReason.NOT_DIGITS: "The NIP may contain only digits; spaces, dots and apostrophes are ignored.",
        NipReason.LENGTH: "The NIP has {count} digits; it must have 18.",
        NipReason.BIRTH_DATE: "Digits 1 to 8 of the NIP ({digits}) are not a possible birth date (YYYYMMDD).",
        NipReason.START_MONTH: (
            "Digits 13 and 14 of the NIP ({digits}) must be the starting month 01 to 12 (PNS) "
            "or 21 to 29 (PPPK)."
        ),
        NipReason.START_TOO_EARLY: (
            "The NIP says that service began in {started}, before the person was {age} years old."
        ),
        NipReason.START_IN_FUTURE: "The NIP says that service begins in {started}, which is in the future.",
        NipReason.PPPK_YEAR: "The NIP says PPPK since {started}, but the first were appointed in {first}.",
        NipReason.SEX: "Digit 15 of the NIP ({digits}) must be 1 (male) or 2 (female).",
        NipReason.SEQUENCE: (
            "The NIP ends in 000, but sequences start at 001. "
            "Where it came from a spreadsheet, the last digits may have been rounded away."
        ),
    }
)


class InvalidNip(ValueError):
    """A text is not a NIP.

    ``code`` is stable; ``parameters`` fill the placeholders of the translatable ``message``. Neither
    repeats the whole number, so both may be logged.
    """

    def __init__(self, code: NipReason, **parameters: str) -> None:
        self.code = code
        self.message = NIP_MESSAGES[code]
        self.parameters = parameters
        super().__init__(self.message.format_map(parameters))


@dataclass(frozen=True, repr=False)
class Nip:
    """A well-formed number and what it says; its ``repr`` is masked because it reveals birth date and sex."""

    digits: str
    kind: NipKind
    born: dt.date
    started_year: int
    started_month: int | None
    """None for PPPK, whose number holds the year only."""
    sex: Sex
    sequence: int
    contract: int | None
    """Ordinal of the contract, 1 to 9; None for PNS."""

    def __repr__(self) -> str:
        return f"Nip({mask(self)})"


def parse_nip(text: str, *, today: dt.date | None = None) -> Nip:
    """The number in ``text``, ignoring spaces, dots and apostrophes.

    With ``today`` a start after the current month (PNS) or year (PPPK) is refused as well.
    Raises `InvalidNip`.
    """
    digits = _digits(text)
    born = _birth_date(digits)
    kind, month, contract = _form(digits)
    year = int(digits[8:12])
    _check_start(kind, born, year, month, today)
    sex = {"1": Sex.MALE, "2": Sex.FEMALE}.get(digits[14])
    if sex is None:
        raise InvalidNip(NipReason.SEX, digits=digits[14])
    sequence = int(digits[15:])
    if sequence == 0:
        raise InvalidNip(NipReason.SEQUENCE)
    return Nip(digits, kind, born, year, month, sex, sequence, contract)


def mask(nip: Nip | str) -> str:
    """The number with all but its last three digits hidden, for pages, logs and file names."""
    digits = nip.digits if isinstance(nip, Nip) else nip
    shown = digits[-3:] if len(digits) > 3 else ""
    return "*" * (len(digits) - len(shown)) + shown


def _digits(text: str) -> str:
    bare = re.sub(r"[\s.'’‘`´\ufeff]", "", text)
    if not bare:
        raise InvalidNip(NipReason.EMPTY)
    if re.fullmatch(r"[+-]?\d+(,\d+)?[eE][+-]?\d+", bare):
        raise InvalidNip(NipReason.DAMAGED)
    if not re.fullmatch(r"[0-9]+", bare):
        raise InvalidNip(NipReason.NOT_DIGITS)
    if len(bare) != 18:
        raise InvalidNip(NipReason.LENGTH, count=str(len(bare)))
    return bare


def _birth_date(digits: str) -> dt.date:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    try:
        born = dt.date(year, month, day)
    except ValueError as error:
        raise InvalidNip(NipReason.BIRTH_DATE, digits=digits[:8]) from error
    if born.year < EARLIEST_BIRTH_YEAR:
        raise InvalidNip(NipReason.BIRTH_DATE, digits=digits[:8])
    return born


def _form(digits: str) -> tuple[NipKind, int | None, int | None]:
    middle = int(digits[12:14])
    if 1 <= middle <= 12:
        return NipKind.PNS, middle, None
    if 21 <= middle <= 29:
        return NipKind.PPPK, None, middle - 20
    raise InvalidNip(NipReason.START_MONTH, digits=digits[12:14])


def _check_start(kind: NipKind, born: dt.date, year: int, month: int | None, today: dt.date | None) -> None:
    started = str(year) if month is None else f"{year}-{month:02}"
    if kind is NipKind.PPPK and year < FIRST_PPPK_YEAR:
        raise InvalidNip(NipReason.PPPK_YEAR, started=started, first=str(FIRST_PPPK_YEAR))
    if (year, month or 12) < (born.year + YOUNGEST_START, born.month):
        raise InvalidNip(NipReason.START_TOO_EARLY, started=started, age=str(YOUNGEST_START))
    if today is not None and (year, month or 1) > (today.year, today.month):
        raise InvalidNip(NipReason.START_IN_FUTURE, started=started)
