"""Reads ``roster.csv``."""

import re

from service.roster.cells import Cells
from service.roster.relations import check_superiors
from service.roster.rows import (
    Echelon,
    Employment,
    PersonRow,
    PositionKind,
    RosterFile,
    RowProblem,
    Standing,
)
from service.roster.table import Line, read_table
from states.nip import Nip, mask
from translations import mark as _

COLUMNS = (
    "nip",
    "nama",
    "gelar_depan",
    "gelar_belakang",
    "unor_id",
    "jabatan_nama",
    "jenis_jabatan",
    "eselon",
    "golongan",
    "jenis_asn",
    "kedudukan_hukum",
    "tmt_jabatan",
    "atasan_nip",
    "email",
    "telepon",
)

GRADES = (
    *(f"{group}/{step}" for group in ("I", "II", "III") for step in "abcd"),
    *(f"IV/{step}" for step in "abcde"),
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI"),
    "XVII",
)
"""Golongan of PNS, then of PPPK."""

_WITH_ECHELON = frozenset({PositionKind.STRUCTURAL, PositionKind.DOUBLE})
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_PHONE = re.compile(r"\+?[0-9][0-9 -]{6,18}[0-9]")


def read_people(
    content: bytes, known_units: frozenset[str] | None
) -> tuple[tuple[PersonRow, ...], tuple[RowProblem, ...]]:
    """The people and the problems.

    ``known_units`` are the ids that ``units.csv`` names; None where it could not be read, so that one
    spoiled file is not reported once for every person.
    """
    table = read_table(content, RosterFile.PEOPLE, COLUMNS)
    problems = list(table.problems)
    rows: list[PersonRow] = []
    first_lines: dict[str, int] = {}
    for line in table.lines:
        cells = Cells(RosterFile.PEOPLE, line)
        nip = cells.nip("nip")
        row = _person(cells, line, nip, known_units)
        if nip is not None and first_lines.setdefault(nip.digits, line.number) != line.number:
            cells.refuse(
                "nip",
                "duplicate_nip",
                _("The NIP {nip} stands on line {line} already. Remove one of the two."),
                nip=mask(nip),
                line=str(first_lines[nip.digits]),
            )
        elif row is not None:
            rows.append(row)
        problems += cells.problems
    return tuple(rows), (*problems, *check_superiors(rows, frozenset(first_lines)))


def _person(
    cells: Cells, line: Line, nip: Nip | None, known_units: frozenset[str] | None
) -> PersonRow | None:
    name = cells.text("nama")
    title_before = cells.optional("gelar_depan")
    title_after = cells.optional("gelar_belakang")
    unit_id = _unit_id(cells, known_units)
    position = cells.text("jabatan_nama")
    position_kind = cells.code("jenis_jabatan", PositionKind)
    echelon = _echelon(cells, line, position_kind)
    grade = cells.one_of("golongan", GRADES)
    employment = cells.code("jenis_asn", Employment)
    standing = cells.code("kedudukan_hukum", Standing)
    position_since = cells.date("tmt_jabatan")
    superior = cells.nip("atasan_nip") if line.cells["atasan_nip"] else None
    email = cells.matching(
        "email", _EMAIL, _("“{value}” is not an e-mail address. Correct it or leave the cell empty.")
    )
    phone = cells.matching(
        "telepon",
        _PHONE,
        _("“{value}” is not a telephone number. Write digits, or leave the cell empty."),
    )
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
    return PersonRow(
        line=line.number,
        nip=nip,
        name=name,
        title_before=title_before,
        title_after=title_after,
        unit_id=unit_id,
        position=position,
        position_kind=position_kind,
        echelon=echelon,
        grade=grade,
        employment=employment,
        standing=standing,
        position_since=position_since,
        superior_nip=superior.digits if superior else None,
        email=email,
        phone=phone,
    )


def _unit_id(cells: Cells, known_units: frozenset[str] | None) -> str | None:
    unit_id = cells.text("unor_id")
    if unit_id is not None and known_units is not None and unit_id not in known_units:
        cells.refuse(
            "unor_id",
            "unknown_unit",
            _("The unit {unit} does not stand in units.csv. Add it there or correct it."),
            unit=unit_id,
        )
    return unit_id


def _echelon(cells: Cells, line: Line, position_kind: PositionKind | None) -> Echelon | None:
    if position_kind is None:
        return None
    if position_kind in _WITH_ECHELON:
        return cells.code("eselon", Echelon)
    if line.cells["eselon"]:
        cells.refuse(
            "eselon",
            "echelon_without_post",
            _("Only a structural post has an echelon. Leave the cell empty or correct jenis_jabatan."),
        )
    return None
