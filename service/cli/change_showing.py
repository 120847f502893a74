import asyncio
import datetime as dt
import uuid
from enum import StrEnum
from typing import Annotated

import typer

SHOWN = 50
"""The number of operations that are listed."""


class ItemOutcome(StrEnum):
    """The possible outcomes of an operation for one appraisal."""

    PENDING = "pending"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


def list_changes(
    agency: Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")] = None,
) -> None:
    """List the latest changes of the organisation and extensions.

    Example: kinerja change list
    """
    asyncio.run(_list(agency))


def show(
    change: Annotated[uuid.UUID, typer.Argument(help="Number of its operation, as the list shows it.")],
    outcome: Annotated[ItemOutcome | None, typer.Option(help="Only appraisals that came to this.")] = None,
) -> None:
    """Show how far the operation of a change has come, and what became of each appraisal.

    Example: kinerja change show 5a1b7c5e-2a7c-4c39-9c1a-3b9a6f1a0e11 --outcome refused
    """
    asyncio.run(_show(change, outcome))


async def _list(agency: str | None) -> None:
    from service.cli.finding import the_agency
    from service.cli.servers import open_database
    from service.cli.speaking import LOCALE, show_table, spoken
    from service.operations.reading import latest_of
    from service.operations.wording import outcome_name
    from store.operation.moments import agency_time
    from store.operation.table import OUTCOMES
    from translations import format_date
    from translations import mark as _

    locale = LOCALE.get()
    async with open_database() as database, database.connect() as connection:
        found = await the_agency(connection, agency)
        lines = await latest_of(connection, found.id, locale, limit=SHOWN)
        time = await agency_time(connection, found.id, dt.datetime.now(dt.UTC))
    rows: list[tuple[object, ...]] = []
    for line in lines:
        counts = {each.outcome: each.appraisals for each in line.outcomes}
        rows.append(
            (
                line.kind_name,
                line.state_name,
                line.requested_by,
                format_date(time.day_of(line.effective_at), locale),
                *(counts.get(outcome, 0) for outcome in OUTCOMES),
                line.id,
            )
        )
    show_table(
        spoken(_("Orders")),
        (
            spoken(_("Order")),
            spoken(_("State")),
            spoken(_("Ordered by")),
            spoken(_("From")),
            *(outcome_name(outcome, locale) for outcome in OUTCOMES),
            "id",
        ),
        rows,
    )


async def _show(change: uuid.UUID, outcome: ItemOutcome | None) -> None:
    from service.cli.change_printing import SHOWN as LINES
    from service.cli.change_printing import print_items, print_operation
    from service.cli.finding import the_operation
    from service.cli.servers import open_database
    from service.cli.speaking import LOCALE
    from service.operations.reading import first_items

    async with open_database() as database:
        async with database.connect() as connection:
            operation = await the_operation(connection, change)
            items = await first_items(connection, change, LOCALE.get(), outcome=outcome, limit=LINES + 1)
        await print_operation(database, operation)
    if items:
        print_items(items)
