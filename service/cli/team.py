import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from service.teams.schemas import TeamPage

SHOWN = 200
"""Teams of one page."""


def list_teams(
    cycle: Annotated[
        str | None, typer.Argument(help="Name or id of the cycle, if there are several.")
    ] = None,
    agency: Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")] = None,
) -> None:
    """List the teams of a cycle, with how the result of each stands.

    Example: kinerja team list "SKP 2027"
    """
    asyncio.run(_list(cycle, agency))


async def _list(cycle: str | None, agency: str | None) -> None:
    from service.cli.finding import the_cycle
    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database
    from service.cli.speaking import LOCALE, say
    from service.problems import NoTeams
    from service.teams.reading import teams_listed
    from translations import mark as _

    async with open_database() as database, database.connect() as connection:
        line = await the_cycle(connection, cycle, agency)
        cursor = None
        while True:
            try:
                page = await teams_listed(
                    connection, line.id, line.scheme, line.year, LOCALE.get(), cursor=cursor, limit=SHOWN
                )
            except NoTeams as none:
                raise CommandFailed(_("The scheme of this cycle has no results of teams.")) from none
            if not page.items and cursor is None:
                say(_("This cycle has no teams yet."))
            if page.items:
                _show(line.name, page)
            if page.next is None:
                return
            cursor = page.next


def _show(cycle: str, page: "TeamPage") -> None:
    from service.cli.speaking import LOCALE, show_table, spoken
    from translations import format_date
    from translations import mark as _

    show_table(
        cycle,
        (
            spoken(_("Team")),
            spoken(_("Unit")),
            spoken(_("Leader")),
            spoken(_("Members")),
            spoken(_("Due")),
            spoken(_("Result")),
            "id",
        ),
        [
            (
                line.name,
                line.unit,
                line.leader,
                line.members,
                format_date(line.due_on, LOCALE.get()),
                line.step_name or line.state_name or "",
                line.id,
            )
            for line in page.items
        ],
    )
