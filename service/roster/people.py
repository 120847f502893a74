"""Reads the file of people."""

import datetime as dt
import re
from collections.abc import Callable

from service.roster.cells import Cells
from service.roster.mapping import PeopleMapping
from service.roster.rows import (
    Echelon,
    Employment,
    PersonRow,
    PositionKind,
    RefusedRow,
    RosterFile,
)
from service.roster.table import Line, Table
from states.nip import InvalidNip, Nip, NipKind, mask
from states.standing import LegalStanding
from translations import mark as _

GRADES = (
    *(f"{group}/{step}" for group in ("I", "II", "III") for step in "abcd"),
    *(f"IV/{step}" for step in "abcde"),
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI"),
    "XVII",
)
"""Golongan of PNS, then of PPPK."""

_GRADES = {grade.casefold(): grade for grade in GRADES}
_WITH_ECHELON = frozenset({PositionKind.STRUCTURAL, PositionKind.DOUBLE})
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_PHONE = re.compile(r"\+?[0-9][0-9 -]{6,18}[0-9]")
_EMPLOYMENT = {NipKind.PNS: Employment.PNS, NipKind.PPPK: Employment.PPPK}


def read_people(
    table: Table, mapping: PeopleMapping, seen: Callable[[], None]
) -> tuple[list[PersonRow], list[RefusedRow]]:
    """The people who can be imported, and the refused rows; ``seen`` is called for each line."""
    rows: list[PersonRow] = []
    refused: list[RefusedRow] = []
    firsts: dict[str, tuple[int, str]] = {}
    for line in table:
        seen()
        if line.problem is not None:
            refused.append(RefusedRow(table.file, line.number, None, (line.problem,)))
            continue
        cells = Cells(RosterFile.PEOPLE, line, mapping)
        nip = cells.nip("nip")
        row = _person(cells, line, nip)
        if nip is not None:
            here = (line.number, cells.code_text("unor_id", 60))
            first = firsts.setdefault(nip.digits, here)
            if first is not here:
                _refuse_repeated(cells, nip, first, here[1])
        if row is None or cells.problems:
            key = None if nip is None else nip.digits
            refused.append(RefusedRow(table.file, line.number, key, tuple(cells.problems)))
        else:
            rows.append(row)
    return rows, refused


def _refuse_repeated(cells: Cells, nip: Nip, first: tuple[int, str], unit: str) -> None:
    first_line, first_unit = first
    if unit == first_unit or not unit:
        cells.refuse(
            "nip",
            "duplicate_nip",
            _("The NIP {nip} stands on line {line} already. Remove one of the two."),
            nip=mask(nip),
            line=str(first_line),
        )
    else:
        cells.refuse(
            "unor_id",
            "two_units",
            _(
                "The NIP {nip} stands on line {line} already, in the unit {first}. Keep the line of the right unit."
            ),
            nip=mask(nip),
            line=str(first_line),
            first=first_unit,
            unit=unit,
        )


def _person(cells: Cells, line: Line, nip: Nip | None) -> PersonRow | None:
    name = cells.text("nama", 200)
    title_before = cells.optional("gelar_depan", 60)
    title_after = cells.optional("gelar_belakang", 120)
    unit_id = cells.text("unor_id", 60)
    position = cells.text("jabatan_nama", 300)
    position_kind = cells.code("jenis_jabatan", PositionKind)
    echelon = _echelon(cells, line, position_kind)
    grade = cells.one_of("golongan", _GRADES)
    employment = _employment(cells, line, nip)
    standing = cells.code("kedudukan_hukum", LegalStanding)
    position_since = cells.date("tmt_jabatan")
    contract_until = _contract_until(cells, line, employment)
    superior, superior_unusable = _superior(cells, line, nip)
    email = _address(cells)
    phone = _phone(cells)
    if (
        cells.problems
        or nip is None
        or name is None
        or unit_id is None
        or position is None
        or position_kind is None
        or grade is None
        or employment is None
        or standing is None
        or position_since is None
    ):
        return None
    _compare_with_nip(cells, line, nip, employment, position_since.year)
    return PersonRow(
        line=line.number,
        nip=nip.digits,
        name=name,
        title_before=title_before,
        title_after=title_after,
        unit_id=cells.code_text("unor_id", 60),
        position=position,
        position_kind=position_kind,
        echelon=echelon,
        grade=grade,
        employment=employment,
        standing=standing,
        position_since=position_since,
        contract_until=contract_until,
        superior_nip=superior,
        superior_unusable=superior_unusable,
        email=email,
        phone=phone,
        warnings=tuple(cells.warnings),
    )


def _echelon(cells: Cells, line: Line, position_kind: PositionKind | None) -> Echelon | None:
    if position_kind is None:
        return None
    if position_kind in _WITH_ECHELON:
        return cells.code("eselon", Echelon)
    if line.cells["eselon"]:
        cells.warn(
            "eselon",
            "echelon_ignored",
            _("Only a structural post has an echelon; it was left out. Correct one of the two columns."),
        )
    return None


def _employment(cells: Cells, line: Line, nip: Nip | None) -> Employment | None:
    """The employment in the column; if the cell is empty, the one that the form of the NIP shows."""
    if line.cells["jenis_asn"]:
        return cells.code("jenis_asn", Employment)
    return None if nip is None else _EMPLOYMENT[nip.kind]


def _contract_until(cells: Cells, line: Line, employment: Employment | None) -> dt.date | None:
    """The last day of the contract, which only a PPPK has (PP 49/2018 art 37)."""
    column = "tanggal_akhir_kontrak"
    if not line.cells[column]:
        return None
    if employment is Employment.PNS:
        cells.warn(
            column,
            "contract_ignored",
            _("Only a PPPK has a contract that ends; the date was left out. Correct one of the two columns."),
        )
        return None
    return cells.date(column)


def _superior(cells: Cells, line: Line, nip: Nip | None) -> tuple[str | None, bool]:
    """The digits of the superior's NIP, and whether the cell holds something that names nobody else."""
    if not line.cells["atasan_nip"]:
        return None, False
    try:
        superior = cells.parsed_nip("atasan_nip").digits
    except InvalidNip as error:
        cells.warn("atasan_nip", "superior_damaged", error.message, **error.parameters)
        return None, True
    if nip is not None and superior == nip.digits:
        cells.warn(
            "atasan_nip",
            "own_superior",
            _("The person is named as the own superior. Name somebody else, or nobody for the head."),
        )
        return None, True
    return superior, False


def _address(cells: Cells) -> str:
    text = cells.optional("email", 254)
    if text and _EMAIL.fullmatch(text) is None:
        cells.warn(
            "email",
            "email_malformed",
            _("“{value}” is not an e-mail address; it was left out. Correct it."),
            value=text,
        )
        return ""
    return text


def _phone(cells: Cells) -> str:
    text = cells.code_text("telepon", 60)
    if text and _PHONE.fullmatch(text) is None:
        cells.warn(
            "telepon",
            "phone_malformed",
            _("“{value}” is not a telephone number; it was left out. Write digits."),
            value=text,
        )
        return ""
    return text


def _compare_with_nip(cells: Cells, line: Line, nip: Nip, employment: Employment, since: int) -> None:
    """Warns of data that differ from the NIP. It is no refusal: a NIP stays when other data are corrected."""
    message = _("The NIP says {said}, but here stands {given}. Find out which is right.")
    if employment is not _EMPLOYMENT[nip.kind]:
        said = _EMPLOYMENT[nip.kind].value
        cells.warn("jenis_asn", "nip_differs", message, said=said, given=employment.value)
    if since < nip.started_year:
        cells.warn("tmt_jabatan", "nip_differs", message, said=f"≥ {nip.started_year}", given=str(since))
    born = line.cells["tanggal_lahir"]
    if born and cells.date_meant("tanggal_lahir") != nip.born:
        born_otherwise = _("The birth date is not that of the NIP. Find out which is right.")
        cells.warn("tanggal_lahir", "nip_differs", born_otherwise)
