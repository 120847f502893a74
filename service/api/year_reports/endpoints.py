import uuid

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.year_reports.file import checked_report, report_file
from service.year_reports.reporting import year_report
from service.year_reports.schemas import YearReport

router = APIRouter(tags=["cycles"])


@router.get(
    "/cycles/{cycle_id}/report",
    response_model=YearReport,
    responses=problems(400, 401, 403, 404, 409, 422, 503),
    operation_id="getYearReport",
)
async def page(
    cycle_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """The report of the year: score, predicate, problems and recommendation of each person (personnel officers).

    PP 30/2019 art 51. What is not final, or under objection, stands in it and is marked as such.
    """
    return answer(await year_report(shared.reading, cycle_id, identity, locale, cursor=cursor, limit=limit))


@router.get(
    "/cycles/{cycle_id}/report.csv",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {}}}, **problems(401, 403, 404, 409, 503)},
    operation_id="downloadYearReport",
)
async def as_csv(cycle_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """The same as CSV (personnel officers)."""
    asked = await checked_report(shared.reading, cycle_id, identity)
    return StreamingResponse(
        report_file(shared.reading, asked, locale),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="report.csv"', "Cache-Control": "no-store"},
    )
