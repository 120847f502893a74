import asyncio
from typing import Annotated

import typer


def reconcile(
    cycle: Annotated[str | None, typer.Option(help="Only appraisals of this cycle, by name or id.")] = None,
) -> None:
    """Bring the engine in line with the record, after a restored backup or a lost engine store.

    Appraisals that are open on record and have no running workflow get one from where they stand; those whose
    workflow missed recorded events are caught up. Harmless to repeat; the exit code is 1 if the engine is ahead
    of the record somewhere, which only an old copy of the database can cause.

    Example: kinerja reconcile --cycle "SKP 2027"
    """
    asyncio.run(_reconcile(cycle))


async def _reconcile(cycle: str | None) -> None:
    from collections import Counter

    from service.cli.problems import CommandFailed
    from service.cli.servers import database, reachable
    from service.cli.speaking import progress_bar, say, spoken
    from service.engine.reaching import client_for
    from service.reconciling import Finding, Reconciling
    from store.appraisal.reconciling import count_open, open_appraisals
    from translations import mark as _

    settings = reachable("database_url", "temporal_address")
    findings: Counter[Finding] = Counter()
    async with database(settings) as engine:
        reconciling = Reconciling(engine, await client_for(settings))
        with progress_bar() as progress:
            bar = progress.add_task(spoken(_("Comparing")), total=await count_open(engine, cycle))
            async for page in open_appraisals(engine, cycle):
                findings.update(await reconciling.page(page))
                progress.advance(bar, len(page))
    say(
        _("{count} open appraisals: {in_line} in line, {caught_up} caught up, {started} started again."),
        count=findings.total(),
        in_line=findings[Finding.IN_LINE],
        caught_up=findings[Finding.CAUGHT_UP],
        started=findings[Finding.STARTED],
    )
    if findings[Finding.AHEAD]:
        raise CommandFailed(
            _(
                "The engine is ahead of the record for {count} appraisals: restore a newer copy of the database."
            ),
            count=findings[Finding.AHEAD],
        )
