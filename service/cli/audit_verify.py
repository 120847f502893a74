import asyncio
import uuid
from typing import Annotated

import typer


def verify(
    agency: Annotated[str | None, typer.Option(help="Only appraisals of this agency.")] = None,
    cycle: Annotated[str | None, typer.Option(help="Only appraisals of this cycle, by name or id.")] = None,
    appraisal: Annotated[uuid.UUID | None, typer.Option(help="Only this appraisal, by its id.")] = None,
) -> None:
    """Prove from the database alone that no recorded event was changed, removed or put elsewhere.

    Every hash is computed again, and every snapshot from its events. For each appraisal whose record is
    broken, the first broken link is named; the exit code is 1 then.

    Example: kinerja audit verify --cycle "SKP 2027"
    """
    asyncio.run(_verify(agency, cycle, appraisal))


async def _verify(agency: str | None, cycle: str | None, appraisal: uuid.UUID | None) -> None:
    from service.audit.verifying import first_break
    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database
    from service.cli.speaking import LOCALE, out, progress_bar, say, spoken
    from store.appraisal.auditing import Scope, audited, count_appraisals
    from translations import mark as _

    scope = Scope(agency, cycle, appraisal)
    console, appraisals, events, broken = out(), 0, 0, 0
    async with open_database() as database:
        total = await count_appraisals(database, scope)
        if total == 0:
            raise CommandFailed(_("No appraisal is there to be verified; check the options."))
        with progress_bar() as progress:
            bar = progress.add_task(spoken(_("Verifying")), total=total)
            async for record in audited(database, scope):
                appraisals, events = appraisals + 1, events + len(record.events)
                found = first_break(record)
                if found is not None:
                    broken += 1
                    console.print(f"{found.appraisal}: {found.describe(LOCALE.get())} [{found.kind}]")
                progress.update(bar, completed=appraisals)
    if broken:
        raise CommandFailed(_("{broken} of {count} records are broken."), broken=broken, count=appraisals)
    say(_("{count} records with {events} events are whole."), count=appraisals, events=events)
