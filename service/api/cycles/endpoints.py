import datetime as dt
import uuid
from typing import Any

import structlog
from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response
from temporalio.client import Client, WorkflowQueryFailedError, WorkflowQueryRejectedError
from temporalio.service import RPCError

from schemes.loading import UnknownScheme, builtin_scheme
from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.cycles.schemas import (
    CycleDetail,
    CycleLine,
    CyclePage,
    LaunchProgress,
    NewCycle,
    StageTotal,
)
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit, aware_moment, cut, decode
from service.cycles import (
    CycleRefused,
    WorkingDaysRefused,
    create_cycle,
    launch_cycle,
    launch_workflow_id,
)
from service.problems import CycleExists, FieldError, HrOnly, Invalid, NotFound, OutcomeUnknown
from service.tokens import Identity
from service.wording import stage_name
from store.cycle import repository
from store.cycle.keeping import zones_of
from store.cycle.repository import CycleSummary
from store.person.repository import is_hr
from translations import Locale
from translations import mark as _

router = APIRouter(tags=["cycles"])

PROGRESS_TIMEOUT = dt.timedelta(seconds=2)

_log = structlog.get_logger(__name__)


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
        await _require_hr(connection, identity)
        zones = await zones_of(connection, identity.agency)
    if not zones:
        raise Invalid(errors=[FieldError("", _("The agency has no units yet. Import its roster first."))])
    try:
        book = builtin_scheme(wanted.scheme)
    except UnknownScheme:
        raise Invalid(errors=[FieldError("/scheme", _("There is no such scheme."))]) from None
    try:
        created = await create_cycle(
            shared.engine,
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
        made = await _cycle(connection, created, identity)
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
        found = await _cycle(connection, cycle_id, identity)
        stages = None
        if await is_hr(connection, identity.person, identity.agency):
            stages = await _totals(connection, cycle_id, locale)
    return answer(CycleDetail(**_fields(found), stages=stages))


@router.post(
    "/cycles/{cycle_id}/launch",
    status_code=202,
    response_model=LaunchProgress,
    responses=problems(401, 403, 404, 503),
    operation_id="launchCycle",
)
async def launch(cycle_id: uuid.UUID, identity: SignedIn, shared: Shared) -> Response:
    """Starts the launch of a cycle (personnel officers); while it runs, starting it again changes nothing."""
    async with shared.reading.connect() as connection:
        await _require_hr(connection, identity)
        await _cycle(connection, cycle_id, identity)
        await _start(shared.client, cycle_id)
        progress = await _recorded_progress(connection, cycle_id)
    return answer(progress, 202, {"Location": f"/api/v1/cycles/{cycle_id}/launch"})


@router.get(
    "/cycles/{cycle_id}/launch",
    response_model=LaunchProgress,
    responses=problems(401, 403, 404, 503),
    operation_id="getLaunch",
)
async def launch_progress(cycle_id: uuid.UUID, identity: SignedIn, shared: Shared) -> Response:
    """How far the launch of a cycle has come (personnel officers)."""
    async with shared.reading.connect() as connection:
        await _require_hr(connection, identity)
        await _cycle(connection, cycle_id, identity)
        progress = await _recorded_progress(connection, cycle_id)
    told = await _told_progress(shared.client, cycle_id)
    return answer(progress.model_copy(update={"engine": told}))


async def _start(client: Client, cycle_id: uuid.UUID) -> None:
    try:
        await launch_cycle(client, cycle_id)
    except (RPCError, RuntimeError) as error:
        _log.warning("engine_unavailable", error=type(error).__name__)
        raise OutcomeUnknown from error


async def _told_progress(client: Client, cycle_id: uuid.UUID) -> dict[str, Any] | None:
    try:
        handle = client.get_workflow_handle(launch_workflow_id(cycle_id))
        told: dict[str, Any] = await handle.query("progress", result_type=dict, rpc_timeout=PROGRESS_TIMEOUT)
    except (RPCError, RuntimeError, WorkflowQueryFailedError, WorkflowQueryRejectedError) as error:
        # The record answers as well; a launch that never was, or an engine that is away, is no problem here.
        _log.info("launch_not_answering", error=type(error).__name__)
        return None
    return told


async def _recorded_progress(connection: AsyncConnection, cycle_id: uuid.UUID) -> LaunchProgress:
    counts = await repository.stage_counts(connection, cycle_id)
    return LaunchProgress(
        cycle=cycle_id,
        appraisals=sum(count.appraisals for count in counts),
        started=sum(count.started for count in counts),
        engine=None,
    )


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


async def _require_hr(connection: AsyncConnection, identity: Identity) -> None:
    if not await is_hr(connection, identity.person, identity.agency):
        raise HrOnly


async def _cycle(connection: AsyncConnection, cycle_id: uuid.UUID, identity: Identity) -> CycleSummary:
    found = await repository.cycle(connection, cycle_id, identity.agency)
    if found is None:
        raise NotFound
    return found


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
