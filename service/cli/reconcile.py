import asyncio
import datetime as dt
from typing import Annotated

import typer

PATIENCE = dt.timedelta(minutes=5)
"""How long the command waits for the engine; after that, workers tell it the rest."""


def reconcile(
    cycle: Annotated[str | None, typer.Option(help="Only appraisals of this cycle, by name or id.")] = None,
) -> None:
    """Bring the engine in line with the record, after a restored backup or a lost engine store.

    Every appraisal that is open on record gets a new workflow, which begins where the record stands; the one that
    runs is ended. Every operation that waits or runs is told to the engine anew. Workflows that belong to no open
    appraisal are ended. People may act all the while. Harmless to repeat; the exit code is 1 if the engine does
    not take all of them within five minutes: workers then go on with the rest.

    Example: kinerja reconcile --cycle "SKP 2027"
    """
    asyncio.run(_reconcile(cycle))


async def _reconcile(cycle: str | None) -> None:
    from temporalio.service import RPCError

    from service.cli.problems import CommandFailed
    from service.cli.servers import open_database, reachable
    from service.cli.speaking import progress_bar, say, spoken
    from service.temporal.reaching import client_for
    from service.temporal.reconciling import Reconciled, Reconciling
    from translations import mark as _

    settings = reachable("database_url", "temporal_address")
    state, strays, operations = Reconciled(0, 0), 0, 0
    async with open_database(settings) as database:
        reconciling = Reconciling(database, await client_for(settings))
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                with progress_bar() as progress:
                    bar = progress.add_task(spoken(_("Following")), total=None)
                    async for state in reconciling.run(cycle):
                        progress.update(bar, total=state.cases, completed=state.cases - state.waiting)
                operations = await reconciling.start_operations()
                strays = await reconciling.end_strays()
        except (TimeoutError, RPCError) as error:
            raise CommandFailed(
                _(
                    "The engine did not take {waiting} of {count} open appraisals in time ({reason}). Nothing is lost: "
                    "the workers go on with the rest."
                ),
                waiting=state.waiting,
                count=state.cases,
                reason=type(error).__name__,
            ) from error
    if cycle is not None and not state.cases:
        raise CommandFailed(
            _("No cycle “{cycle}” has open appraisals; `kinerja cycle list` shows the names."), cycle=cycle
        )
    say(
        _(
            "{count} open appraisals: the engine follows all of them. {operations} orders under way. {strays} stray "
            "workflows ended."
        ),
        count=state.cases,
        operations=operations,
        strays=strays,
    )
