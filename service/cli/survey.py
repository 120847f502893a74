import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from service.surveys.schemas import SurveyListPage

SHOWN = 200
"""Surveys of one page."""

_Cycle = Annotated[str | None, typer.Argument(help="Name or id of the cycle, if there are several.")]
_Agency = Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")]


def prepare(
    cycle: _Cycle = None,
    agency: _Agency = None,
    survey: Annotated[
        str | None, typer.Option("--input", help="One survey of the scheme; left out: all.")
    ] = None,
) -> None:
    """Prepare the surveys of all running cases that lack them, with invitations by the rule of the scheme.

    They are prepared by themselves two weeks before they open. A repeat prepares only what is new.

    Example: kinerja survey prepare "SKP 2027"
    """
    asyncio.run(_prepare(cycle, agency, survey))


def list_surveys(cycle: _Cycle = None, agency: _Agency = None) -> None:
    """List the surveys of a cycle with how many take part; never who has answered.

    Example: kinerja survey list "SKP 2027"
    """
    asyncio.run(_list(cycle, agency))


async def _prepare(cycle: str | None, agency: str | None, survey: str | None) -> None:
    from service.cli.finding import the_cycle
    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database
    from service.cli.speaking import say
    from service.problems import Invalid
    from service.surveys.requesting import prepare as prepare_surveys
    from translations import mark as _

    async with open_database() as database:
        async with database.connect() as connection:
            line = await the_cycle(connection, cycle, agency)
        try:
            done = await prepare_surveys(database, line.id, survey)
        except Invalid as refused:
            raise CommandFailed(_("No scheme has a survey called {name}."), name=survey or "") from refused
    say(
        _("{surveys} surveys were prepared with {invitations} invitations; the others were there already."),
        surveys=done.surveys,
        invitations=done.invitations,
    )


async def _list(cycle: str | None, agency: str | None) -> None:
    from service.cli.finding import the_cycle
    from service.cli.servers import open_database
    from service.cli.speaking import LOCALE, say
    from service.surveys.reading import surveys_listed
    from translations import mark as _

    async with open_database() as database, database.connect() as connection:
        line = await the_cycle(connection, cycle, agency)
        after = None
        while True:
            page = await surveys_listed(connection, line.id, LOCALE.get(), after=after, limit=SHOWN)
            if not page.items and after is None:
                say(_("This cycle has no surveys yet; `kinerja survey prepare` prepares them."))
            if page.items:
                _show(line.name, page)
            if page.next is None:
                return
            after = page.items[-1].id


def _show(name: str, page: "SurveyListPage") -> None:
    from service.cli.speaking import show_table, spoken
    from translations import mark as _

    columns = (_("Name"), _("Survey"), _("State"), _("Opens"), _("Last day"), _("Invited"), _("Answered"))
    show_table(
        spoken(_("Surveys of {name}"), name=name),
        tuple(spoken(column) for column in columns),
        [
            (
                line.name,
                line.label,
                line.outcome_name or line.state_name,
                line.opens_on,
                line.closes_on,
                line.invited,
                line.answered,
            )
            for line in page.items
        ],
    )
