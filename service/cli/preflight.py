import asyncio
import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import uuid

    from sqlalchemy.ext.asyncio import AsyncConnection

    from store.cycle.causes import Cause
    from store.cycle.preflight import Look
    from store.cycle.selection import Selection

SHOWN = 50
"""The number of findings that the screen lists; a file lists all."""


def preflight(
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
    span: Annotated[
        int, typer.Option(help="More people than this are too many for one rater.", min=1, max=10_000)
    ] = 50,
    cause: Annotated[
        str | None, typer.Option(help="Only this cause, with the people; for example no_rater.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(dir_okay=False, help="File to write: .csv, .xlsx or .json; it holds names.")
    ] = None,
) -> None:
    """Show what a launch of a cycle would come to, and what to mend before anybody is bothered.

    Nothing is changed, and the exit code is 0 whatever is found.

    Example: kinerja preflight "SKP 2027" --unit 7.01 --output periksa.xlsx
    """
    from service.preflight.report import ReportKind
    from store.cycle.causes import CAUSES

    known = {str(each): each for each in CAUSES}
    if cause is not None and cause not in known:
        raise typer.BadParameter(f"'{cause}' is none of {', '.join(known)}.", param_hint="--cause")
    kinds = [f".{kind}" for kind in ReportKind]
    if output is not None and output.suffix.lower() not in kinds:
        raise typer.BadParameter(
            f"'{output}' must end with one of {', '.join(kinds)}.", param_hint="--output"
        )
    asked = {"employment": employment or [], "post_kinds": post_kind or [], "echelons": echelon or []}
    wanted = known[cause] if cause else None
    asyncio.run(_preflight(cycle, agency, unit or [], asked, span, wanted, output))


async def _preflight(
    cycle: str | None,
    agency: str | None,
    codes: list[str],
    asked: dict[str, Any],
    span: int,
    cause: "Cause | None",
    output: Path | None,
) -> None:
    from service.cli.finding import the_cycle
    from service.cli.servers import open_database
    from service.preflight.looking import look_at

    async with open_database() as database, database.connect() as connection:
        line = await the_cycle(connection, cycle, agency)
        who = await _selection(connection, line.id, codes, asked)
        look = await look_at(connection, line.id, dt.datetime.now(dt.UTC), span=span, who=who)
        if cause is None:
            await _summarise(connection, look, line.name)
        elif output is None:
            await _list(connection, look, cause)
        if output is not None:
            await _write(connection, look, cause, output)


async def _selection(
    connection: "AsyncConnection", cycle: "uuid.UUID", codes: list[str], asked: dict[str, Any]
) -> "Selection":
    from pydantic import ValidationError

    from service.cli.problems import CommandFailed
    from service.launches.selecting import UnitCodesUnknown, chosen_by_codes
    from translations import mark as _

    try:
        chosen = await chosen_by_codes(connection, cycle, codes, asked)
    except UnitCodesUnknown as unknown:
        raise CommandFailed(
            _("The agency has no unit with the code {codes}."), codes=", ".join(unknown.codes)
        ) from unknown
    except ValidationError as error:
        found = error.errors(include_url=False)[0]
        raise typer.BadParameter(
            f"'{found['input']}': {found['msg']}.",
            param_hint=f"--{str(found['loc'][0]).replace('_', '-').rstrip('s')}",
        ) from error
    return chosen.selection()


async def _summarise(connection: "AsyncConnection", look: "Look", name: str) -> None:
    from service.cli.speaking import LOCALE, out, say, show_table, spoken
    from service.preflight.reading import summary_of
    from translations import mark as _

    found = await summary_of(connection, look, LOCALE.get())
    say(
        _(
            "{people} people: {ready} would be started, {running} run already, {exempt} are exempt, "
            "{not_in_service} are not in service, {blocked} would be skipped."
        ),
        people=found.people,
        ready=found.ready,
        running=found.running,
        exempt=found.exempt,
        not_in_service=found.not_in_service,
        blocked=found.blocked,
    )
    if found.provisional_in_words:
        say(_("Due days are {provisional}."), provisional=found.provisional_in_words)
    rows: list[tuple[object, ...]] = [
        (each.count, each.people, each.severity_name, each.code, each.fixer_name) for each in found.causes
    ]
    if rows:
        show_table(
            spoken(_("Before the launch of {name}"), name=name),
            (
                spoken(_("Found")),
                spoken(_("Appraisals concerned")),
                spoken(_("Effect")),
                spoken(_("Cause")),
                spoken(_("Who")),
            ),
            rows,
        )
    # Sentences do not fit beside numbers on a terminal of eighty columns.
    for each in found.causes:
        out().print(f"{each.code}: {each.wrong} {each.remedy}")


async def _list(connection: "AsyncConnection", look: "Look", cause: "Cause") -> None:
    from service.cli.speaking import LOCALE, say, show_table
    from service.preflight.rows import HEADINGS, Lines, headings
    from service.preflight.wording import explain
    from store.cycle.preflight import findings
    from translations import mark as _

    locale = LOCALE.get()
    found = await findings(connection, look, cause, after=None, limit=SHOWN + 1)
    if not found:
        say(_("Nothing of this kind was found."))
        return
    explained = explain(cause, locale, span=look.span)
    keys = ("name", "nip_masked", "unit_code", "unit", "rater", "stand_in", "people")
    columns = [list(HEADINGS).index(key) for key in keys]
    show_table(
        f"{explained.wrong} {explained.remedy} ({explained.fixer_name})",
        tuple(headings(locale)[column] for column in columns),
        [tuple(line[column] for column in columns) for line in Lines(locale, look.span).of(found[:SHOWN])],
    )
    if len(found) > SHOWN:
        say(_("There are more; --output writes all of them to a file."))


async def _write(connection: "AsyncConnection", look: "Look", cause: "Cause | None", output: Path) -> None:
    from service.cli.speaking import LOCALE, say
    from service.preflight.report import ReportKind, write_report
    from store.cycle.causes import CAUSES
    from store.cycle.preflight import every_finding
    from translations import mark as _

    # The file holds names, so only its owner may read it; an earlier file of this name loses wider rights.
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, 0o600)
        pages = every_finding(connection, look, CAUSES if cause is None else (cause,))
        kind = ReportKind(output.suffix.lower().removeprefix("."))
        count = await write_report(file, kind, pages, LOCALE.get(), span=look.span)
    say(_("{count} findings are written to {file}."), count=count, file=output)
