import asyncio
import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from translations import mark as _

if TYPE_CHECKING:
    import uuid

    from sqlalchemy.ext.asyncio import AsyncEngine

    from service.rehearsal.driving import Driver
    from store.cycle.rehearsing import RehearsedCycle

_LOOK_SECONDS = 0.5


def rehearse(
    cycle_name: Annotated[str | None, typer.Option(help="Name of the rehearsal's cycle.")] = None,
    people: Annotated[
        int | None, typer.Option(min=7, max=20_000, help="Rehearse with an invented agency of this size.")
    ] = None,
    minutes: Annotated[float, typer.Option(min=0.2, help="How long the year is to take.")] = 5.0,
    year: Annotated[int | None, typer.Option(help="The year that is appraised.")] = None,
    scheme: Annotated[str, typer.Option(help="A scheme of kinerja, or a YAML file.")] = "nasional",
    agency: Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")] = None,
) -> None:
    """Run a whole year with scripted people on the real engine, in minutes, and show what came of it.

    The agency's people act by themselves: promptly, late, not at all; they object, fall ill and leave. No
    message leaves this machine's rehearsal addresses. Needs a running kinerja.

    Example: kinerja rehearse --people 100 --minutes 3
    """
    asyncio.run(_rehearse(cycle_name, people, minutes, year, scheme, agency))


async def _rehearse(
    cycle_name: str | None,
    people: int | None,
    minutes: float,
    year: int | None,
    scheme: str,
    agency: str | None,
) -> None:
    from service.accounts.tokens import TokenSigner
    from service.cli.problems import CommandFailed
    from service.cli.rehearse_printing import print_summary
    from service.cli.servers import open_database, reachable
    from service.cli.speaking import err, say, spoken
    from service.configuration.structured_logging import configure_logging
    from service.cycles.creating import system_named
    from service.launches.launching import launch_cycle
    from service.rehearsal.cycle import create_rehearsal, usual_driver
    from service.rehearsal.summary import summary_of, until_mail_is_out
    from service.runtime.probes import answers_http
    from service.temporal.reaching import client_for
    from states.national import decreed_years

    settings = reachable("database_url", "temporal_address")
    configure_logging(settings.log_format, "warning")
    if not await asyncio.to_thread(answers_http, settings.public_address):
        raise CommandFailed(
            _("The API at {address} does not answer; start kinerja with `kinerja serve`."),
            address=settings.public_address,
        )
    system = system_named(scheme)
    which = max(decreed_years()) if year is None else year
    name = cycle_name or f"Gladi {which} ({dt.datetime.now().astimezone():%Y-%m-%d %H:%M:%S})"
    async with open_database(settings) as database:
        owner = await _the_cast(database, agency, people)
        try:
            cycle = await create_rehearsal(
                database,
                agency=owner,
                name=name,
                year=which,
                system=system,
                lasting=dt.timedelta(minutes=minutes),
            )
        except ValueError as error:
            raise CommandFailed(_("The rehearsal cannot be set up: {reason}."), reason=error) from error
        launch = await (await launch_cycle(await client_for(settings), cycle.id)).result()
        say(
            _("{count} appraisals of {name} were started; their year takes {minutes} minutes."),
            count=launch["started"],
            name=name,
            minutes=minutes,
        )
        signer = TokenSigner(settings.token_secret())
        async with usual_driver(database, cycle.id, settings.public_address, signer) as driver:
            await _watched(database, cycle, driver)
            with err().status(spoken(_("The last messages go out ..."))):
                await until_mail_is_out(database, cycle.id)
            summary = await summary_of(database, cycle.id)
            print_summary(summary, driver.doings)
    if not summary.is_sound:
        raise CommandFailed(_("The rehearsal found faults; they are listed above."))


async def _the_cast(database: "AsyncEngine", agency: str | None, people: int | None) -> "uuid.UUID":
    """The agency for the rehearsal: an invented one, or one without real appraisals."""
    from service.cli.finding import the_agency
    from service.cli.problems import CommandFailed
    from service.rehearsal.agency import invent_agency
    from service.rehearsal.checking import HasRealCycles, NoOfficer, require_rehearsable

    if people is not None:
        return await invent_agency(database, agency or f"Kota Gladi {people}", people)
    async with database.connect() as connection:
        owner = await the_agency(connection, agency)
        try:
            await require_rehearsable(connection, owner.id)
        except HasRealCycles as real:
            raise CommandFailed(
                _(
                    "{agency} has real cycles, and a rehearsal changes who rates whom; import its roster "
                    "under another name with `kinerja import-roster --agency`, or use --people."
                ),
                agency=owner.name,
            ) from real
        except NoOfficer as nobody:
            raise CommandFailed(
                _("{agency} has no personnel officer; appoint one with `kinerja role grant hr`."),
                agency=owner.name,
            ) from nobody
    return owner.id


async def _watched(database: "AsyncEngine", cycle: "RehearsedCycle", driver: "Driver") -> None:
    """Lets the people act until their year is over, and shows how it goes."""
    from rich.live import Live

    from service.cli.rehearse_printing import picture
    from service.cli.speaking import err
    from service.rehearsal.cycle import waited_until
    from store.cycle.outcomes import messages_sent
    from store.cycle.repository import stage_counts

    end = waited_until(cycle.year)

    def is_over() -> bool:
        return driver.all_closed or driver.business_now >= end

    acting = asyncio.create_task(driver.run(is_over))
    with Live(console=err(), auto_refresh=False, transient=True) as live:
        while not acting.done():
            await asyncio.wait((acting,), timeout=_LOOK_SECONDS)
            async with database.connect() as connection:
                counts = await stage_counts(connection, cycle.id)
                sent = await messages_sent(connection, cycle.id)
            live.update(picture(counts, sent, driver), refresh=True)
    acting.result()
