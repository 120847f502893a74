import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from service.skills.picture_schemas import UnitPicture


def picture(
    unit: Annotated[str, typer.Argument(help="Code of the unit; all units below it are counted with it.")],
    cycle: Annotated[str | None, typer.Option(help="Name or id of the cycle, if there are several.")] = None,
    agency: Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")] = None,
) -> None:
    """Show how the skills of a unit stand together, and which training programmes follow; nobody is named.

    Example: kinerja unit picture 7.01 --cycle "SKP 2027"
    """
    asyncio.run(_picture(unit, cycle, agency))


async def _picture(code: str, cycle: str | None, agency: str | None) -> None:
    from service.cli.finding import the_cycle
    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database
    from service.cli.speaking import LOCALE
    from service.skills.picture import picture_in
    from store.database import autocommit
    from store.skill.places import unit_with_code
    from translations import mark as _

    async with open_database() as database:
        async with database.connect() as connection:
            line = await the_cycle(connection, cycle, agency)
            unit = await unit_with_code(connection, line.id, code)
        if unit is None:
            raise CommandFailed(_("The agency has no unit with the code {codes}."), codes=code)
        found = await picture_in(database, autocommit(database), line.id, unit.id, unit.agency, LOCALE.get())
    _show(found)


def _show(found: "UnitPicture") -> None:
    from service.cli.speaking import say, show_table, spoken
    from translations import mark as _

    hidden = spoken(_("not shown"))
    columns = (_("Skill"), _("Known"), _("Weak"), _("Strong"), _("Percent weak"))
    show_table(
        spoken(_("Skills of {unit}: {people} people with a result"), unit=found.unit, people=found.people),
        tuple(spoken(column) for column in columns),
        [
            tuple(
                hidden if value is None else value
                for value in (line.label, line.known, line.weak, line.strong, line.weak_share)
            )
            for line in found.skills
        ],
    )
    for programme in found.programmes:
        say(programme.words)
        for training in programme.trainings:
            say(_("  {training}, {hours} lesson hours"), training=training.label, hours=training.hours)
    for award in found.awards:
        count = hidden if award.people is None else award.people
        say(_("Award “{award}”, people: {count}"), award=award.label, count=count)
    for place in found.services:
        for area in place.areas:
            say(
                _("The public rates “{element}” of {unit} at {index} of 100."),
                element=area.label,
                unit=place.unit,
                index=area.index,
            )
    say(_("Counts that would tell of fewer than {minimum} people are not shown."), minimum=found.minimum)
    if not found.complete:
        say(_("Results that were handed over are still being counted; ask again in a minute."))
