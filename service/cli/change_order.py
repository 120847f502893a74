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
    from service.operations.order_file import OrderFile
    from service.operations.ordering import Operations
    from states.changes import Change
    from store.operation.repository import Operation

_LOOK_SECONDS = 0.5

File = Annotated[
    Path,
    typer.Argument(
        exists=True, dir_okay=False, help="The order, YAML or JSON; people by NIP, units by code."
    ),
]
By = Annotated[str, typer.Option("--as", help="NIP of the personnel officer who orders it.")]
Agency = Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")]


def preview(file: File, by: By, agency: Agency = None) -> None:
    """Show what a change of the organisation, or an extension, would do; nothing is changed.

    Example: kinerja change preview cuti.yaml --as 198701282012081988
    """
    asyncio.run(_preview(file, by, agency))


def apply(
    file: File,
    by: By,
    agency: Agency = None,
    key: Annotated[
        str | None, typer.Option(help="The same key again orders nothing twice; a new one if left out.")
    ] = None,
    detach: Annotated[bool, typer.Option("--detach", help="Return at once; the order goes on.")] = False,
) -> None:
    """Order a change of the organisation, or an extension, and follow it appraisal by appraisal.

    Example: kinerja change apply cuti.yaml --as 198701282012081988 --key cuti-2027-14
    """
    asyncio.run(_apply(file, by, agency, key or uuid.uuid4().hex, detach))


async def _preview(file: Path, by: str, agency: str | None) -> None:
    from service.cli.change_printing import print_preview
    from service.cli.change_refusals import explained
    from service.cli.servers import database, reachable
    from service.operations.order_file import read_order
    from service.operations.ordering import Operations

    written = read_order(file)
    settings = reachable("database_url", "temporal_address")
    async with database(settings) as engine:
        identity, change = await _ordered(engine, written, by, agency)
        with explained(written):
            found = await Operations(engine, await _client(settings)).preview(identity, change)
    print_preview(change, found)


async def _apply(file: Path, by: str, agency: str | None, key: str, detach: bool) -> None:
    from service.cli.change_printing import print_operation
    from service.cli.change_refusals import explained
    from service.cli.problems import CommandFailed
    from service.cli.servers import database, reachable
    from service.cli.speaking import say
    from service.operations.order_file import read_order
    from service.operations.ordering import Operations
    from translations import mark as _

    written = read_order(file)
    settings = reachable("database_url", "temporal_address")
    async with database(settings) as engine:
        identity, change = await _ordered(engine, written, by, agency)
        operations = Operations(engine, await _client(settings))
        with explained(written, key=key):
            ordered = await operations.order(identity, _checked(key), change)
        if not detach:
            ordered = await _followed(engine, operations, identity, ordered)
        undone = await print_operation(engine, ordered)
    say(_("The order goes by the number {id}."), id=ordered.id)
    if ordered.state == "refused":
        raise CommandFailed(_("The order was refused; nothing was changed."))
    if undone:
        raise CommandFailed(
            _("{count} appraisals were left out; see why: kinerja change show {id} --outcome refused"),
            count=undone,
            id=ordered.id,
        )


def _checked(key: str) -> str:
    from service.idempotency import checked_key

    return checked_key(key)


async def _client(settings: "Settings") -> "Client":
    from service.temporal.reaching import client_for

    return await client_for(settings, lazy=True)


async def _ordered(
    database: "AsyncEngine", written: "OrderFile", by: str, agency: str | None
) -> "tuple[Identity, Change]":
    """Who orders, and what the file says with the ids of the agency."""
    from service.accounts.tokens import Identity
    from service.cli.finding import the_person
    from service.operations.order_file import order_in

    async with database.connect() as connection:
        person = await the_person(connection, nip=by, email=None, agency=agency)
        change = await order_in(connection, person.agency_id, written, dt.datetime.now(dt.UTC))
    return Identity(person.id, person.agency_id), change


async def _followed(
    database: "AsyncEngine", operations: "Operations", identity: "Identity", ordered: "Operation"
) -> "Operation":
    """The operation once nothing of it is pending, or as soon as it turns out to wait for its day."""
    from service.cli.speaking import LOCALE, progress_bar
    from service.operations.wording import change_name
    from store.operation import repository
    from store.operation.moments import agency_time

    now = dt.datetime.now(dt.UTC)
    async with database.connect() as connection:
        time = await agency_time(connection, identity.agency, now)
    waits = ordered.effective_at > time.moment(now)
    with progress_bar() as progress:
        bar = progress.add_task(change_name(ordered.kind, LOCALE.get()), total=None)
        while True:
            # Counted after the state is read: items are there as soon as the order has taken effect.
            found = await operations.operation(identity, ordered.id)
            async with database.connect() as connection:
                counts = await repository.counts(connection, ordered.id)
            total, pending = sum(counts.values()), counts.get("pending", 0)
            progress.update(bar, total=total or None, completed=total - pending)
            if found.state not in ("waiting", "running") or (found.applied_at is not None and not pending):
                return found
            if waits and found.state == "waiting":
                return found
            await asyncio.sleep(_LOOK_SECONDS)
