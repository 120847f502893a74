import asyncio
from typing import Annotated

import typer

from translations import mark as _


def hours(
    agency: Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")] = None,
    opens: Annotated[str | None, typer.Option(help="From when people are written to: HH:MM.")] = None,
    morning: Annotated[str | None, typer.Option(help="When the digest of the day leaves: HH:MM.")] = None,
    afternoon: Annotated[
        str | None, typer.Option(help="When what the next morning would tell too late leaves: HH:MM.")
    ] = None,
    closes: Annotated[str | None, typer.Option(help="Until when people are written to: HH:MM.")] = None,
    daily: Annotated[int | None, typer.Option(help="E-mails to one person a day, 1 to 20.")] = None,
    daily_chat: Annotated[
        int | None, typer.Option(help="Chat messages to one person a day, 1 to 20.")
    ] = None,
) -> None:
    """Show or set the local hours in which an agency's people are written to. What is planned already stays.

    Example: kinerja hours --opens 07:00 --closes 15:30 --daily 3
    """
    wanted = {
        "opens": opens,
        "morning": morning,
        "afternoon": afternoon,
        "closes": closes,
        "daily": daily,
        "daily_chat": daily_chat,
    }
    asyncio.run(_hours(agency, {name: value for name, value in wanted.items() if value is not None}))


async def _hours(agency: str | None, wanted: dict[str, object]) -> None:
    from notifications.hours import HoursInvalid
    from service.cli.finding import the_agency
    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database
    from service.cli.speaking import say, spoken
    from service.notices.hours import hours_of

    async with open_database() as database, database.begin() as transaction:
        found = await the_agency(transaction, agency)
        try:
            chosen = await hours_of(transaction, found.id, wanted)
        except HoursInvalid as invalid:
            raise CommandFailed(
                _("--{option}: {problem}. Nothing was changed."),
                option=invalid.field.replace("_", "-"),
                problem=spoken(invalid.problem, **invalid.parameters),
            ) from invalid
    say(_("{agency} ({zone}, or the zone of the recipient's unit):"), agency=found.name, zone=found.zone)
    say(
        _("written to from {opens} to {closes}"),
        opens=f"{chosen.opens:%H:%M}",
        closes=f"{chosen.closes:%H:%M}",
    )
    say(
        _("digests at {morning} and {afternoon}"),
        morning=f"{chosen.morning:%H:%M}",
        afternoon=f"{chosen.afternoon:%H:%M}",
    )
    say(
        _("at most {daily} e-mails and {chat} chat messages to one person a day"),
        daily=chosen.daily,
        chat=chosen.daily_chat,
    )
