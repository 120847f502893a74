"""The report of a year as CSV, in bounded memory."""

import uuid
from collections.abc import AsyncIterator, Sequence

from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.tokens import Identity
from service.filled.values import NO, YES, number
from service.follow_up.cells import MARK, csv_rows
from service.follow_up.listing import AskedCycle, asked_cycle
from service.year_reports.reporting import report_lines
from service.year_reports.schemas import ReportLine
from translations import Locale, translate
from translations import mark as _

HEADINGS: Sequence[str] = (
    _("Person (id)"),
    _("Name"),
    _("NIP, masked"),
    _("Post"),
    _("Unit code"),
    _("Unit"),
    _("Score"),
    _("Predicate"),
    _("State of the result"),
    _("Changed by a decision on an objection"),
    _("Problems"),
    _("Recommendation"),
    _("Credit points"),
    _("Proposed for"),
)
SETTLED = {"final": _("final"), "not_final": _("not final yet"), "under_objection": _("under objection")}


async def checked_report(reading: AsyncEngine, cycle: uuid.UUID, identity: Identity) -> AskedCycle:
    """The cycle, before the first piece leaves. Raises `HrOnly`, `NotFound` and `RatingsInWords`."""
    async with reading.connect() as connection:
        return await asked_cycle(connection, cycle, identity)


async def report_file(reading: AsyncEngine, asked: AskedCycle, locale: Locale) -> AsyncIterator[bytes]:
    """The file piece by piece."""
    yield MARK + csv_rows([[translate(heading, locale) for heading in HEADINGS]])
    async with reading.connect() as connection:
        async for lines in report_lines(connection, asked, locale):
            yield csv_rows(report_cells(line, locale) for line in lines)


def report_cells(line: ReportLine, locale: Locale) -> list[str]:
    """The cells of one person."""
    return [
        str(line.person_id),
        line.name,
        line.nip_masked,
        line.post,
        line.unit_code,
        line.unit,
        "" if line.score is None else number(line.score, locale),
        line.predicate_name,
        translate(SETTLED[line.settled], locale),
        translate(YES if line.changed_after_objection else NO, locale),
        line.problems or "",
        line.recommendation or "",
        line.credit_points or "",
        "; ".join(each.label for each in (*line.nominations, *line.awards)),
    ]
