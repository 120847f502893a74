"""Everything that is wrong before a cycle is launched: cause by cause, and all of it as a file."""

import tempfile
import uuid
from collections.abc import AsyncIterator
from enum import StrEnum
from typing import IO, Annotated

import anyio.to_thread
from fastapi import APIRouter, Query
from starlette.responses import Response, StreamingResponse

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.api.preflight.choosing import Chosen
from service.preflight.looking import LEAST_SPAN, MOST_SPAN
from service.preflight.reading import finding_page, preflight_summary, write_findings
from service.preflight.report import ReportKind
from service.preflight.schemas import CauseCode, FindingPage, PreflightSummary
from store.cycle.preflight import DEFAULT_SPAN

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
        found = await preflight_summary(connection, cycle_id, identity, locale, span=span, who=who)
    return answer(found)


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
    # The file is complete before the first byte is sent, so a slow client holds no database connection.
    file: IO[bytes] = tempfile.TemporaryFile(prefix="kinerja-preflight-")  # noqa: SIM115  # closed once it is sent
    try:
        async with shared.database.connect() as connection:
            await write_findings(connection, cycle_id, identity, file, kind, locale, span=span, who=who)
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
    async with shared.reading.connect() as connection:
        page = await finding_page(
            connection, cycle_id, identity, cause, locale, span=span, who=who, cursor=cursor, limit=limit
        )
    return answer(page)


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while piece := await anyio.to_thread.run_sync(file.read, _PIECE):
            yield piece
