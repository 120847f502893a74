import asyncio
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID
    from temporalio.client import WorkflowHandle

_LOOK_SECONDS = 0.5


def launch(
    cycle: Annotated[
        str | None, typer.Argument(help="Name or id of the cycle, if there are several.")
    ] = None,
    agency: Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")] = None,
    detach: Annotated[bool, typer.Option("--detach", help="Return at once; the launch goes on.")] = False,
) -> None:
    """Launch a cycle: everybody of the agency who is to be appraised gets an appraisal.

    Repeat it for people who came later or could not be started; nobody is ever started twice.

    Example: kinerja cycle launch "SKP 2027"
    """
    asyncio.run(_launch(cycle, agency, detach))


async def _launch(cycle: str | None, agency: str | None, detach: bool) -> None:
    from service.cli.finding import the_cycle
    from service.cli.problems import CommandFailed
    from service.cli.servers import database, reachable
    from service.cli.speaking import progress_bar, say, spoken
    from service.cycles import launch_cycle
    from service.engine.reaching import client_for
    from translations import mark as _

    settings = reachable("database_url", "temporal_address")
    async with database(settings) as engine, engine.connect() as connection:
        line = await the_cycle(connection, cycle, agency)
    handle = await launch_cycle(await client_for(settings), line.id)
    if detach:
        say(
            _("The launch of {name} runs as {id}; the same command without --detach shows it."),
            name=line.name,
            id=handle.id,
        )
        return
    with progress_bar() as progress:
        bar = progress.add_task(spoken(_("Launching {name}"), name=line.name), total=None)
        result = await _followed(handle, progress, bar)
    _show(line.name, result)
    if result["failed"]:
        raise CommandFailed(
            _("{count} appraisals could not be started; launch the cycle again for them."),
            count=result["failed"],
        )


async def _followed(
    handle: "WorkflowHandle[Any, Any]", progress: "Progress", bar: "TaskID"
) -> dict[str, Any]:
    from temporalio.client import WorkflowFailureError, WorkflowQueryFailedError
    from temporalio.service import RPCError

    from service.cli.problems import CommandFailed
    from translations import mark as _

    ending = asyncio.create_task(handle.result())
    while not ending.done():
        try:
            seen = await handle.query("progress")
            progress.update(bar, completed=seen["seen"], total=seen["total"])
        except (RPCError, WorkflowQueryFailedError):
            # No worker has taken the launch up yet, or none runs now: it goes on once one does.
            progress.update(bar, total=None)
        await asyncio.wait((ending,), timeout=_LOOK_SECONDS)
    try:
        result: dict[str, Any] = ending.result()
    except WorkflowFailureError as error:
        raise CommandFailed(_("The launch failed: {reason}."), reason=error.cause) from error
    return result


def _show(name: str, result: dict[str, Any]) -> None:
    from service.cli.speaking import show_table, spoken
    from store.cycle.launching import SkipReason
    from translations import mark as _

    reasons = {
        SkipReason.UNPAID_LEAVE: _("Skipped: unpaid leave (PP 30/2019 art 23)"),
        SkipReason.SUSPENDED: _("Skipped: suspended from service (PP 30/2019 art 23)"),
        SkipReason.STATE_OFFICIAL: _("Skipped: state official (PP 30/2019 art 23)"),
        SkipReason.PRE_RETIREMENT: _("Skipped: pre-retirement period (PP 30/2019 art 23)"),
        SkipReason.LEFT_SERVICE: _("Skipped: no longer in service"),
        SkipReason.NO_RATER: _("Skipped: no rater; add the superior to the roster"),
    }
    rows: list[tuple[object, ...]] = [
        (spoken(_("Started")), result["started"]),
        (spoken(_("Ran already")), result["already"]),
        *(
            (spoken(reasons[SkipReason(reason)]), count)
            for reason, count in sorted(result["skipped"].items())
        ),
        (spoken(_("Failed")), result["failed"]),
    ]
    show_table(spoken(_("Launch of {name}"), name=name), ("", spoken(_("People"))), rows)
