"""Commands about the feedback of the public: the link of a unit with its code to print, and what was answered."""

import asyncio
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from service.accounts.tokens import Identity

_Unit = Annotated[str, typer.Argument(help="Code of the unit.")]
_As = Annotated[str, typer.Option("--as", help="NIP of whoever asks; his rights count.")]
_Agency = Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")]


def link(
    unit: _Unit,
    by: _As,
    agency: _Agency = None,
    opened: Annotated[
        bool | None, typer.Option("--open/--close", help="Whether the form takes answers.")
    ] = None,
    renew: Annotated[
        bool, typer.Option("--renew", help="Let all earlier prints of the link lead nowhere.")
    ] = False,
    qr: Annotated[
        Path | None, typer.Option(dir_okay=False, help="SVG file to write the QR code to, for printing.")
    ] = None,
) -> None:
    """Show the link to the form of a unit, open, close or renew it, and write its QR code.

    Example: kinerja public link DPMPTSP --as 197209292000012901 --open --qr loket.svg
    """
    asyncio.run(_link(unit, by, agency, opened, renew, qr))


def show(unit: _Unit, by: _As, agency: _Agency = None) -> None:
    """Show what the public says of a unit, by period.

    Example: kinerja public show DPMPTSP --as 197209292000012901
    """
    asyncio.run(_show(unit, by, agency))


async def _link(
    code: str, by: str, agency: str | None, opened: bool | None, renew: bool, qr: Path | None
) -> None:
    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database, reachable
    from service.cli.speaking import say
    from service.problems import Problem
    from service.public_feedback.linking import Linking
    from service.public_feedback.qr import qr_svg
    from service.public_feedback.schemas import NewPublicLink
    from service.public_feedback.sealing import PublicSeals
    from translations import mark as _

    settings = reachable("database_url")
    seals = PublicSeals(settings.token_secret())
    async with open_database(settings) as database:
        linking = Linking(database, seals, settings.public_address)
        async with database.connect() as connection:
            identity, unit = await _found(connection, code, by, agency)
        try:
            async with database.connect() as connection:
                found = None if opened is not None else await linking.of(connection, identity, unit)
            if found is None or renew:
                wanted = NewPublicLink(
                    open=opened if found is None and opened is not None else bool(found and found.open),
                    renew=renew,
                )
                found = await linking.change(identity, unit, f"cli/{uuid.uuid4().hex}", wanted)
        except Problem as problem:
            raise CommandFailed(problem.message, **problem.parameters) from problem
    if found.url is None:
        raise CommandFailed(_("The unit has no link yet; make one with --open."))
    say(
        _("{unit}: the form is open") if found.open else _("{unit}: the form is closed"),
        unit=found.unit,
    )
    say("{url}", url=found.url)
    picture = qr_svg(found)
    if qr is not None and picture is not None:
        await asyncio.to_thread(qr.write_text, picture, "utf-8")
        say(_("The QR code is written to {file}."), file=qr)


async def _show(code: str, by: str, agency: str | None) -> None:
    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database
    from service.cli.speaking import LOCALE, say, show_table, spoken
    from service.problems import Problem
    from service.public_feedback.reading import public_feedback_of
    from translations import mark as _

    async with open_database() as database, database.connect() as connection:
        identity, unit = await _found(connection, code, by, agency)
        try:
            found = await public_feedback_of(connection, identity, unit, LOCALE.get())
        except Problem as problem:
            raise CommandFailed(problem.message, **problem.parameters) from problem
    show_table(
        f"{found.unit}: {found.label}",
        (
            spoken(_("Period")),
            spoken(_("Answers")),
            spoken(_("Index")),
            spoken(_("Category")),
            spoken(_("To improve")),
        ),
        [
            (
                each.period,
                each.answers,
                f"{each.index:.2f}",
                each.category_label,
                ", ".join(element.label for element in each.elements if element.improve),
            )
            for each in found.periods
        ],
    )
    say("{note}", note=found.note)


async def _found(
    connection: "AsyncConnection", code: str, by: str, agency: str | None
) -> tuple["Identity", uuid.UUID]:
    from service.accounts.tokens import Identity
    from service.cli.finding import the_person
    from service.cli.problems import CommandFailed
    from store.public_feedback.places import unit_with_code
    from translations import mark as _

    person = await the_person(connection, nip=by, email=None, agency=agency)
    unit = await unit_with_code(connection, person.agency_id, code)
    if unit is None:
        raise CommandFailed(_("The agency has no unit with the code {code}."), code=code)
    return Identity(person.id, person.agency_id), unit
