import asyncio
import uuid
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID
    from sqlalchemy.ext.asyncio import AsyncConnection
    from temporalio.client import WorkflowHandle

    from service.launches.request import NewLaunch
    from store.cycle.keeping import CycleLine


def launch(
    cycle: Annotated[
        str | None, typer.Argument(help="Name or id of the cycle, if there are several.")
    ] = None,
    agency: Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")] = None,
    unit: Annotated[
        list[str] | None, typer.Option(help="Only this unit, by its code, and all below it; repeatable.")
    ] = None,
    employment: Annotated[
        list[str] | None, typer.Option(help="Only PNS or only PPPK; repeatable.", metavar="PNS|PPPK")
    ] = None,
    post_kind: Annotated[
        list[str] | None, typer.Option(help="Only this kind of post, as in the roster; repeatable.")
    ] = None,
    echelon: Annotated[
        list[str] | None, typer.Option(help="Only this echelon, as in the roster; repeatable.")
    ] = None,
    person: Annotated[
        list[uuid.UUID] | None, typer.Option(help="Only this person, by the id; repeatable.")
    ] = None,
    pace: Annotated[
        int | None,
        typer.Option(help="Appraisals started a second at most (50 if left out); 0 for no limit.", min=0),
    ] = None,
    detach: Annotated[bool, typer.Option("--detach", help="Return at once; the launch goes on.")] = False,
) -> None:
    """Launch a cycle: everybody of the agency who is to be appraised gets an appraisal.

    Repeat it for people who came later, were skipped or could not be started; nobody is ever started twice.

    Example: kinerja cycle launch "SKP 2027" --unit 7.01 --pace 100
    """
    asked: dict[str, Any] = {
        "employment": employment or [],
        "post_kinds": post_kind or [],
        "echelons": echelon or [],
        "people": [str(each) for each in person or []],
    }
    asyncio.run(_launch(cycle, agency, unit or [], asked if pace is None else asked | {"pace": pace}, detach))


async def _launch(
    cycle: str | None, agency: str | None, codes: list[str], asked: dict[str, Any], detach: bool
) -> None:
    from service.cli.finding import the_cycle
    from service.cli.launch_showing import show_outcomes
    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database, reachable
    from service.cli.speaking import complain, progress_bar, say, spoken
    from service.launches.launching import LaunchRunning, launch_cycle
    from service.temporal.reaching import client_for
    from translations import mark as _

    settings = reachable("database_url", "temporal_address")
    async with open_database(settings) as database, database.connect() as connection:
        line = await the_cycle(connection, cycle, agency)
        wanted = await _wanted(connection, line, codes, asked)
    try:
        handle = await launch_cycle(
            await client_for(settings), line.id, who=wanted.selection(), pace=wanted.pace
        )
    except LaunchRunning as running:
        raise CommandFailed(
            _(
                "A launch of this cycle runs already, for others ({who}). Wait for its end, then launch again."
            ),
            who=running.who.describe(),
        ) from running
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
    show_outcomes(line.name, result)
    if result["skipped"]:
        complain(_("Who was skipped, and who has to do what: kinerja cycle results {id}"), id=line.id)
    if result["failed"]:
        raise CommandFailed(
            _("{count} appraisals could not be started; launch the cycle again for them."),
            count=result["failed"],
        )


async def _wanted(
    connection: "AsyncConnection", line: "CycleLine", codes: list[str], asked: dict[str, Any]
) -> "NewLaunch":
    from pydantic import ValidationError

    from service.cli.problems import CommandFailed
    from service.launches.selecting import PeopleUnknown, UnitCodesUnknown, chosen_by_codes
    from translations import mark as _

    try:
        return await chosen_by_codes(connection, line.id, codes, asked)
    except UnitCodesUnknown as unknown:
        raise CommandFailed(
            _("The agency has no unit with the code {codes}."), codes=", ".join(unknown.codes)
        ) from unknown
    except PeopleUnknown as unknown:
        raise CommandFailed(
            _("The agency has nobody with the id {ids}."), ids=", ".join(map(str, unknown.ids))
        ) from unknown
    except ValidationError as error:
        named = "; ".join(f"{found['loc'][0]}: {found['msg']}" for found in error.errors())
        raise CommandFailed(_("This cannot be launched: {reason}."), reason=named) from error


async def _followed(
    handle: "WorkflowHandle[Any, Any]", progress: "Progress", bar: "TaskID"
) -> dict[str, Any]:
    from service.cli.problems import CommandFailed
    from service.launches.following import LaunchFailed, courses
    from translations import mark as _

    result: dict[str, Any] = {}
    try:
        async for course in courses(handle):
            if course.result is None:
                progress.update(bar, completed=course.seen, total=course.total)
            else:
                result = course.result
    except LaunchFailed as failed:
        raise CommandFailed(_("The launch failed: {reason}."), reason=failed) from failed
    return result
