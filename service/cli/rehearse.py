import asyncio
import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translations import mark as _

if TYPE_CHECKING:
    import uuid

    from rich.table import Table
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

    from service.rehearsal.driving import Driver
    from store.cycle.rehearsing import RehearsedCycle

_LOOK_SECONDS = 0.5
_MAIL_SECONDS = 30.0
_BAR = 40
_ROLES = {"staff": _("Staff"), "supervisor": _("Supervisors"), "hr": _("Personnel officers")}
_TAIL = dt.timedelta(days=122)
"""So much longer than to the end of March late objections are waited for."""


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
    from service.cli.servers import database, reachable
    from service.cli.speaking import say
    from service.configuration.structured_logging import configure_logging
    from service.cycles.creating import scheme_named
    from service.launches.launching import launch_cycle
    from service.rehearsal.cycle import create_rehearsal, usual_driver
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
    book = scheme_named(scheme)
    which = max(decreed_years()) if year is None else year
    name = cycle_name or f"Gladi {which} ({dt.datetime.now().astimezone():%Y-%m-%d %H:%M:%S})"
    async with database(settings) as engine:
        owner = await _the_cast(engine, agency, people)
        try:
            cycle = await create_rehearsal(
                engine,
                agency=owner,
                name=name,
                year=which,
                book=book,
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
        async with usual_driver(engine, cycle.id, settings.public_address, signer) as driver:
            await _watched(engine, cycle, driver)
            await _mail_out(engine, cycle)
            sound = await _summed_up(engine, cycle, driver)
    if not sound:
        raise CommandFailed(_("The rehearsal found faults; they are listed above."))


async def _the_cast(database: "AsyncEngine", agency: str | None, people: int | None) -> "uuid.UUID":
    """The agency that is to rehearse: an invented one, or one that has no real appraisals."""
    from service.cli.finding import the_agency
    from service.cli.problems import CommandFailed
    from service.rehearsal.agency import invent_agency
    from store.cycle.rehearsing import has_real_cycles, scripted_people

    if people is not None:
        return await invent_agency(database, agency or f"Kota Gladi {people}", people)
    async with database.connect() as connection:
        owner = await the_agency(connection, agency)
        if await has_real_cycles(connection, owner.id):
            raise CommandFailed(
                _(
                    "{agency} has real cycles, and a rehearsal changes who rates whom; import its roster "
                    "under another name with `kinerja import-roster --agency`, or use --people."
                ),
                agency=owner.name,
            )
        if not any(person.hr for person in await scripted_people(connection, owner.id)):
            raise CommandFailed(
                _("{agency} has no personnel officer; appoint one with `kinerja role grant hr`."),
                agency=owner.name,
            )
    return owner.id


async def _watched(database: "AsyncEngine", cycle: "RehearsedCycle", driver: "Driver") -> None:
    """Lets the people act until their year is over, and shows how it goes."""
    from rich.live import Live

    from service.cli.speaking import err
    from service.rehearsal.cycle import year_ends

    end = year_ends(cycle.year) + _TAIL

    def is_over() -> bool:
        return driver.all_closed or driver.business_now >= end

    acting = asyncio.create_task(driver.run(is_over))
    with Live(console=err(), auto_refresh=False, transient=True) as live:
        while not acting.done():
            await asyncio.wait((acting,), timeout=_LOOK_SECONDS)
            async with database.connect() as connection:
                live.update(await _picture(connection, cycle, driver), refresh=True)
    acting.result()


async def _mail_out(database: "AsyncEngine", cycle: "RehearsedCycle") -> None:
    """Waits until the relay has sent what is written, so that the summary is not ahead of it."""
    from service.cli.speaking import err, spoken
    from store.cycle.outcomes import notices_waiting

    loop = asyncio.get_running_loop()
    given_up_at = loop.time() + _MAIL_SECONDS
    with err().status(spoken(_("The last messages go out ..."))):
        while loop.time() < given_up_at:
            async with database.connect() as connection:
                if await notices_waiting(connection, cycle.id) == 0:
                    return
            await asyncio.sleep(_LOOK_SECONDS)


async def _picture(connection: "AsyncConnection", cycle: "RehearsedCycle", driver: "Driver") -> "Table":
    from rich.table import Table

    from service.cli.speaking import LOCALE, spoken
    from service.wording import STAGES
    from states.stages import Stage
    from store.cycle.outcomes import messages_sent
    from store.cycle.repository import stage_counts
    from translations import format_date

    counts = {count.stage: count.appraisals for count in await stage_counts(connection, cycle.id)}
    largest = max(counts.values(), default=1)
    table = Table(
        title=format_date(driver.business_now.astimezone().date(), LOCALE.get()),
        caption=spoken(
            _("{acted} actions, {refused} refused, {sent} messages sent"),
            acted=driver.doings.acted.total(),
            refused=driver.doings.refused.total(),
            sent=await messages_sent(connection, cycle.id),
        ),
        show_header=False,
        box=None,
        title_justify="left",
        caption_justify="left",
    )
    for stage in Stage:
        number = counts.get(stage, 0)
        table.add_row(spoken(STAGES[stage]), str(number), "█" * round(_BAR * number / largest))
    return table


async def _summed_up(database: "AsyncEngine", cycle: "RehearsedCycle", driver: "Driver") -> bool:
    """Prints what came of the year; whether all that is open waits on somebody and the record is whole."""
    from service.audit.verifying import first_break
    from service.cli.speaking import LOCALE, out, say, show_table, spoken
    from store.appraisal.auditing import Scope, audited
    from store.cycle import outcomes

    async with database.connect() as connection:
        ended = await outcomes.outcomes(connection, cycle.id)
        deadlines = await outcomes.deadline_counts(connection, cycle.id)
        notices = await outcomes.notice_counts(connection, cycle.id)
        messages = await outcomes.messages(connection, cycle.id)
        days = await outcomes.daily_messages(connection, cycle.id)
        waiting = await outcomes.open_cases(connection, cycle.id, dt.datetime.now(dt.UTC))
    show_table(
        spoken(_("Outcomes")),
        (spoken(_("Outcome")), spoken(_("Appraisals"))),
        [(_ended_how(what), number) for what, number in ended],
    )
    show_table(
        spoken(_("Deadlines")),
        (spoken(_("Rule")), spoken(_("Begun")), spoken(_("Lapsed"))),
        [(each.rule, each.begun, each.lapsed) for each in deadlines],
    )
    show_table(
        spoken(_("Notices")),
        (
            spoken(_("Kind")),
            spoken(_("Rung")),
            *(spoken(each) for each in (_("Written"), _("Sent"), _("Dropped"))),
        ),
        [(each.template, each.rung, each.written, each.sent, each.cancelled) for each in notices],
    )
    say(
        _("{sent} messages to {people} people: {median} for one in the middle, {most} at most."),
        sent=messages.sent,
        people=messages.people,
        median=messages.median,
        most=messages.most,
    )
    show_table(
        spoken(_("Messages a day")),
        (
            spoken(_("Role")),
            *(
                spoken(each)
                for each in (
                    _("People"),
                    _("Messages"),
                    _("Median a day"),
                    _("Most a day"),
                    _("Most notices a day"),
                )
            ),
        ),
        [
            (spoken(_ROLES[each.role]), each.people, each.messages, each.median, each.most, each.most_notices)
            for each in days
        ],
    )
    show_table(
        spoken(_("What people did")),
        (spoken(_("Action")), spoken(_("Times"))),
        [*_by_name(driver.doings.acted), *driver.doings.refused.most_common()],
    )
    if waiting:
        show_table(
            spoken(_("Not closed")),
            (spoken(_("Employee")), spoken(_("Stage")), spoken(_("Why")), "id"),
            [(each.employee, _ended_how(each.stage), _why(each, driver), each.appraisal) for each in waiting],
        )
    broken = 0
    async for record in audited(database, Scope(cycle=str(cycle.id))):
        found = first_break(record)
        if found is not None:
            broken += 1
            out().print(f"{found.appraisal}: {found.describe(LOCALE.get())} [{found.kind}]")
    say(
        _("{broken} of {count} records are broken."),
        broken=broken,
        count=sum(number for _what, number in ended),
    )
    return broken == 0 and all(each.awaited for each in waiting)


def _why(case: Any, driver: "Driver") -> str:
    from service.cli.speaking import LOCALE, spoken
    from service.wording import capacity_name

    if not case.awaited:
        return spoken(_("waits on nobody"))
    refused = driver.doings.given_up.get(case.appraisal)
    if refused is not None:
        return spoken(_("the next action is refused: {code}"), code=refused)
    holder = capacity_name(case.holder, LOCALE.get())
    return spoken(_("waits on {holder}, due {day}"), holder=holder, day=case.due_on or "-")


def _ended_how(what: str) -> str:
    from service.cli.speaking import LOCALE
    from service.wording import outcome_name, stage_name
    from states.triggers import Outcome

    outcome = outcome_name(what, LOCALE.get()) if what in set(Outcome) else None
    return outcome or stage_name(what, LOCALE.get())


def _by_name(acted: Any) -> list[tuple[str, int]]:
    from service.cli.speaking import LOCALE
    from service.wording import trigger_name

    return [(trigger_name(trigger, LOCALE.get()), number) for trigger, number in acted.most_common()]
