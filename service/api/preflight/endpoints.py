"""What is wrong before a cycle is launched, cause by cause, and all of it as a file."""

import datetime as dt
import tempfile
import uuid
from collections.abc import AsyncIterator
from enum import StrEnum
from typing import IO, Annotated

import anyio.to_thread
from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response, StreamingResponse

from service.accounts.tokens import Identity
from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit, cut, decode
from service.api.preflight.choosing import Chosen, require_known
from service.api.preflight.schemas import CauseCode, CauseFound, FindingLine, FindingPage, PreflightSummary
from service.cycles.access import cycle_of, require_hr
from service.preflight.looking import LEAST_SPAN, MOST_SPAN, look_at
from service.preflight.report import ReportKind, write_report
from service.preflight.rows import shown
from service.preflight.wording import basis_name, explain
from states.nip import mask
from store.cycle.preflight import DEFAULT_SPAN, CauseTotal, Finding, Look, every_finding, findings, preflight
from store.cycle.selection import Selection
from translations import Locale

router = APIRouter(tags=["cycles"])

Span = Annotated[
    int, Query(ge=LEAST_SPAN, le=MOST_SPAN, description="More people than this are too many for one rater.")
]

_PIECE = 64 * 1024
_MEDIA_TYPES = {
    ReportKind.CSV: "text/csv; charset=utf-8",
    ReportKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class _Format(StrEnum):
    """What is handed out over the API."""

    CSV = ReportKind.CSV.value
    XLSX = ReportKind.XLSX.value


@router.get(
    "/cycles/{cycle_id}/preflight",
    response_model=PreflightSummary,
    responses=problems(401, 403, 404, 422, 503),
    operation_id="getPreflight",
)
async def summary(
    cycle_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    who: Chosen,
    span: Span = DEFAULT_SPAN,
) -> Response:
    """What a launch of the cycle would come to now, and what is wrong before it (personnel officers)."""
    async with shared.reading.connect() as connection:
        look = await _look(connection, cycle_id, identity, span, who)
        found = await preflight(connection, look)
    return answer(
        PreflightSummary(
            cycle=cycle_id,
            business_at=look.moment,
            span=span,
            people=found.people,
            running=found.running,
            ready=found.ready,
            exempt=found.exempt,
            blocked=found.blocked,
            causes=[_total(total, locale, span) for total in found.causes],
        )
    )


@router.get(
    "/cycles/{cycle_id}/preflight/report",
    response_class=StreamingResponse,
    responses={
        200: {"content": {kind.partition(";")[0]: {} for kind in _MEDIA_TYPES.values()}},
        **problems(401, 403, 404, 422, 503),
    },
    operation_id="downloadPreflight",
)
async def report(
    cycle_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    who: Chosen,
    format: Annotated[_Format, Query(description="Kind of the file.")] = _Format.CSV,
    span: Span = DEFAULT_SPAN,
) -> Response:
    """Everything that was found, person by person, as a file (personnel officers)."""
    kind = ReportKind(format)
    # Written as a whole before the first byte is sent: whoever reads slowly keeps no connection to the database.
    file: IO[bytes] = tempfile.TemporaryFile(prefix="kinerja-preflight-")  # noqa: SIM115  # closed once it is sent
    try:
        async with shared.database.connect() as connection:
            look = await _look(connection, cycle_id, identity, span, who)
            await write_report(file, kind, every_finding(connection, look), locale, span=span)
        length = file.tell()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return StreamingResponse(
        _pieces(file),
        media_type=_MEDIA_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="preflight.{kind}"',
            "Content-Length": str(length),
            "Cache-Control": "no-store",
        },
    )


@router.get(
    "/cycles/{cycle_id}/preflight/{cause}",
    response_model=FindingPage,
    responses=problems(400, 401, 403, 404, 422, 503),
    operation_id="listPreflightFindings",
)
async def of_cause(
    cycle_id: uuid.UUID,
    cause: CauseCode,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    who: Chosen,
    span: Span = DEFAULT_SPAN,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """The people, or the units, with whom one thing is wrong (personnel officers)."""
    after: uuid.UUID | None = None if cursor is None else decode(cursor, uuid.UUID)[0]
    async with shared.reading.connect() as connection:
        look = await _look(connection, cycle_id, identity, span, who)
        rows = await findings(connection, look, cause, after=after, limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.subject,))
    return answer(FindingPage(items=[_line(row, locale) for row in page], next=following))


async def _look(
    connection: AsyncConnection, cycle_id: uuid.UUID, identity: Identity, span: int, who: Selection
) -> Look:
    await require_hr(connection, identity)
    await cycle_of(connection, cycle_id, identity)
    await require_known(connection, identity.agency, who)
    return await look_at(connection, cycle_id, dt.datetime.now(dt.UTC), span=span, who=who)


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while piece := await anyio.to_thread.run_sync(file.read, _PIECE):
            yield piece


def _total(total: CauseTotal, locale: Locale, span: int) -> CauseFound:
    explained = explain(total.cause, locale, span=span)
    return CauseFound(
        code=total.cause,
        severity=explained.severity,
        severity_name=explained.severity_name,
        count=total.count,
        people=total.people,
        wrong=explained.wrong,
        remedy=explained.remedy,
        fixer=explained.fixer,
        fixer_name=explained.fixer_name,
    )


def _line(row: Finding, locale: Locale) -> FindingLine:
    return FindingLine(
        person_id=row.person.id if row.person else None,
        name=row.person.name if row.person else "",
        full_name=shown(row.person),
        nip_masked=mask(row.nip),
        post=row.post,
        unit_id=row.unit,
        unit_code=row.unit_code,
        unit=row.unit_name,
        rater_id=row.rater.id if row.rater else None,
        rater=shown(row.rater),
        stand_in_id=row.stand_in.id if row.stand_in else None,
        stand_in=shown(row.stand_in),
        basis=row.basis,
        basis_name=basis_name(row.basis, locale),
        people=row.people,
    )
