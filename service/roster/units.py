"""Reads the file of units."""

from collections.abc import Callable

from service.roster.cells import Cells
from service.roster.mapping import UnitsMapping
from service.roster.rows import RefusedRow, RosterFile, UnitRow
from service.roster.table import Line, Table
from translations import mark as _

ZONES = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")
"""The IANA zones of WIB, WIB, WITA and WIT (Keppres 41/1987)."""

_ZONES = {zone.casefold(): zone for zone in ZONES} | {
    "wib": "Asia/Jakarta",
    "wita": "Asia/Makassar",
    "wit": "Asia/Jayapura",
}


def read_units(
    table: Table, mapping: UnitsMapping, seen: Callable[[], None]
) -> tuple[list[UnitRow], list[RefusedRow]]:
    """The units that can be imported, and the refused rows; ``seen`` is called for each line."""
    rows: list[UnitRow] = []
    refused: list[RefusedRow] = []
    first_lines: dict[str, int] = {}
    for line in table:
        seen()
        if line.problem is not None:
            refused.append(RefusedRow(table.file, line.number, None, (line.problem,)))
            continue
        cells = Cells(RosterFile.UNITS, line, mapping)
        row = _unit(cells, line)
        unit_id = cells.code_text("unor_id", 60) or None
        if unit_id and first_lines.setdefault(unit_id, line.number) != line.number:
            cells.refuse(
                "unor_id",
                "duplicate_unit",
                _("The unit {unit} stands on line {line} already. Remove one of the two."),
                unit=unit_id,
                line=str(first_lines[unit_id]),
            )
        if row is None or cells.problems:
            refused.append(RefusedRow(table.file, line.number, unit_id, tuple(cells.problems)))
        else:
            rows.append(row)
    return rows, refused


def _unit(cells: Cells, line: Line) -> UnitRow | None:
    if cells.text("unor_id", 60) is None:
        return None
    unit_id = cells.code_text("unor_id", 60)
    name = cells.text("unor_nama", 300)
    parent_id = cells.code_text("unor_atasan_id", 60) or None
    kind = cells.optional("jenis_unit", 60)
    zone = cells.one_of("zona_waktu", _ZONES) if line.cells["zona_waktu"] else ""
    if cells.problems or name is None or zone is None:
        return None
    if parent_id == unit_id:
        cells.warn("unor_atasan_id", *OWN_PARENT, unit=unit_id)
        parent_id = None
    return UnitRow(line.number, unit_id, name, parent_id, kind, zone, tuple(cells.warnings))


OWN_PARENT = ("own_parent", _("The unit {unit} is its own parent unit. It stays where it is; correct it."))
