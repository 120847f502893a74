import asyncio
import datetime as dt
from pathlib import Path
from typing import Annotated

import typer


def create(
    year: Annotated[int, typer.Option(help="The year that is appraised.")],
    name: Annotated[str | None, typer.Option(help="Name of the cycle; 'SKP <year>' unless given.")] = None,
    scheme: Annotated[str, typer.Option(help="A scheme of kinerja, or a YAML file.")] = "nasional",
    agency: Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")] = None,
    rehearsal_from: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Make it a rehearsal whose business time begins on this day (UTC)."
        ),
    ] = None,
    working_days: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="The agency's own working days, YAML in UTF-8."),
    ] = None,
    pace: Annotated[
        float, typer.Option(min=1.0, max=10_000_000.0, help="How much faster time passes in a rehearsal.")
    ] = 10_000.0,
) -> None:
    """Create a yearly cycle for an agency; nobody is in it until it is launched.

    Example: kinerja cycle create --year 2027 --scheme nasional
    """
    asyncio.run(_create(year, name or f"SKP {year}", scheme, agency, rehearsal_from, pace, working_days))


async def _create(
    year: int,
    name: str,
    scheme: str,
    agency: str | None,
    rehearsal_from: dt.datetime | None,
    pace: float,
    working_days: Path | None,
) -> None:
    from schemes.working_days import load_working_days
    from service.cli.finding import the_agency
    from service.cli.servers import open_database
    from service.cli.speaking import complain, say, spoken
    from service.cycles.creating import create_cycle, system_named
    from states.clock import IDENTITY, Clock, Segment
    from states.working_days import NATIONAL_DAYS
    from store.cycle.calendars import provisional_years_of
    from translations import mark as _

    system = system_named(scheme)
    own = NATIONAL_DAYS if working_days is None else load_working_days(working_days)
    clock = IDENTITY
    if rehearsal_from is not None:
        clock = Clock((Segment(dt.datetime.now(dt.UTC), rehearsal_from.replace(tzinfo=dt.UTC), pace),))
    async with open_database() as database:
        async with database.connect() as connection:
            owner = await the_agency(connection, agency)
        created = await create_cycle(
            database,
            agency=owner.id,
            name=name,
            year=year,
            book=system.book,
            content=system.content,
            clock=clock,
            working_days=own,
        )
    say(
        _("Cycle {name} of {agency} is created with the scheme {scheme}: {id}"),
        name=name,
        agency=owner.name,
        scheme=system.book.key,
        id=created,
    )
    if own != NATIONAL_DAYS:
        say(
            _(
                "Working days of its own: {week}; {closed} more days closed, "
                "{working} holidays declared working."
            ),
            week=spoken(_("Monday to Saturday") if own.week == "six_day" else _("Monday to Friday")),
            closed=len(own.closed),
            working=len(own.working),
        )
    provisional = provisional_years_of(year, own)
    if provisional:
        complain(
            _(
                "The public holidays of {years} are not decreed yet: due days that are counted in them "
                "are provisional."
            ),
            years=", ".join(map(str, provisional)),
        )
