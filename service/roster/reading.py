"""Reads a whole roster: bytes in, rows and problems out. Pure."""

import hashlib

from service.roster.mapping import OURS, RosterMapping
from service.roster.people import read_people
from service.roster.progress import ROWS_BETWEEN, Stage, Watcher, unwatched
from service.roster.refusal import FileRefused
from service.roster.rows import Note, PersonRow, RefusedRow, Roster, RosterFile, RowProblem, UnitRow
from service.roster.table import Table
from service.roster.units import read_units


def read_roster(
    units: bytes | None,
    people: bytes,
    mapping: RosterMapping = OURS,
    *,
    watcher: Watcher = unwatched,
) -> Roster:
    """The contents of both files, checked as far as the files alone allow.

    Without ``units``, the units of the agency stay as they are. The contents of a file never raise an error:
    ``unreadable`` tells what cannot be read, ``refused`` what cannot be imported.
    """
    reading = _Reading(mapping, watcher)
    unit_rows: list[UnitRow] = []
    person_rows: list[PersonRow] = []
    refused: list[RefusedRow] = []
    if units is not None:
        with_units = reading.table(units, RosterFile.UNITS)
        if with_units is not None:
            try:
                unit_rows, refused = read_units(with_units, mapping.units, reading.seen)
            except FileRefused as error:
                reading.unreadable.append(error.problem(RosterFile.UNITS))
    with_people = reading.table(people, RosterFile.PEOPLE)
    if with_people is not None:
        try:
            person_rows, refused_people = read_people(with_people, mapping.people, reading.seen)
            refused += refused_people
        except FileRefused as error:
            reading.unreadable.append(error.problem(RosterFile.PEOPLE))
    watcher(Stage.READING, reading.lines, reading.lines)
    return Roster(
        tuple(unit_rows),
        tuple(person_rows),
        tuple(refused),
        tuple(reading.unreadable),
        tuple(reading.notes),
        frozenset(reading.silent),
        _digest(units, people),
    )


class _Reading:
    """Collects what was found in both files."""

    def __init__(self, mapping: RosterMapping, watcher: Watcher) -> None:
        self._mapping = mapping
        self._watcher = watcher
        self._expected = 0
        self.lines = 0
        self.unreadable: list[RowProblem] = []
        self.notes: list[Note] = []
        self.silent: set[str] = set()

    def table(self, content: bytes, file: RosterFile) -> Table | None:
        """The file with its header read. None if it is unreadable; the reason is then in ``unreadable``."""
        try:
            table = Table(content, file, self._mapping.of(file))
        except FileRefused as error:
            self.unreadable.append(error.problem(file))
            return None
        self._expected += table.expected
        self.notes += table.notes
        self.silent |= table.silent
        return table

    def seen(self) -> None:
        """Counts one more line, and calls the watcher now and then."""
        self.lines += 1
        if self.lines % ROWS_BETWEEN == 0:
            self._watcher(Stage.READING, self.lines, max(self._expected, self.lines))


def _digest(units: bytes | None, people: bytes) -> str:
    """SHA-256 over lengths and contents. The lengths keep apart pairs of files that are equal when joined."""
    digest = hashlib.sha256()
    for content in (units or b"", people):
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()
