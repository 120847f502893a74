"""An agency's roster as its HR office hands it over: read, compared with what is known, judged row by row, applied."""

from service.roster.reading import read_roster
from service.roster.rows import (
    Echelon,
    Employment,
    Note,
    PersonRow,
    PositionKind,
    RefusedRow,
    Roster,
    RosterFile,
    RowProblem,
    UnitRow,
)

__all__ = [
    "Echelon",
    "Employment",
    "Note",
    "PersonRow",
    "PositionKind",
    "RefusedRow",
    "Roster",
    "RosterFile",
    "RowProblem",
    "UnitRow",
    "read_roster",
]
