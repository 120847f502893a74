"""A file as lines of cells, with our own names for the columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.roster.cleaning import clean, fold
from service.roster.columns import COLUMNS, ONLY_COMPARED, OPTIONAL
from service.roster.csv_file import Record, csv_records
from service.roster.encoding import WINDOWS, encoding_of
from service.roster.mapping import PeopleMapping, UnitsMapping
from service.roster.refusal import FileRefused
from service.roster.rows import Note, RosterFile, RowProblem
from service.roster.xlsx_file import SIGNATURE, xlsx_records
from translations import mark as _

MOST_BYTES = 200_000_000
MOST_ROWS = 300_000


@dataclass(frozen=True, slots=True)
class Line:
    """One record; ``number`` is the number of its first line in the file."""

    number: int
    cells: Mapping[str, str]
    """By our column; empty for a column that the file does not have."""
    problem: RowProblem | None = None
    """Why the cells could not be matched with the columns; None if they could."""


class Table:
    """One file. It can be iterated once, line by line. Making and iterating it may raise `FileRefused`."""

    def __init__(self, content: bytes, file: RosterFile, mapping: UnitsMapping | PeopleMapping) -> None:
        if len(content) > MOST_BYTES:
            raise FileRefused(
                "too_large",
                _("The file is larger than {most} MB. Split it by units, or drop columns nobody needs."),
                most=str(MOST_BYTES // 1_000_000),
            )
        self.file = file
        self.notes: list[Note] = []
        self.silent: frozenset[str] = frozenset()
        """Our columns that the file does not have and the mapping does not fill."""
        self._mapping = mapping
        self._headers: dict[str, tuple[str, ...]] = {
            str(column): names for column, names in mapping.columns.items()
        }
        self._values: dict[str, dict[str, str]] = {
            column: {fold(theirs): ours for theirs, ours in values.items()}
            for column, values in mapping.values.items()
        }
        self._defaults: dict[str, str] = {column: text for column, text in mapping.defaults.items() if text}
        self.expected, records = self._records(content)
        self._records_left = records
        self._width, self._places = self._header(records)

    def _records(self, content: bytes) -> tuple[int, Iterator[Record]]:
        if content.startswith(SIGNATURE):
            return xlsx_records(content, self._mapping.sheet, self._mapping.written)
        encoding = encoding_of(content)
        if encoding == WINDOWS:
            self._note(_("The file is no UTF-8; it was read as Windows-1252. Look at names with accents."))
        return content.count(b"\n"), csv_records(content, encoding)

    def _note(self, message: str, **parameters: str) -> None:
        self.notes.append(Note(self.file, message, parameters))

    def __iter__(self) -> Iterator[Line]:
        """Every line below the header that is not blank."""
        seen = 0
        for number, record in self._records_left:
            cells = [clean(cell) for cell in record]
            if not any(cells):
                continue
            seen += 1
            if seen > MOST_ROWS:
                raise FileRefused(
                    "too_many_rows",
                    _("The file has more than {most} rows. Split it by units."),
                    line=number,
                    most=str(MOST_ROWS),
                )
            yield self._line(number, cells)
        if not seen:
            raise FileRefused("no_rows", _("The file names its columns but has no line below them."))

    def _line(self, number: int, cells: list[str]) -> Line:
        found = len(cells)
        while found > self._width and not cells[found - 1]:
            found -= 1
        if found != self._width:
            return Line(number, {}, self._wrong_cell_count(number, found))
        named = {column: "" if place is None else cells[place] for column, place in self._places.items()}
        for column, values in self._values.items():
            named[column] = values.get(fold(named[column]), named[column])
        for column, text in self._defaults.items():
            named[column] = named[column] or text
        return Line(number, named)

    def _wrong_cell_count(self, number: int, found: int) -> RowProblem:
        return RowProblem(
            self.file,
            number,
            None,
            "cell_count",
            _("The line has {found} cells instead of {expected}. Quote text that holds the separator."),
            {"found": str(found), "expected": str(self._width)},
        )

    def _header(self, records: Iterator[Record]) -> tuple[int, dict[str, int | None]]:
        for number, record in records:
            header = [clean(cell) for cell in record]
            while header and not header[-1]:
                header.pop()
            if header:
                return len(header), self._placed(number, header)
        raise FileRefused(
            "empty",
            _("The file is empty. Its first line must name the columns: {columns}."),
            columns=", ".join(COLUMNS[self.file]),
        )

    def _placed(self, number: int, header: Sequence[str]) -> dict[str, int | None]:
        folded = [fold(name) for name in header]
        places: dict[str, int | None] = {}
        for column in COLUMNS[self.file]:
            names = self._names(column)
            name = next((name for name in map(fold, names) if name in folded), None)
            if name is not None and folded.count(name) > 1:
                raise FileRefused(
                    "column_repeated",
                    _("The column {name} is named twice. Remove one of the two."),
                    line=number,
                    column=column,
                    name=header[folded.index(name)],
                )
            places[column] = None if name is None else folded.index(name)
        self._judge_missing(number, places)
        used = set(places.values())
        ignored = [name for place, name in enumerate(header) if name and place not in used]
        if ignored:
            self._note(_("Columns that nobody needs were left out: {columns}."), columns=", ".join(ignored))
        return places

    def _names(self, column: str) -> tuple[str, ...]:
        return self._headers.get(column, (column,))

    def _judge_missing(self, number: int, places: Mapping[str, int | None]) -> None:
        missing = [
            column for column, place in places.items() if place is None and column not in self._defaults
        ]
        allowed = OPTIONAL | set(self._mapping.may_be_missing)
        needed = [column for column in missing if column not in allowed]
        if needed:
            raise FileRefused(
                "column_missing",
                _("These columns are missing: {columns}. Name them in the first line, or in a mapping file."),
                line=number,
                column=needed[0],
                columns=", ".join(
                    column
                    if self._names(column) == (column,)
                    else f"{column} ({' / '.join(self._names(column))})"
                    for column in needed
                ),
            )
        self.silent = frozenset(missing)
        untold = [column for column in missing if column not in ONLY_COMPARED]
        if untold:
            self._note(
                _("The file does not tell {columns}; what is known of that stays."),
                columns=", ".join(untold),
            )
