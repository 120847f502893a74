"""The results of a cycle's launches for each person, as pages and as files."""

import tempfile
import uuid
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response, StreamingResponse

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.launches.reading import result_page, result_pages
from service.launches.report import csv_pieces, write_xlsx
from service.launches.schemas import LaunchResultPage
from service.launches.wording import REASONS
from store.launch.outcomes import Outcome
from store.launch.reading import Wanted

router = APIRouter(tags=["cycles"])

Reason = StrEnum("Reason", {code.upper(): str(code) for code in REASONS})  # type: ignore[misc]  # made from the words

OfOutcome = Annotated[Outcome | None, Query(description="Only those who came to this.")]
ForReason = Annotated[Reason | None, Query(description="Only those who were skipped or failed for this.")]

_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get(
    "/cycles/{cycle_id}/launch/results",
    response_model=LaunchResultPage,
    responses=problems(400, 401, 403, 404, 422, 503),
    operation_id="listLaunchResults",
)
async def launch_results(
    cycle_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    outcome: OfOutcome = None,
    reason: ForReason = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """What the launches of a cycle came to for each person, and who has to do what (personnel officers)."""
    page = await result_page(
        shared.database, cycle_id, identity, Wanted(outcome, reason), locale, cursor=cursor, limit=limit
    )
    return answer(page)


@router.get(
    "/cycles/{cycle_id}/launch/results.csv",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {}}}, **problems(401, 403, 404, 422, 503)},
    operation_id="downloadLaunchResultsAsCsv",
)
async def launch_results_as_csv(
    cycle_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    outcome: OfOutcome = None,
    reason: ForReason = None,
) -> Response:
    """The same as CSV (personnel officers)."""
    pages = await result_pages(shared.database, cycle_id, identity, Wanted(outcome, reason))
    return StreamingResponse(csv_pieces(pages, locale), media_type=_CSV, headers=_as_file("csv"))


@router.get(
    "/cycles/{cycle_id}/launch/results.xlsx",
    response_class=FileResponse,
    responses={200: {"content": {_XLSX: {}}}, **problems(401, 403, 404, 422, 503)},
    operation_id="downloadLaunchResultsAsXlsx",
)
async def launch_results_as_xlsx(
    cycle_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    outcome: OfOutcome = None,
    reason: ForReason = None,
) -> Response:
    """The same as a workbook (personnel officers)."""
    pages = await result_pages(shared.database, cycle_id, identity, Wanted(outcome, reason))
    directory = tempfile.TemporaryDirectory(prefix="kinerja-results-")
    path = Path(directory.name) / "results.xlsx"
    try:
        await write_xlsx(path, pages, locale)
    except BaseException:
        directory.cleanup()
        raise
    return FileResponse(
        path, media_type=_XLSX, headers=_as_file("xlsx"), background=BackgroundTask(directory.cleanup)
    )


def _as_file(kind: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="launch-results.{kind}"',
        "Cache-Control": "no-store",
    }
