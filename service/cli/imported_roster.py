"""Prints what an import would do, or did: counts, findings by cause, changed columns, people who vanished."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from service.cli.speaking import LOCALE, complain, out, show_table, spoken
from service.roster import Note, RosterFile, RowProblem
from service.roster.verdicts import Outcome, Verdict, Verdicts
from translations import mark as _

EXAMPLES = 3
"""The number of rows that are shown for each cause; a report has all."""
_VANISHED_SHOWN = 5

_FILES = {RosterFile.UNITS: _("Units"), RosterFile.PEOPLE: _("People")}


def show_verdicts(agency: str, verdicts: Verdicts, notes: Sequence[Note], files: Sequence[Path]) -> None:
    """Prints the verdicts of an import into ``agency``, as far as they fit on a screen; NIPs are masked."""
    paths = {RosterFile.UNITS: files[0], RosterFile.PEOPLE: files[-1]}
    for note in notes:
        complain("{file}: {note}", file=paths[note.file], note=note.describe(LOCALE.get()))
    _show_counts(agency, verdicts)
    _show_findings(verdicts, paths)
    _show_changed_columns(verdicts)
    _show_vanished(verdicts)


def _show_counts(agency: str, verdicts: Verdicts) -> None:
    rows: list[tuple[object, ...]] = []
    for file, name in _FILES.items():
        counts = verdicts.changes(file)
        rows.append(
            (
                spoken(name),
                counts.new,
                counts.changed,
                counts.unchanged,
                verdicts.count(file, Outcome.REFUSED),
                verdicts.warned(file),
            )
        )
    raters = verdicts.raters
    rows.append((spoken(_("Raters")), raters.new, raters.changed, raters.unchanged, 0, 0))
    headings = (_("New"), _("Changed"), _("Unchanged"), _("Refused"), _("With warnings"))
    show_table(spoken(_("Roster of {agency}"), agency=agency), ("", *map(spoken, headings)), rows)


def _show_findings(verdicts: Verdicts, paths: dict[RosterFile, Path]) -> None:
    causes: dict[tuple[bool, str], list[tuple[Verdict, RowProblem]]] = {}
    numbers: Counter[tuple[bool, str]] = Counter()
    for row, finding in verdicts.findings():
        cause = (row.outcome is not Outcome.REFUSED, finding.code)
        numbers[cause] += 1
        examples = causes.setdefault(cause, [])
        if len(examples) < EXAMPLES:
            examples.append((row, finding))
    if not causes:
        return
    refused, imported = spoken(_("refused")), spoken(_("imported"))
    show_table(
        spoken(_("Findings")),
        (spoken(_("Cause")), spoken(_("Rows")), spoken(_("Effect"))),
        [
            (code, numbers[warning, code], imported if warning else refused)
            for warning, code in sorted(causes, key=lambda cause: (cause[0], -numbers[cause], cause[1]))
        ],
    )
    console = out()
    for cause in sorted(causes):
        for row, finding in causes[cause]:
            place = f"{paths[row.file]}:{row.line}" + (f": {finding.column}" if finding.column else "")
            console.print(f"{place}: {finding.describe(LOCALE.get())}")
        further = numbers[cause] - len(causes[cause])
        if further:
            console.print(spoken(_("  and {count} more: {cause}"), count=further, cause=cause[1]))


def _show_changed_columns(verdicts: Verdicts) -> None:
    columns: dict[tuple[str, str], list[object]] = {}
    for row in verdicts.rows:
        for change in row.changes:
            line = columns.setdefault(
                (_FILES[row.file], change.column), [0, f"{change.before} → {change.after}"]
            )
            line[0] = int(str(line[0])) + 1
    if columns:
        show_table(
            spoken(_("Changed columns")),
            ("", spoken(_("Column")), spoken(_("Rows")), spoken(_("For example"))),
            [(spoken(file), column, *line) for (file, column), line in columns.items()],
        )


def _show_vanished(verdicts: Verdicts) -> None:
    for file, name in _FILES.items():
        gone = [each for each in verdicts.vanished if each.file is file]
        if gone:
            shown = ", ".join(f"{each.name} ({each.shown_key})" for each in gone[:_VANISHED_SHOWN])
            more = ", ..." if len(gone) > _VANISHED_SHOWN else ""
            out().print(
                spoken(
                    _("{kind} not in the file any more: {count}. They stay as they are: {names}"),
                    kind=spoken(name),
                    count=len(gone),
                    names=shown + more,
                )
            )
