import datetime as dt
import uuid
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from schemes.loading import UnknownScheme, builtin_scheme
from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.cycles.schemas import (
    CycleDetail,
    CycleLine,
    CyclePage,
    NewCycle,
    StageTotal,
)
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit, aware_moment, cut, decode
from service.cycles.access import cycle_of, require_hr
from service.cycles.launching import (
    CycleRefused,
    WorkingDaysRefused,
    create_cycle,
)
from service.problems import CycleExists, FieldError, Invalid
from service.wording import stage_name
from store.cycle import repository
from store.cycle.keeping import zones_of
from store.cycle.repository import CycleSummary
from store.person.repository import is_hr
from translations import Locale
from translations import mark as _

router = APIRouter(tags=["cycles"])


@router.get(
    "/cycles", response_model=CyclePage, responses=problems(400, 401, 422, 503), operation_id="listCycles"
)
async def cycles(
    identity: SignedIn, shared: Shared, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Response:
    """The cycles of my agency, the newest first."""
    async with shared.reading.connect() as connection:
        rows = await repository.cycles(
            connection, identity.agency, after=None if cursor is None else _after(cursor), limit=limit + 1
        )
    page, following = cut(rows, limit, lambda row: (row.created_at.isoformat(), row.id))
    return answer(CyclePage(items=[CycleLine.model_validate(row) for row in page], next=following))


@router.post(
    "/cycles",
    status_code=201,
    response_model=CycleDetail,
    responses=problems(400, 401, 403, 409, 413, 415, 422, 503),
    openapi_extra=documented(NewCycle),
    operation_id="createCycle",
)
async def create(request: Request, identity: SignedIn, shared: Shared) -> Response:
    """A new cycle in real time (personnel officers); a repeat creates no second one of the name."""
    wanted = await read_body(request, NewCycle)
    async with shared.reading.connect() as connection:
        await require_hr(connection, identity)
        zones = await zones_of(connection, identity.agency)
    if not zones:
        raise Invalid(errors=[FieldError("", _("The agency has no units yet. Import its roster first."))])
    try:
        book = builtin_scheme(wanted.scheme)
    except UnknownScheme:
        raise Invalid(errors=[FieldError("/scheme", _("There is no such scheme."))]) from None
    try:
        created = await create_cycle(
            shared.database,
            agency=identity.agency,
            name=wanted.name,
            year=wanted.year,
            book=book,
            working_days=wanted.working_days,
        )
    except WorkingDaysRefused as refused:
        raise Invalid(errors=_outside(refused)) from None
    except CycleRefused as refused:
        raise CycleExists from refused
    async with shared.reading.connect() as connection:
        made = await cycle_of(connection, created, identity)
    return answer(CycleDetail(**_fields(made), stages=[]), 201, {"Location": f"/api/v1/cycles/{made.id}"})


@router.get(
    "/cycles/{cycle_id}",
    response_model=CycleDetail,
    responses=problems(401, 404, 503),
    operation_id="getCycle",
)
async def cycle(cycle_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """A cycle of my agency; for personnel officers with the number of appraisals in each stage."""
    async with shared.reading.connect() as connection:
        found = await cycle_of(connection, cycle_id, identity)
        stages = None
        if await is_hr(connection, identity.person, identity.agency):
            stages = await _totals(connection, cycle_id, locale)
    return answer(CycleDetail(**_fields(found), stages=stages))


async def _totals(connection: AsyncConnection, cycle_id: uuid.UUID, locale: Locale) -> list[StageTotal]:
    return [
        StageTotal(
            stage=count.stage,
            stage_name=stage_name(count.stage, locale),
            appraisals=count.appraisals,
            overdue=count.overdue,
        )
        for count in await repository.stage_counts(connection, cycle_id)
    ]


def _fields(row: CycleSummary) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*CycleLine.model_fields, "working_days")}


def _outside(refused: WorkingDaysRefused) -> list[FieldError]:
    message = _("The calendar of this cycle covers the years {first} to {last}; check this day.")
    years = {"first": str(refused.years[0]), "last": str(refused.years[-1])}
    return [
        FieldError(f"/working_days/{name}/{position}", message, years)
        for name, position, _day in refused.days
    ]


def _after(cursor: str) -> tuple[dt.datetime, uuid.UUID]:
    created, row = decode(cursor, aware_moment, uuid.UUID)
    return created, row
