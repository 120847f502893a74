import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import uuid

    from temporalio.client import Client

Cycle = Annotated[str | None, typer.Argument(help="Name or id of the cycle, if there are several.")]
Agency = Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")]


def pause(cycle: Cycle = None, agency: Agency = None) -> None:
    """Pause the launch of a cycle: within two seconds nobody further is started.

    Example: kinerja cycle pause "SKP 2027"
    """
    from service.launches.launching import pause_launch
    from translations import mark as _

    asyncio.run(
        _steer(cycle, agency, pause_launch, _("The launch of {name} is paused: {seen} of {total} seen."))
    )


def resume(cycle: Cycle = None, agency: Agency = None) -> None:
    """Let a paused launch go on.

    Example: kinerja cycle resume "SKP 2027"
    """
    from service.launches.launching import resume_launch
    from translations import mark as _

    asyncio.run(
        _steer(cycle, agency, resume_launch, _("The launch of {name} goes on: {seen} of {total} seen."))
    )


async def _steer(
    cycle: str | None,
    agency: str | None,
    steer: "Callable[[Client, uuid.UUID], Awaitable[dict[str, Any]]]",
    done: str,
) -> None:
    from service.cli.finding import the_cycle
    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database, reachable
    from service.cli.speaking import say
    from service.launches.launching import NoLaunchRuns
    from service.temporal.reaching import client_for
    from translations import mark as _

    settings = reachable("database_url", "temporal_address")
    async with open_database(settings) as database, database.connect() as connection:
        line = await the_cycle(connection, cycle, agency)
    try:
        told = await steer(await client_for(settings), line.id)
    except NoLaunchRuns as none:
        raise CommandFailed(_("No launch of this cycle runs at present. Start one first.")) from none
    except TimeoutError as silent:
        raise CommandFailed(
            _("The launch does not answer: check that a worker of the queue appraisal runs, and try again.")
        ) from silent
    total = "?" if told["total"] is None else told["total"]
    say(done, name=line.name, seen=told["seen"], total=total)
