import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from store.launch.outcomes import Outcome

if TYPE_CHECKING:
    import uuid

    from sqlalchemy.ext.asyncio import AsyncEngine

    from store.launch.reading import Wanted

SHOWN = 50
"""The number of people that the screen lists; a file lists all."""


def results(
    cycle: Annotated[
        str | None, typer.Argument(help="Name or id of the cycle, if there are several.")
    ] = None,
    agency: Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")] = None,
    outcome: Annotated[Outcome | None, typer.Option(help="Only people who came to this.")] = None,
    reason: Annotated[
        str | None, typer.Option(help="Only people skipped or failed for this, for example no_rater.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(dir_okay=False, help="File to write, .csv or .xlsx; it holds names.")
    ] = None,
) -> None:
    """Show what the launches of a cycle came to for each person, and who has to do what.

    On the screen stand those who were skipped or failed, unless --outcome asks for others.

    Example: kinerja cycle results "SKP 2027" --outcome skipped --output lewat.xlsx
    """
    asyncio.run(_results(cycle, agency, outcome, reason, output))


async def _results(
    cycle: str | None, agency: str | None, outcome: Outcome | None, reason: str | None, output: Path | None
) -> None:
    from service.cli.finding import the_cycle
    from service.cli.launch_showing import show_totals
    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database
    from service.cli.speaking import say
    from service.launches.wording import REASONS
    from store.launch.reading import Wanted, result_totals
    from translations import mark as _

    if reason is not None and reason not in REASONS:
        raise CommandFailed(
            _("There is no reason called {reason}; known are: {known}."),
            reason=reason,
            known=", ".join(sorted(REASONS)),
        )
    if output is not None and output.suffix.lower() not in (".csv", ".xlsx"):
        raise CommandFailed(_("The file {file} must end with .csv or .xlsx."), file=output)
    async with open_database() as database:
        async with database.connect() as connection:
            line = await the_cycle(connection, cycle, agency)
            totals = await result_totals(connection, line.id)
        if not totals:
            raise CommandFailed(_("No launch has looked at anybody of this cycle yet."))
        if output is not None:
            people = await _write(database, line.id, Wanted(outcome, reason), output)
            say(_("{count} people are written to {file}."), count=people, file=output)
            return
        show_totals(line.name, totals)
        await _list(database, line.id, Wanted(outcome, reason))


async def _list(database: "AsyncEngine", cycle: "uuid.UUID", wanted: "Wanted") -> None:
    from service.cli.speaking import LOCALE, say, show_table, spoken
    from service.launches.reading import first_results
    from service.launches.report import cells, headings
    from translations import mark as _

    locale = LOCALE.get()
    async with database.connect() as connection:
        found = await first_results(connection, cycle, wanted, locale, limit=SHOWN + 1)
    if not found:
        return
    columns = (1, 2, 4, 5, 6, 7)
    show_table(
        spoken(_("People")),
        tuple(headings(locale)[column] for column in columns),
        [tuple(cells(line)[column] for column in columns) for line in found[:SHOWN]],
    )
    if len(found) > SHOWN:
        say(_("There are more; --output writes all of them to a file."))


async def _write(database: "AsyncEngine", cycle: "uuid.UUID", wanted: "Wanted", output: Path) -> int:
    from service.cli.speaking import LOCALE
    from service.launches.report import write_csv, write_xlsx
    from store.launch.reading import every_result

    # The file holds names, so only its owner may read it; an earlier file of this name loses wider rights.
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT, 0o600)
    os.fchmod(descriptor, 0o600)
    os.close(descriptor)
    write = write_xlsx if output.suffix.lower() == ".xlsx" else write_csv
    return await write(output, every_result(database, cycle, wanted), LOCALE.get())
