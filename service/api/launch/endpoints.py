import datetime as dt
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response
from temporalio.client import Client, WorkflowQueryFailedError, WorkflowQueryRejectedError
from temporalio.service import RPCError

from service.accounts.tokens import Identity
from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Dependencies, Shared
from service.api.identity import Language, SignedIn
from service.api.launch.schemas import LaunchProgress, OutcomeTotal
from service.cycles.access import cycle_of, require_hr
from service.cycles.launch_request import NewLaunch
from service.cycles.launching import (
    LaunchRunning,
    NoLaunchRuns,
    launch_cycle,
    launch_workflow_id,
    pause_launch,
    resume_launch,
)
from service.cycles.wording import outcome_name, reason_name
from service.problems import (
    FieldError,
    Invalid,
    LaunchNotRunning,
    OtherLaunchRunning,
    OutcomeUnknown,
)
from states.codec import Json
from store.cycle import repository
from store.cycle.choosing import people_of, units_of
from store.launch.reading import result_totals
from translations import Locale
from translations import mark as _

router = APIRouter(tags=["cycles"])

PROGRESS_TIMEOUT = dt.timedelta(seconds=2)

_OPTIONAL_BODY = {"requestBody": {**documented(NewLaunch)["requestBody"], "required": False}}
_log = structlog.get_logger(__name__)


@router.post(
    "/cycles/{cycle_id}/launch",
    status_code=202,
    response_model=LaunchProgress,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra=_OPTIONAL_BODY,
    operation_id="launchCycle",
)
async def launch(
    cycle_id: uuid.UUID, request: Request, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Starts the launch of a cycle (personnel officers); while it runs, starting it again changes nothing."""
    # Whoever wants everybody need send nothing, of whatever type his client calls that nothing.
    wanted = await read_body(request, NewLaunch) if await request.body() else NewLaunch()
    async with shared.reading.connect() as connection:
        await require_hr(connection, identity)
        await cycle_of(connection, cycle_id, identity)
        await _require_known(connection, wanted, identity)
        await _start(shared.client, cycle_id, wanted)
        progress = await _recorded_progress(connection, cycle_id, locale)
    return answer(progress, 202, {"Location": f"/api/v1/cycles/{cycle_id}/launch"})


@router.get(
    "/cycles/{cycle_id}/launch",
    response_model=LaunchProgress,
    responses=problems(401, 403, 404, 503),
    operation_id="getLaunch",
)
async def launch_progress(
    cycle_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """How far the launch of a cycle has come (personnel officers)."""
    async with shared.reading.connect() as connection:
        await require_hr(connection, identity)
        await cycle_of(connection, cycle_id, identity)
        progress = await _recorded_progress(connection, cycle_id, locale)
    told = await _told_progress(shared.client, cycle_id)
    return answer(progress.model_copy(update={"engine": told}))


@router.post(
    "/cycles/{cycle_id}/launch/pause",
    response_model=LaunchProgress,
    responses=problems(401, 403, 404, 409, 503),
    operation_id="pauseLaunch",
)
async def pause(cycle_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Lets a launch start nobody further (personnel officers); harmless when it is paused already."""
    return await _steered(pause_launch, cycle_id, identity, shared, locale)


@router.post(
    "/cycles/{cycle_id}/launch/resume",
    response_model=LaunchProgress,
    responses=problems(401, 403, 404, 409, 503),
    operation_id="resumeLaunch",
)
async def resume(cycle_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Lets a paused launch go on (personnel officers); harmless when it is not paused."""
    return await _steered(resume_launch, cycle_id, identity, shared, locale)


async def _steered(
    steer: Callable[[Client, uuid.UUID], Awaitable[Json]],
    cycle_id: uuid.UUID,
    identity: Identity,
    shared: Dependencies,
    locale: Locale,
) -> Response:
    async with shared.reading.connect() as connection:
        await require_hr(connection, identity)
        await cycle_of(connection, cycle_id, identity)
    try:
        told = await steer(shared.client, cycle_id)
    except NoLaunchRuns:
        raise LaunchNotRunning from None
    except (RPCError, RuntimeError, TimeoutError) as error:
        _log.warning("launch_not_answering", error=type(error).__name__)
        raise OutcomeUnknown from error
    async with shared.reading.connect() as connection:
        progress = await _recorded_progress(connection, cycle_id, locale)
    return answer(progress.model_copy(update={"engine": told}))


async def _require_known(connection: AsyncConnection, wanted: NewLaunch, identity: Identity) -> None:
    """Units and people of the agency only: a wrong id would quietly launch nobody."""
    units = await units_of(connection, identity.agency, wanted.units) if wanted.units else set()
    people = await people_of(connection, identity.agency, wanted.people) if wanted.people else set()
    errors = [
        FieldError(f"/units/{place}", _("The agency has no such unit."))
        for place, unit in enumerate(wanted.units)
        if unit not in units
    ]
    errors += [
        FieldError(f"/people/{place}", _("The agency has no such person."))
        for place, person in enumerate(wanted.people)
        if person not in people
    ]
    if errors:
        raise Invalid(errors=errors)


async def _start(client: Client, cycle_id: uuid.UUID, wanted: NewLaunch) -> None:
    try:
        await launch_cycle(client, cycle_id, who=wanted.selection(), pace=wanted.pace)
    except LaunchRunning as running:
        raise OtherLaunchRunning(who=running.who.describe()) from running
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


async def _recorded_progress(
    connection: AsyncConnection, cycle_id: uuid.UUID, locale: Locale
) -> LaunchProgress:
    counts = await repository.stage_counts(connection, cycle_id)
    return LaunchProgress(
        cycle=cycle_id,
        appraisals=sum(count.appraisals for count in counts),
        started=sum(count.started for count in counts),
        outcomes=[
            OutcomeTotal(
                outcome=total.outcome,
                outcome_name=outcome_name(total.outcome, locale),
                reason=total.reason,
                reason_name=reason_name(total.reason, locale),
                people=total.people,
            )
            for total in await result_totals(connection, cycle_id)
        ],
        engine=None,
    )
