import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from service.roster import Roster
    from service.roster.mapping import RosterMapping
    from service.roster.progress import Watcher
    from service.roster.verdicts import Verdicts


def import_roster(
    files: Annotated[
        list[Path],
        typer.Argument(
            exists=True,
            dir_okay=False,
            metavar="[UNITS] PEOPLE",
            help="Units and people, CSV or XLSX; only people when the agency's units stay as they are.",
        ),
    ],
    agency: Annotated[
        str | None, typer.Option(help="Name of the agency; that of the topmost unit unless given.")
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option(help="How the files name columns and values: siasn, or a YAML file."),
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write it; otherwise the files are only checked.")
    ] = False,
    without_refused: Annotated[
        bool, typer.Option("--without-refused", help="Leave refused rows out and import all others.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False, help="Write the verdict for every row to this .csv, .xlsx or .json file."
        ),
    ] = None,
) -> None:
    """Check an agency's units, people and raters row by row, and import them with --apply.

    Without --apply nothing is written: every row gets its verdict, new, changed, unchanged or refused, beside what
    is doubtful about it. With it all is written at once or nothing; repeat it whenever the roster has changed.
    People who are no longer in the file are listed, never deleted. The exit code is 1 while rows are refused.

    Example: kinerja import-roster units.csv roster.xlsx --agency "Pemerintah Kota Contoh" --report verdicts.xlsx
    """
    asyncio.run(_import(files, agency, mapping, apply, without_refused, report))


async def _import(
    files: list[Path],
    agency: str | None,
    mapping: str | None,
    apply: bool,
    without_refused: bool,
    report: Path | None,
) -> None:
    from service.cli.imported_roster import show_verdicts
    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database
    from service.cli.speaking import LOCALE, say
    from service.roster.applying import apply_roster
    from service.roster.comparing import RosterRefused, check_roster
    from service.roster.report import KINDS, write_report
    from translations import mark as _

    if len(files) > 2:
        raise CommandFailed(_("Give one file of units and one of people, in this order, or only the latter."))
    if report is not None and report.suffix.lower() not in KINDS:
        raise CommandFailed(
            _("The report must be called .csv, .xlsx or .json, not {name}."), name=report.name
        )
    layout = _mapping(mapping)
    with _progress() as watcher:
        roster = _read(files, layout, watcher)
        async with open_database() as database:
            name = await _agency(database, agency, roster)
            try:
                if apply:
                    result = await apply_roster(
                        database, name, roster, without_refused=without_refused, watcher=watcher
                    )
                    verdicts, written = result.verdicts, True
                else:
                    verdicts, written = await check_roster(database, name, roster, watcher=watcher), False
            except RosterRefused as error:
                if error.verdicts is None:
                    raise
                verdicts, written = error.verdicts, False
    show_verdicts(name, verdicts, roster.notes, files)
    if report is not None:
        write_report(report, verdicts, LOCALE.get())
        say(
            _("The verdict for every row is in {file}. It holds personal data; keep it to yourself."),
            file=report,
        )
    _conclude(verdicts, written, apply, without_refused)


def _conclude(verdicts: "Verdicts", written: bool, apply: bool, without_refused: bool) -> None:
    from service.cli.problems import CommandFailed
    from service.cli.speaking import say
    from translations import mark as _

    if written:
        say(_("The roster is imported."))
    elif verdicts.refused and not without_refused:
        raise CommandFailed(
            _(
                "{count} rows are refused and nothing was written. Correct them, or leave them out with "
                "--apply --without-refused."
            ),
            count=verdicts.refused,
        )
    elif not apply:
        say(_("Nothing was written. Repeat the command with --apply when you are satisfied."))


def _mapping(name: str | None) -> "RosterMapping":
    from service.cli.problems import CommandFailed
    from service.roster.mapping import BUILT_IN, OURS, load_mapping
    from translations import mark as _

    if name is None:
        return OURS
    try:
        return load_mapping(name)
    except OSError as error:
        raise CommandFailed(
            _("The mapping {name} cannot be read ({reason}). Name a YAML file, or one of: {known}."),
            name=name,
            reason=error.strerror or type(error).__name__,
            known=", ".join(BUILT_IN),
        ) from error


def _read(files: list[Path], mapping: "RosterMapping", watcher: "Watcher") -> "Roster":
    """The roster. Prints each mistake that makes a file unreadable, with its place."""
    from service.cli.problems import CommandFailed
    from service.cli.speaking import LOCALE, out
    from service.roster import RosterFile, read_roster
    from service.roster.table import MOST_BYTES
    from translations import mark as _

    contents: list[bytes] = []
    for path in files:
        with path.open("rb") as file:
            # One byte over the limit is enough for a refusal.
            contents.append(file.read(MOST_BYTES + 1))
    roster = read_roster(contents[0] if len(files) == 2 else None, contents[-1], mapping, watcher=watcher)
    for problem in roster.unreadable:
        path = files[0] if problem.file is RosterFile.UNITS else files[-1]
        place = f"{path}:{problem.line}" + (f": {problem.column}" if problem.column else "")
        out().print(f"{place}: {problem.describe(LOCALE.get())}")
    if roster.unreadable:
        raise CommandFailed(_("The files cannot be read as a roster and nothing was written."))
    return roster


async def _agency(database: "AsyncEngine", agency: str | None, roster: "Roster") -> str:
    from service.cli.finding import the_agency
    from service.cli.problems import CommandFailed
    from translations import mark as _

    if agency is not None:
        return agency
    if roster.units and "unor_atasan_id" not in roster.silent:
        for unit in roster.units:
            if unit.parent_id is None and not unit.warnings:
                return unit.name
        raise CommandFailed(_("No unit of the file stands on top; name the agency with --agency."))
    async with database.connect() as connection:
        return (await the_agency(connection, None)).name


@contextmanager
def _progress() -> Iterator["Watcher"]:
    from service.cli.speaking import progress_bar, spoken
    from service.roster.progress import Stage
    from translations import mark as _

    names = {Stage.READING: _("Reading"), Stage.COMPARING: _("Comparing"), Stage.WRITING: _("Writing")}
    with progress_bar() as progress:
        bars = {
            stage: progress.add_task(spoken(name), total=None, visible=False) for stage, name in names.items()
        }

        def watch(stage: Stage, done: int, total: int) -> None:
            progress.update(bars[stage], completed=done, total=total, visible=True)

        yield watch
