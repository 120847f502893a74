import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from service.roster import Roster


def import_roster(
    units: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Units, CSV in UTF-8.")],
    roster: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="People, CSV in UTF-8.")],
    agency: Annotated[
        str | None, typer.Option(help="Name of the agency; that of the topmost unit unless given.")
    ] = None,
) -> None:
    """Import an agency's units, people and raters; repeat it whenever the roster has changed.

    Both files are checked as a whole first. When anything is wrong, every mistake is named with its line and
    column, nothing is written, and the exit code is 1.

    Example: kinerja import-roster units.csv roster.csv --agency "Pemerintah Kota Contoh"
    """
    asyncio.run(_import(units, roster, (units.read_bytes(), roster.read_bytes()), agency))


async def _import(units: Path, people: Path, contents: tuple[bytes, bytes], agency: str | None) -> None:
    from service.cli.problems import CommandFailed
    from service.cli.servers import database
    from service.cli.speaking import err, show_table, spoken
    from service.roster import read_roster
    from service.roster.applying import apply_roster
    from translations import mark as _

    with err().status(spoken(_("Checking the files ..."))):
        roster = read_roster(*contents)
    if roster.problems:
        _name_problems(roster, units, people)
        raise CommandFailed(
            _("{count} problems were found and nothing was written; correct them and import again."),
            count=len(roster.problems),
        )
    name = agency or next(unit.name for unit in roster.units if unit.parent_id is None)
    async with database() as engine:
        with err().status(spoken(_("Writing {count} people ..."), count=len(roster.people))):
            result = await apply_roster(engine, name, roster)
    kinds = ((_("Units"), result.units), (_("People"), result.people), (_("Raters"), result.raters))
    show_table(
        spoken(_("Roster of {agency}"), agency=name),
        ("", spoken(_("New")), spoken(_("Changed")), spoken(_("Unchanged"))),
        [(spoken(kind), changes.new, changes.changed, changes.unchanged) for kind, changes in kinds],
    )


def _name_problems(roster: "Roster", units: Path, people: Path) -> None:
    from service.cli.speaking import LOCALE, out
    from service.roster import RosterFile

    console = out()
    for problem in roster.problems:
        file = units if problem.file is RosterFile.UNITS else people
        place = f"{file}:{problem.line}" + (f": {problem.column}" if problem.column else "")
        console.print(f"{place}: {problem.describe(LOCALE.get())}")
