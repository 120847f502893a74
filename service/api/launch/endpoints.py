import uuid

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.addresses import PREFIX
from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.launches.request import NewLaunch
from service.launches.schemas import LaunchProgress

router = APIRouter(tags=["cycles"])

_OPTIONAL_BODY = {"requestBody": {**documented(NewLaunch)["requestBody"], "required": False}}


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
    # A launch for everybody needs no body; the media type of an empty body does not matter.
    wanted = await read_body(request, NewLaunch) if await request.body() else NewLaunch()
    progress = await shared.launches.start(identity, cycle_id, wanted, locale)
    return answer(progress, 202, {"Location": f"{PREFIX}/cycles/{cycle_id}/launch"})


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
    return answer(await shared.launches.progress(identity, cycle_id, locale))


@router.post(
    "/cycles/{cycle_id}/launch/pause",
    response_model=LaunchProgress,
    responses=problems(401, 403, 404, 409, 503),
    operation_id="pauseLaunch",
)
async def pause(cycle_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Lets a launch start nobody further (personnel officers); harmless when it is paused already."""
    return answer(await shared.launches.pause(identity, cycle_id, locale))


@router.post(
    "/cycles/{cycle_id}/launch/resume",
    response_model=LaunchProgress,
    responses=problems(401, 403, 404, 409, 503),
    operation_id="resumeLaunch",
)
async def resume(cycle_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Lets a paused launch go on (personnel officers); harmless when it is not paused."""
    return answer(await shared.launches.resume(identity, cycle_id, locale))
