import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.ext.asyncio import AsyncConnection

    from service.follow_up.listing import AskedCycle

SHOWN = 50
"""The number of people that the screen lists; a file lists all."""

CycleName = Annotated[str | None, typer.Argument(help="Name or id of the cycle, if there are several.")]
AgencyName = Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")]
CsvFile = Annotated[
    Path | None, typer.Option("--csv", dir_okay=False, help="CSV file to write; it holds names and results.")
]


def report(cycle: CycleName = None, agency: AgencyName = None, file: CsvFile = None) -> None:
    """Write or show the report of a year's results (PP 30/2019 art 51).

    Example: kinerja report "SKP 2027" --csv laporan.csv
    """
    asyncio.run(_report(cycle, agency, file))


def follow_up(
    cycle: CycleName = None,
    agency: AgencyName = None,
    kind: Annotated[str | None, typer.Option(help="Only this nomination or award, by its name.")] = None,
    file: CsvFile = None,
) -> None:
    """Show who meets what after a year: nominations and awards with their reasons.

    Example: kinerja follow-up "SKP 2027" --kind talent_pool --csv talenta.csv
    """
    asyncio.run(_follow_up(cycle, agency, kind, file))


async def _report(cycle: str | None, agency: str | None, file: Path | None) -> None:
    from service.cli.servers import open_database
    from service.cli.speaking import LOCALE, show_table, spoken
    from service.year_reports.file import HEADINGS, report_cells, report_file
    from service.year_reports.reporting import report_lines
    from translations import mark as _
    from translations import translate

    locale = LOCALE.get()
    async with open_database() as database:
        async with database.connect() as connection:
            asked = await _asked(connection, cycle, agency)
            if file is None:
                rows: list[list[str]] = []
                async for lines in report_lines(connection, asked, locale):
                    rows += (report_cells(line, locale) for line in lines)
                    if len(rows) > SHOWN:
                        break
        if file is not None:
            await _write(file, report_file(database, asked, locale))
            return
    columns = (1, 5, 6, 7, 8, 12, 13)
    show_table(
        spoken(_("Results of the year")),
        tuple(translate(HEADINGS[column], locale) for column in columns),
        [tuple(row[column] for column in columns) for row in rows[:SHOWN]],
    )
    _say_more(len(rows))


async def _follow_up(cycle: str | None, agency: str | None, kind: str | None, file: Path | None) -> None:
    from service.cli.servers import open_database
    from service.cli.speaking import LOCALE, say, show_table, spoken
    from service.follow_up.file import HEADINGS, team_list, team_rows
    from service.follow_up.listing import known_kinds, people_of
    from translations import mark as _
    from translations import translate

    locale = LOCALE.get()
    async with open_database() as database:
        async with database.connect() as connection:
            asked = await _asked(connection, cycle, agency)
            known = known_kinds(asked.rules)
            if kind is not None and kind not in known:
                raise typer.BadParameter(f"'{kind}' is none of {', '.join(known)}.", param_hint="--kind")
            rows: list[list[str]] = []
            if file is None:
                async for batch in people_of(connection, asked):
                    rows += (row for each in batch.people for row in team_rows(each, locale, kind))
                    if len(rows) > SHOWN:
                        break
        if file is not None:
            await _write(file, team_list(database, asked, locale, kind=kind))
            return
    if not rows:
        say(_("Nobody meets anything yet."))
        return
    columns = (1, 5, 6, 9)
    show_table(
        spoken(_("What follows from the results")),
        tuple(translate(HEADINGS[column], locale) for column in columns),
        [tuple(row[column] for column in columns) for row in rows[:SHOWN]],
    )
    _say_more(len(rows))


async def _asked(connection: "AsyncConnection", cycle: str | None, agency: str | None) -> "AskedCycle":
    from service.cli.finding import the_cycle
    from service.cli.problems import CommandFailed
    from service.follow_up.listing import AskedCycle, rules_with_ratings
    from service.problems import RatingsInWords
    from store.agency.content_rules import content_rules_of
    from translations import mark as _

    line = await the_cycle(connection, cycle, agency)
    try:
        rules = rules_with_ratings(await content_rules_of(connection, line.scheme))
    except RatingsInWords as error:
        raise CommandFailed(
            _("The ratings of this cycle are written in words; nothing follows from them.")
        ) from error
    return AskedCycle(line.id, line.rehearsal, rules, None)


async def _write(path: Path, pieces: "AsyncIterator[bytes]") -> None:
    import os

    from service.cli.speaking import say
    from translations import mark as _

    # The file holds names and results, so only its owner may read it; an earlier file of this name loses wider rights.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, 0o600)
        async for piece in pieces:
            file.write(piece)
    say(_("The list is written to {file}. It holds personal data; keep it to yourself."), file=path)


def _say_more(rows: int) -> None:
    from service.cli.speaking import say
    from translations import mark as _

    if rows > SHOWN:
        say(_("There are more; --csv writes all of them to a file."))
