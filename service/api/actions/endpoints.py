import uuid
from typing import Any

import structlog
from fastapi import APIRouter, Request
from starlette.responses import Response
from starlette.routing import Route

from service.addresses import PREFIX
from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import dependencies_of
from service.api.idempotency import KEY_PARAMETER, given_key
from service.api.identity import identify
from service.appraisals.request import ActionRequest
from service.appraisals.schemas import Acknowledgement
from service.idempotency import checked_key
from service.problems import NotFound, Problem
from states.triggers import Trigger

router = APIRouter(tags=["actions"])

PATH = "/appraisals/{appraisal_id}/actions/{trigger}"

_PARAMETERS: list[dict[str, Any]] = [
    {
        "name": "appraisal_id",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "format": "uuid"},
    },
    {
        "name": "trigger",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "enum": [trigger.value for trigger in Trigger]},
    },
    KEY_PARAMETER,
]


# Path, header and body are read by hand, because this request must be as fast as possible.
@router.post(
    PATH,
    response_model=Acknowledgement,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": _PARAMETERS, "security": [{"HTTPBearer": []}], **documented(ActionRequest)},
    operation_id="act",
)
async def act(request: Request) -> Response:
    """Carries out an action. It is acknowledged once it is durable in the engine and on record."""
    request.scope["route"] = PLAIN_ROUTE
    identity = identify(request)
    acting = dependencies_of(request).acting
    appraisal, trigger = _target(request.path_params)
    structlog.contextvars.bind_contextvars(appraisal=str(appraisal), trigger=trigger.value)
    given = given_key(request)
    try:
        key = checked_key(given)
        asked = await read_body(request, ActionRequest)
    except Problem as problem:
        await acting.note_refusal(identity, appraisal, trigger, given or "", problem.code)
        raise
    done = await acting.act(identity, appraisal, trigger, key, asked)
    return answer(
        Acknowledgement.model_construct(appraisal=done.appraisal, stage=done.stage, sequence=done.sequence)
    )


PLAIN_ROUTE = Route(PREFIX + PATH, act, methods=["POST"])
"""The same endpoint as a plain route, without the framework's overhead."""


def _target(path: dict[str, str]) -> tuple[uuid.UUID, Trigger]:
    try:
        return uuid.UUID(path["appraisal_id"]), Trigger(path["trigger"])
    except ValueError:
        raise NotFound from None
