import asyncio
import json
import uuid
from pathlib import Path
from typing import Annotated

import typer


def export(
    output: Annotated[Path, typer.Argument(dir_okay=False, writable=True, help="File to write, JSON Lines.")],
    agency: Annotated[str | None, typer.Option(help="Only appraisals of this agency.")] = None,
    cycle: Annotated[str | None, typer.Option(help="Only appraisals of this cycle, by name or id.")] = None,
    appraisal: Annotated[uuid.UUID | None, typer.Option(help="Only this appraisal, by its id.")] = None,
) -> None:
    """Write the record with its hashes to a file: one line an event, and one for each appraisal's head.

    Keep the file elsewhere: a head that was handed out proves later that the record before it is unchanged.

    Example: kinerja audit export catatan-2027.jsonl --cycle "SKP 2027"
    """
    asyncio.run(_export(output, agency, cycle, appraisal))


async def _export(output: Path, agency: str | None, cycle: str | None, appraisal: uuid.UUID | None) -> None:
    from service.audit.exporting import lines_of
    from service.cli.servers import open_database
    from service.cli.speaking import progress_bar, say, spoken
    from store.appraisal.auditing import Scope, audited, count_appraisals
    from translations import mark as _

    scope = Scope(agency, cycle, appraisal)
    appraisals = 0
    async with open_database() as database:
        total = await count_appraisals(database, scope)
        with output.open("w", encoding="utf-8") as file, progress_bar() as progress:
            bar = progress.add_task(spoken(_("Exporting")), total=total)
            async for record in audited(database, scope):
                for line in lines_of(record):
                    file.write(json.dumps(line, sort_keys=True, ensure_ascii=False) + "\n")
                appraisals += 1
                progress.update(bar, completed=appraisals)
    say(_("{count} records are written to {file}."), count=appraisals, file=output)
