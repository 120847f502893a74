import asyncio
import datetime as dt
from typing import Annotated

import typer

from store.incident.kinds import IncidentKind

SHOWN = 50
"""Incidents that are listed on the screen, the oldest first."""


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
    from service.cli.servers import database
    from service.cli.speaking import LOCALE, say, show_table, spoken
    from service.incidents.wording import incident_name, incident_remedy
    from service.operations.wording import refusal_text
    from service.wording import stage_name
    from store.incident.reading import incident_counts, missing_from_launches
    from store.incident.reading import incidents as stuck
    from translations import mark as _

    locale, now = LOCALE.get(), dt.datetime.now(dt.UTC)
    async with database() as engine, engine.connect() as connection:
        found = await the_agency(connection, agency)
        counts = await incident_counts(connection, found.id, now)
        lines = await stuck(connection, found.id, now, kind=kind, after=None, limit=SHOWN)
        missing = await missing_from_launches(connection, found.id)
    wanted = [count for count in counts if kind is None or count.kind is kind]
    if not wanted:
        say(_("Nothing is stuck."))
    else:
        show_table(
            spoken(_("What is stuck")),
            (spoken(_("Kind")), spoken(_("What is wrong")), spoken(_("What to do")), spoken(_("Number"))),
            [
                (
                    str(count.kind),
                    incident_name(count.kind, locale),
                    incident_remedy(count.kind, locale),
                    count.count,
                )
                for count in wanted
            ],
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
                    str(line.kind),
                    line.employee,
                    line.cycle,
                    None if line.stage is None else stage_name(line.stage, locale),
                    max((line.moment - line.since).days, 0),
                    line.due_on,
                    refusal_text(line.code, line.detail, locale) if line.code else None,
                    line.appraisal_id,
                )
                for line in lines
            ],
        )
        total = sum(count.count for count in wanted)
        if total > len(lines):
            say(_("{count} more are not listed."), count=total - len(lines))
    for cycle in missing:
        say(
            _("{name}: {skipped} people skipped and {failed} failed at launch; kinerja cycle results {id}"),
            name=cycle.cycle,
            skipped=cycle.skipped,
            failed=cycle.failed,
            id=cycle.cycle_id,
        )
