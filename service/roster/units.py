"""Reads ``units.csv``."""

from zoneinfo import ZoneInfo

from service.roster.cells import Cells
from service.roster.relations import check_parents
from service.roster.rows import RosterFile, RowProblem, UnitRow
from service.roster.table import Line, read_table
from translations import mark as _

COLUMNS = ("unor_id", "unor_nama", "unor_atasan_id", "jenis_unit", "zona_waktu")

ZONES = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")
"""WIB, WIB, WITA and WIT (Keppres 41/1987)."""


def read_units(content: bytes) -> tuple[tuple[UnitRow, ...], frozenset[str], tuple[RowProblem, ...]]:
    """The units, the ids that occur (of rows with problems too), and the problems."""
    table = read_table(content, RosterFile.UNITS, COLUMNS)
    problems = list(table.problems)
    rows: list[UnitRow] = []
    first_lines: dict[str, int] = {}
    for line in table.lines:
        cells = Cells(RosterFile.UNITS, line)
        row = _unit(cells, line)
        unit_id = line.cells["unor_id"]
        if unit_id and first_lines.setdefault(unit_id, line.number) != line.number:
            cells.refuse(
                "unor_id",
                "duplicate_unit",
                _("The unit {unit} stands on line {line} already. Remove one of the two."),
                unit=unit_id,
                line=str(first_lines[unit_id]),
            )
        elif row is not None:
            rows.append(row)
        problems += cells.problems
    known = frozenset(first_lines)
    return tuple(rows), known, (*problems, *check_parents(rows, known))


def _unit(cells: Cells, line: Line) -> UnitRow | None:
    unit_id = cells.text("unor_id")
    name = cells.text("unor_nama")
    parent_id = cells.optional("unor_atasan_id")
    kind = cells.text("jenis_unit")
    zone = cells.one_of("zona_waktu", ZONES)
    if cells.problems or unit_id is None or name is None or kind is None or zone is None:
        return None
    return UnitRow(line.number, unit_id, name, parent_id, kind, ZoneInfo(zone))
