import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from service.addresses import PREFIX
from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.incidents.schemas import IncidentLine, IncidentPage, IncidentSummary, IncidentTotal, LeftOut
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit, aware_moment, cut, decode, plain_text
from service.cycles.access import require_hr
from service.incidents.wording import incident_name, incident_remedy
from service.operations.wording import change_name, refusal_text
from service.wording import capacity_name, stage_name
from store.incident.kinds import IncidentKind
from store.incident.reading import Incident, incident_counts, incidents, missing_from_launches
from translations import Locale

router = APIRouter(tags=["incidents"])


@router.get(
    "/incidents",
    response_model=IncidentPage,
    responses=problems(400, 401, 403, 422, 503),
    operation_id="listIncidents",
)
async def listed(
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    kind: Annotated[IncidentKind | None, Query(description="Only incidents of this kind.")] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """What is stuck with nobody, or waits for an answer of the personnel officers; the oldest first."""
    after: tuple[dt.datetime, str] | None = None
    if cursor is not None:
        since, key = decode(cursor, aware_moment, plain_text)
        after = since, key
    async with shared.reading.connect() as connection:
        await require_hr(connection, identity)
        rows = await incidents(
            connection,
            identity.agency,
            dt.datetime.now(dt.UTC),
            kind=kind,
            after=after,
            limit=limit + 1,
        )
    page, following = cut(rows, limit, lambda row: (row.since.isoformat(), row.key))
    return answer(IncidentPage(items=[_line(row, locale) for row in page], next=following))


@router.get(
    "/incidents/summary",
    response_model=IncidentSummary,
    responses=problems(401, 403, 503),
    operation_id="summariseIncidents",
)
async def summary(identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """How much of each kind is stuck, and whom the launches left out (personnel officers)."""
    async with shared.reading.connect() as connection:
        await require_hr(connection, identity)
        counts = await incident_counts(connection, identity.agency, dt.datetime.now(dt.UTC))
        missing = await missing_from_launches(connection, identity.agency)
    return answer(
        IncidentSummary(
            incidents=sum(each.count for each in counts),
            kinds=[
                IncidentTotal(
                    kind=each.kind,
                    kind_name=incident_name(each.kind, locale),
                    remedy=incident_remedy(each.kind, locale),
                    incidents=each.count,
                    oldest=each.oldest,
                )
                for each in counts
            ],
            launches=[
                LeftOut(
                    cycle_id=each.cycle_id,
                    cycle=each.cycle,
                    skipped=each.skipped,
                    failed=each.failed,
                    results=f"{PREFIX}/cycles/{each.cycle_id}/launch/results",
                )
                for each in missing
            ],
        )
    )


def _line(row: Incident, locale: Locale) -> IncidentLine:
    return IncidentLine(
        kind=row.kind,
        kind_name=incident_name(row.kind, locale),
        remedy=incident_remedy(row.kind, locale),
        since=row.since,
        waiting_days=max((row.moment - row.since).days, 0),
        appraisal_id=row.appraisal_id,
        employee_id=row.employee_id,
        employee=row.employee,
        unit_id=row.unit_id,
        unit=row.unit,
        cycle_id=row.cycle_id,
        cycle=row.cycle,
        stage=row.stage,
        stage_name=None if row.stage is None else stage_name(row.stage, locale),
        capacity=row.capacity,
        capacity_name=None if row.capacity is None else capacity_name(row.capacity, locale),
        due_on=row.due_on,
        overdue=row.overdue,
        operation_id=row.operation_id,
        operation_name=None if row.operation_kind is None else change_name(row.operation_kind, locale),
        why=refusal_text(row.code, row.detail, locale) if row.code else None,
    )
