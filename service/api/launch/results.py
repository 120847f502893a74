"""What the launches of a cycle came to, person by person, on pages and as files."""

import tempfile
import uuid
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response, StreamingResponse

from service.accounts.tokens import Identity
from service.api.answers import answer, problems
from service.api.dependencies import Dependencies, Shared
from service.api.identity import Language, SignedIn
from service.api.launch.schemas import LaunchResultLine, LaunchResultPage
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit, cut, decode
from service.cycles.access import cycle_of, require_hr
from service.cycles.launch_results import csv_pieces, write_xlsx
from service.cycles.wording import REASONS, outcome_name, reason_name, remedy
from states.nip import mask
from store.launch.outcomes import Outcome
from store.launch.reading import LaunchResult, Wanted, every_result, results
from store.person.repository import full_name
from translations import Locale

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
    await _require_access(shared, cycle_id, identity)
    after: uuid.UUID | None = None if cursor is None else decode(cursor, uuid.UUID)[0]
    async with shared.reading.connect() as connection:
        rows = await results(connection, cycle_id, Wanted(outcome, reason), after=after, limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.person,))
    return answer(LaunchResultPage(items=[_line(row, locale) for row in page], next=following))


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
    await _require_access(shared, cycle_id, identity)
    pages = every_result(shared.reading, cycle_id, Wanted(outcome, reason))
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
    await _require_access(shared, cycle_id, identity)
    directory = tempfile.TemporaryDirectory(prefix="kinerja-results-")
    path = Path(directory.name) / "results.xlsx"
    try:
        await write_xlsx(path, every_result(shared.reading, cycle_id, Wanted(outcome, reason)), locale)
    except BaseException:
        directory.cleanup()
        raise
    return FileResponse(
        path, media_type=_XLSX, headers=_as_file("xlsx"), background=BackgroundTask(directory.cleanup)
    )


async def _require_access(shared: Dependencies, cycle_id: uuid.UUID, identity: Identity) -> None:
    async with shared.reading.connect() as connection:
        await require_hr(connection, identity)
        await cycle_of(connection, cycle_id, identity)


def _as_file(kind: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="launch-results.{kind}"',
        "Cache-Control": "no-store",
    }


def _line(row: LaunchResult, locale: Locale) -> LaunchResultLine:
    return LaunchResultLine(
        person_id=row.person,
        name=row.name,
        full_name=full_name(row.title_before, row.name, row.title_after),
        nip_masked=mask(row.nip),
        unit_id=row.unit,
        unit_code=row.unit_code,
        unit=row.unit_name,
        outcome=row.outcome,
        outcome_name=outcome_name(row.outcome, locale),
        reason=row.reason,
        reason_name=reason_name(row.reason, locale),
        remedy=remedy(row.reason, locale),
        appraisal_id=row.appraisal,
        at=row.at,
    )
