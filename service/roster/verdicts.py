"""Verdicts: what an import would do, or did, with every row."""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from service.roster.rows import RosterFile, RowProblem
from states.nip import mask


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, repr=False)
class FieldChange:
    """One column that differs from the database. NIPs of superiors are masked."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, repr=False)
class Verdict:
    """What becomes of one row, and why."""

    file: RosterFile
    line: int
    key: str
    """Id of the unit, or NIP of the person; empty if it could not be read."""
    outcome: Outcome
    changes: tuple[FieldChange, ...] = ()
    findings: tuple[RowProblem, ...] = ()
    """The reasons if the row is refused, otherwise warnings."""

    @property
    def shown_key(self) -> str:
        """The key as it may be shown: a NIP is masked but for its last digits."""
        return mask(self.key) if self.file is RosterFile.PEOPLE else self.key


@dataclass(frozen=True, slots=True, repr=False)
class Vanished:
    """A person or unit of the agency that the file does not name. The import leaves them as they are."""

    file: RosterFile
    key: str
    name: str

    @property
    def shown_key(self) -> str:
        """The key as it may be shown, as in a `Verdict`."""
        return mask(self.key) if self.file is RosterFile.PEOPLE else self.key


@dataclass(frozen=True, slots=True)
class Changes:
    """How many of one kind are new, changed and unchanged."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, repr=False)
class Verdicts:
    """The verdict for every row, in the order of the files, and the people and units that vanished."""

    agency_id: uuid.UUID | None
    """None if the agency does not exist yet."""
    rows: tuple[Verdict, ...]
    vanished: tuple[Vanished, ...] = ()
    raters: Changes = Changes()
    """New: relations begun. Changed: relations replaced or ended. Unchanged: relations kept."""
    _counts: Mapping[tuple[RosterFile, Outcome], int] = field(init=False)

    def __post_init__(self) -> None:
        counts = Counter((row.file, row.outcome) for row in self.rows)
        object.__setattr__(self, "_counts", counts)

    def count(self, file: RosterFile, outcome: Outcome) -> int:
        """How many rows of the file have the outcome."""
        return self._counts.get((file, outcome), 0)

    def changes(self, file: RosterFile) -> Changes:
        """The rows of a file that are imported."""
        return Changes(
            *(self.count(file, kind) for kind in (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED))
        )

    @property
    def refused(self) -> int:
        """How many rows are refused, of both files."""
        return sum(self.count(file, Outcome.REFUSED) for file in RosterFile)

    def warned(self, file: RosterFile) -> int:
        """How many rows of a file are imported with a warning."""
        return sum(
            1 for row in self.rows if row.file is file and row.findings and row.outcome is not Outcome.REFUSED
        )

    def findings(self) -> Iterator[tuple[Verdict, RowProblem]]:
        """Every finding with its row."""
        return ((row, finding) for row in self.rows for finding in row.findings)
