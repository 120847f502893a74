"""An agency's roster as its HR office hands it over: two CSV files, checked before anything is written."""

from service.roster.reading import read_roster
from service.roster.rows import (
    Echelon,
    Employment,
    PersonRow,
    PositionKind,
    Roster,
    RosterFile,
    RowProblem,
    Standing,
    UnitRow,
)

__all__ = [
    "Echelon",
    "Employment",
    "PersonRow",
    "PositionKind",
    "Roster",
    "RosterFile",
    "RowProblem",
    "Standing",
    "UnitRow",
    "read_roster",
]
