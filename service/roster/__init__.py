"""An agency's roster from its HR office: it is read, compared with the database, judged row by row and applied."""

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
