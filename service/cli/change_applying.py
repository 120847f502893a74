import asyncio
import datetime as dt
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine
    from temporalio.client import Client

    from service.accounts.tokens import Identity
    from service.configuration.settings import Settings
    from service.operations.change_file import ChangeFile
    from service.operations.operations import Operations
    from states.changes import Change
    from store.operation.repository import Operation

File = Annotated[
    Path,
    typer.Argument(
        exists=True, dir_okay=False, help="The change, YAML or JSON; people by NIP, units by code."
    ),
]
By = Annotated[str, typer.Option("--as", help="NIP of the personnel officer who requests it.")]
Agency = Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")]


def preview(file: File, by: By, agency: Agency = None) -> None:
    """Show what a change of the organisation or of the rules, or an extension, would do; nothing is changed.

    Example: kinerja change preview cuti.yaml --as 198701282012081988
    """
    asyncio.run(_preview(file, by, agency))


def apply(
    file: File,
    by: By,
    agency: Agency = None,
    key: Annotated[
        str | None, typer.Option(help="The same key again requests nothing twice; a new one if left out.")
    ] = None,
    detach: Annotated[bool, typer.Option("--detach", help="Return at once; the operation goes on.")] = False,
) -> None:
    """Have a change of the organisation or of the rules, or an extension, carried out, appraisal by appraisal.

    Example: kinerja change apply cuti.yaml --as 198701282012081988 --key cuti-2027-14
    """
    asyncio.run(_apply(file, by, agency, key or uuid.uuid4().hex, detach))


async def _preview(file: Path, by: str, agency: str | None) -> None:
    from service.cli.change_printing import print_preview
    from service.cli.change_refusals import explained
    from service.cli.servers import open_database, reachable
    from service.cli.speaking import LOCALE
    from service.operations.change_file import read_change_file
    from service.operations.operations import Operations
    from service.operations.showing import shown_preview

    written = read_change_file(file)
    settings = reachable("database_url", "temporal_address")
    async with open_database(settings) as database:
        identity, change = await _requested(database, written, by, agency)
        with explained(written):
            found = await Operations(database, await _client(settings)).preview(identity, change)
    print_preview(shown_preview(change, found, LOCALE.get()))


async def _apply(file: Path, by: str, agency: str | None, key: str, detach: bool) -> None:
    from service.cli.change_printing import print_operation
    from service.cli.change_refusals import explained
    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database, reachable
    from service.cli.speaking import say
    from service.idempotency import checked_key
    from service.operations.change_file import read_change_file
    from service.operations.operations import Operations
    from translations import mark as _

    written = read_change_file(file)
    settings = reachable("database_url", "temporal_address")
    async with open_database(settings) as database:
        identity, change = await _requested(database, written, by, agency)
        operations = Operations(database, await _client(settings))
        with explained(written, key=key):
            operation = await operations.request(identity, checked_key(key), change)
        if not detach:
            operation = await _followed(database, operations, identity, operation)
        undone = await print_operation(database, operation)
    say(_("The order goes by the number {id}."), id=operation.id)
    if operation.state == "refused":
        raise CommandFailed(_("The order was refused; nothing was changed."))
    if undone:
        raise CommandFailed(
            _("{count} appraisals were left out; see why: kinerja change show {id} --outcome refused"),
            count=undone,
            id=operation.id,
        )


async def _client(settings: "Settings") -> "Client":
    from service.temporal.reaching import client_for

    return await client_for(settings, lazy=True)


async def _requested(
    database: "AsyncEngine", written: "ChangeFile", by: str, agency: str | None
) -> "tuple[Identity, Change]":
    """The person who requests the change, and the change in the file with the agency's ids."""
    from service.accounts.tokens import Identity
    from service.cli.finding import the_person
    from service.operations.change_file import change_in

    async with database.connect() as connection:
        person = await the_person(connection, nip=by, email=None, agency=agency)
        change = await change_in(connection, person.agency_id, written, dt.datetime.now(dt.UTC))
    return Identity(person.id, person.agency_id), change


async def _followed(
    database: "AsyncEngine", operations: "Operations", identity: "Identity", operation: "Operation"
) -> "Operation":
    """The operation once none of its items is pending, or as soon as it is clear that it waits for its day."""
    from service.cli.speaking import LOCALE, progress_bar
    from service.operations.following import courses
    from service.operations.wording import change_name

    with progress_bar() as progress:
        bar = progress.add_task(change_name(operation.kind, LOCALE.get()), total=None)
        async for course in courses(database, operations, identity, operation):
            progress.update(bar, total=course.items or None, completed=course.items - course.pending)
            operation = course.operation
    return operation
