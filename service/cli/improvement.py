"""Commands about times to improve after a poor result."""

import asyncio
import datetime as dt
import uuid
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from service.improvements.schemas import ImprovementDetail

SHOWN = 100
"""The number of times to improve that the screen lists, those that end first."""

_As = Annotated[str, typer.Option("--as", help="NIP of the personnel officer in whose name it is done.")]
_Agency = Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")]


def list_improvements(
    by: _As,
    agency: _Agency = None,
    closed: Annotated[bool, typer.Option("--closed", help="Those whose outcome is on record.")] = False,
) -> None:
    """List the times to improve after poor results, those that end first before the others.

    Example: kinerja improvement list --as 197209292000012901
    """
    asyncio.run(_list(by, agency, closed=closed))


def record(
    improvement: Annotated[
        uuid.UUID, typer.Argument(help="The time to improve, or its appraisal, by its id.")
    ],
    by: _As,
    held_on: Annotated[dt.datetime, typer.Option(formats=["%Y-%m-%d"], help="Day of the competency test.")],
    passed: Annotated[bool, typer.Option("--passed/--failed", help="Whether the employee has passed it.")],
    note: Annotated[str, typer.Option(help="What is to be noted of it.")] = "",
    letter: Annotated[str, typer.Option(help="Number of the letter or of the minutes.")] = "",
    agency: _Agency = None,
    key: Annotated[
        str | None, typer.Option(help="Repeat a command that got no answer with the key that it printed.")
    ] = None,
) -> None:
    """Put the outcome of the competency test after a time to improve on record.

    Example: kinerja improvement test 0190f0e6-0000-7000-8000-000000000001 --as 197209292000012901
    --held-on 2027-09-15 --failed --letter 800.1.11/214/BKPSDM/2027
    """
    asyncio.run(_test(improvement, by, held_on.date(), passed, note, letter, agency, key))


async def _list(by: str, agency: str | None, *, closed: bool) -> None:
    from service.accounts.tokens import Identity
    from service.cli.finding import the_person
    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database
    from service.cli.speaking import LOCALE, say, show_table, spoken
    from service.improvements.reading import improvements
    from service.problems import Problem
    from store.improvement.reading import Wanted
    from translations import mark as _

    wanted = Wanted.CLOSED if closed else Wanted.OPEN
    async with open_database() as database, database.connect() as connection:
        person = await the_person(connection, nip=by, email=None, agency=agency)
        identity = Identity(person.id, person.agency_id)
        try:
            page = await improvements(
                connection, identity, LOCALE.get(), wanted=wanted, cursor=None, limit=SHOWN
            )
        except Problem as problem:
            raise CommandFailed(problem.message, **problem.parameters) from problem
    if not page.items:
        say(_("There is no time to improve."))
        return
    show_table(
        spoken(_("Times to improve")),
        (
            spoken(_("Name")),
            spoken(_("Unit")),
            spoken(_("Cycle")),
            spoken(_("From")),
            spoken(_("Until")),
            spoken(_("State")),
            "id",
        ),
        [
            (each.employee, each.unit, each.cycle, each.starts_on, each.ends_on, _standing(each), each.id)
            for each in page.items
        ],
    )
    if page.next is not None:
        say(_("Only the first {count} are listed."), count=SHOWN)


def _standing(improvement: "ImprovementDetail") -> str:
    if improvement.outcome is None:
        return improvement.state_name
    return f"{improvement.state_name}: {improvement.outcome.kind_name}"


async def _test(
    improvement: uuid.UUID,
    by: str,
    held_on: dt.date,
    passed: bool,
    note: str,
    letter: str,
    agency: str | None,
    key: str | None,
) -> None:
    from pydantic import ValidationError

    from service.accounts.tokens import Identity
    from service.cli.finding import the_person
    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database
    from service.cli.speaking import LOCALE, say
    from service.idempotency import checked_key
    from service.improvements.recording import record_test
    from service.improvements.schemas import NewTest
    from service.problems import Invalid, Problem
    from store.improvement.reading import improvement_of
    from translations import mark as _

    try:
        body = NewTest(held_on=held_on, passed=passed, note=note, letter=letter)
    except ValidationError as error:
        raise CommandFailed(_("The note may have 2000 characters, the letter 200.")) from error
    used = key or uuid.uuid4().hex
    async with open_database() as database:
        async with database.connect() as connection:
            person = await the_person(connection, nip=by, email=None, agency=agency)
            found = await improvement_of(connection, improvement, person.agency_id)
        identity = Identity(person.id, person.agency_id)
        try:
            done = await record_test(
                database,
                identity,
                improvement if found is None else found.id,
                checked_key(used),
                body,
                LOCALE.get(),
            )
        except Invalid as refused:
            (first, *_others) = refused.errors
            said = {name: str(value) for name, value in (first.parameters or {}).items()}
            raise CommandFailed(first.message, **said) from refused
        except Problem as problem:
            raise CommandFailed(problem.message, **problem.parameters) from problem
    say(
        _("{name}: on record as revision {number} (key {key})."),
        name=done.employee,
        number=done.outcome.revision if done.outcome else 0,
        key=used,
    )
    if done.leads_to is not None:
        say(_("What may follow: {words}"), words=done.leads_to)
