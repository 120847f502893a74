import asyncio
from typing import Annotated

import typer


def list_cycles(
    agency: Annotated[str | None, typer.Option(help="Only the cycles of this agency.")] = None,
) -> None:
    """List the cycles, with how many appraisals were started and closed.

    Example: kinerja cycle list
    """
    asyncio.run(_list(agency))


async def _list(agency: str | None) -> None:
    from service.cli.servers import open_database
    from service.cli.speaking import show_table, spoken
    from store.cycle.keeping import cycles
    from translations import mark as _

    async with open_database() as database, database.connect() as connection:
        found = await cycles(connection, agency=agency)
    show_table(
        spoken(_("Cycles")),
        (
            spoken(_("Agency")),
            spoken(_("Name")),
            spoken(_("Year")),
            spoken(_("Scheme")),
            spoken(_("Started")),
            spoken(_("Closed")),
            "id",
        ),
        [
            (line.agency, line.name, line.year, line.scheme, line.started, line.closed, line.id)
            for line in found
        ],
    )
