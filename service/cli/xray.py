import asyncio
import uuid
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.problems import CommandFailed
from translations import mark as _

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from service.notices.xray import Report


def xray(
    case: Annotated[uuid.UUID | None, typer.Option(help="Id of the appraisal: whom it told what.")] = None,
    nip: Annotated[str | None, typer.Option(help="NIP of a person, 18 digits: what was sent to him.")] = None,
    agency: Annotated[
        str | None, typer.Option(help="Name of the agency, if several know the person.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Notices at most, the newest.")] = 200,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a timeline.")] = False,
) -> None:
    """Show what was to be sent, what became of it, what the provider said, and why not. Addresses are masked.

    Example: kinerja xray --case 5a1b7c5e-2a7c-4c39-9c1a-3b9a6f1a0e11
    """
    if (case is None) == (nip is None):
        raise CommandFailed(_("Name either an appraisal by --case or a person by --nip."))
    asyncio.run(_xray(case, nip, agency, limit, json))


async def _xray(case: uuid.UUID | None, nip: str | None, agency: str | None, limit: int, json: bool) -> None:
    from service.cli.servers import open_database
    from service.cli.xray_printing import print_report

    async with open_database() as database, database.connect() as connection:
        if case is not None:
            report = await _of_case(connection, case, limit)
        else:
            report = await _of_person(connection, nip, agency, limit)
    if json:
        typer.echo(report.model_dump_json(indent=2))
    else:
        print_report(report)


async def _of_case(connection: "AsyncConnection", case: uuid.UUID, limit: int) -> "Report":
    from service.cli.speaking import LOCALE
    from service.notices.xray import of_case

    report = await of_case(connection, case, limit, LOCALE.get())
    if report is None:
        raise CommandFailed(_("There is no appraisal of this id."))
    return report


async def _of_person(
    connection: "AsyncConnection", nip: str | None, agency: str | None, limit: int
) -> "Report":
    from service.cli.finding import the_person
    from service.cli.speaking import LOCALE
    from service.notices.xray import of_person

    person = await the_person(connection, nip=nip, email=None, agency=agency)
    return await of_person(connection, person, limit, LOCALE.get())
