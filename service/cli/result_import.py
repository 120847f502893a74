import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from service.earlier_results.file import ReadFile


def import_results(
    file: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, help="CSV with the columns nip, tahun, kode predikat."),
    ],
    agency: Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")] = None,
) -> None:
    """Import results of years before kinerja, for what rests on several years.

    The codes are those of SIASN: 1 is the best, 5 the worst. Everything is recorded or nothing; each bad row is named
    with its line and the reason. To repeat the import changes nothing; another code corrects the earlier one, which
    stays on record.

    Example: kinerja result import predikat-2025.csv
    """
    asyncio.run(_import(file, agency))


async def _import(file: Path, agency: str | None) -> None:
    from service.cli.finding import the_agency
    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database
    from service.cli.speaking import say
    from service.earlier_results.giving import LinesRefused, import_earlier_results
    from translations import mark as _

    read = _read(file)
    async with open_database() as database:
        async with database.connect() as connection:
            found = await the_agency(connection, agency)
        try:
            done = await import_earlier_results(database, found.id, read.items)
        except LinesRefused as refused:
            for at, _field, error in refused.errors:
                _print(read.lines[at], error.message, dict(error.parameters or {}))
            raise CommandFailed(
                _("{count} rows are refused and nothing was written."), count=len(refused.errors)
            ) from refused
    say(
        _("{recorded} results are recorded, {corrected} corrected, {unchanged} stood already."),
        recorded=done.recorded,
        corrected=done.corrected,
        unchanged=done.unchanged,
    )


def _read(file: Path) -> "ReadFile":
    from service.cli.problems import CommandFailed
    from service.earlier_results.file import read_earlier_results
    from service.roster.refusal import FileRefused
    from translations import mark as _

    try:
        read = read_earlier_results(file.read_bytes())
    except FileRefused as refused:
        raise CommandFailed(_("The file cannot be read as CSV and nothing was written.")) from refused
    for each in read.bad:
        _print(each.line, each.message, dict(each.parameters))
    if read.bad:
        raise CommandFailed(_("{count} rows are refused and nothing was written."), count=len(read.bad))
    return read


def _print(line: int, message: str, parameters: dict[str, object]) -> None:
    from service.cli.speaking import LOCALE, out, spoken
    from translations import mark as _
    from translations import translate

    place = spoken(_("Line {line}"), line=line)
    out().print(f"{place}: {translate(message, LOCALE.get(), **parameters)}")
