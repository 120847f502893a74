import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from store.incident.kinds import IncidentKind

if TYPE_CHECKING:
    from service.incidents.schemas import IncidentLine, IncidentTotal

SHOWN = 50
"""The number of incidents that the screen lists, the oldest first."""


def incidents(
    kind: Annotated[IncidentKind | None, typer.Option(help="Only incidents of this kind.")] = None,
    agency: Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")] = None,
) -> None:
    """Show what is stuck with nobody or waits for an answer of the personnel officers, and what to do.

    Example: kinerja incidents --kind no_rater
    """
    asyncio.run(_incidents(kind, agency))


async def _incidents(kind: IncidentKind | None, agency: str | None) -> None:
    from service.cli.finding import the_agency
    from service.cli.servers import open_database
    from service.cli.speaking import LOCALE, say
    from service.incidents.reading import oldest_of, summary_of
    from translations import mark as _

    locale = LOCALE.get()
    async with open_database() as database, database.connect() as connection:
        found = await the_agency(connection, agency)
        summary = await summary_of(connection, found.id, locale)
        lines = await oldest_of(connection, found.id, locale, kind=kind, limit=SHOWN)
    totals = [each for each in summary.kinds if kind is None or each.kind == kind]
    if not totals:
        say(_("Nothing is stuck."))
    else:
        _print(totals, lines)
    for cycle in summary.launches:
        say(
            _("{name}: {skipped} people skipped and {failed} failed at launch; kinerja cycle results {id}"),
            name=cycle.cycle,
            skipped=cycle.skipped,
            failed=cycle.failed,
            id=cycle.cycle_id,
        )


def _print(totals: "list[IncidentTotal]", lines: "list[IncidentLine]") -> None:
    from service.cli.speaking import say, show_table, spoken
    from translations import mark as _

    show_table(
        spoken(_("What is stuck")),
        (spoken(_("Kind")), spoken(_("What is wrong")), spoken(_("What to do")), spoken(_("Number"))),
        [(each.kind, each.kind_name, each.remedy, each.incidents) for each in totals],
    )
    show_table(
        spoken(_("Appraisals")),
        (
            spoken(_("Kind")),
            spoken(_("Name")),
            spoken(_("Cycle")),
            spoken(_("Stage")),
            spoken(_("Days")),
            spoken(_("Due")),
            spoken(_("Why")),
            "id",
        ),
        [
            (
                line.kind,
                line.employee,
                line.cycle,
                line.stage_name,
                line.waiting_days,
                line.due_on,
                line.why,
                line.appraisal_id,
            )
            for line in lines
        ],
    )
    total = sum(each.incidents for each in totals)
    if total > len(lines):
        say(_("{count} more are not listed."), count=total - len(lines))
