import asyncio
import uuid
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from service.accounts.tokens import Identity
    from service.operations.operations import Operations

Change = Annotated[
    uuid.UUID, typer.Argument(help="Number of the operation, as `kinerja change list` shows it.")
]


def pause(change: Change) -> None:
    """Let an operation touch nothing further once its present batch is done.

    Example: kinerja change pause 5a1b7c5e-2a7c-4c39-9c1a-3b9a6f1a0e11
    """
    asyncio.run(_steer(change, lambda operations: operations.pause))


def resume(change: Change) -> None:
    """Let a paused operation go on.

    Example: kinerja change resume 5a1b7c5e-2a7c-4c39-9c1a-3b9a6f1a0e11
    """
    asyncio.run(_steer(change, lambda operations: operations.resume))


def withdraw(change: Change) -> None:
    """Take back a change whose day has not come.

    Example: kinerja change withdraw 5a1b7c5e-2a7c-4c39-9c1a-3b9a6f1a0e11
    """
    asyncio.run(_steer(change, lambda operations: operations.withdraw))


def rerun(change: Change) -> None:
    """Try once more what was refused or failed.

    Example: kinerja change rerun 5a1b7c5e-2a7c-4c39-9c1a-3b9a6f1a0e11
    """
    asyncio.run(_steer(change, lambda operations: operations.rerun))


async def _steer(
    change: uuid.UUID,
    step: "Callable[[Operations], Callable[[Identity, uuid.UUID], Awaitable[None]]]",
) -> None:
    from service.accounts.tokens import Identity
    from service.cli.change_printing import print_operation
    from service.cli.change_refusals import explained
    from service.cli.finding import the_operation
    from service.cli.servers import open_database, reachable
    from service.operations.operations import Operations
    from service.temporal.reaching import client_for

    settings = reachable("database_url", "temporal_address")
    async with open_database(settings) as database:
        async with database.connect() as connection:
            found = await the_operation(connection, change)
        operations = Operations(database, await client_for(settings))
        # An operator at this machine steers the operations of others in their name.
        identity = Identity(found.requested_by, found.agency_id)
        with explained():
            await step(operations)(identity, change)
        await print_operation(database, await operations.operation(identity, change))
