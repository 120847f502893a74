import re
import uuid
from typing import Any

import structlog
from fastapi import APIRouter, Request
from starlette.responses import Response
from starlette.routing import Route

from service.api.actions.schemas import Acknowledgement
from service.api.addresses import PREFIX
from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import dependencies_of
from service.api.identity import identify
from service.asked import Asked
from service.problems import IdempotencyKeyInvalid, IdempotencyKeyMissing, NotFound, Problem
from states.triggers import Trigger

router = APIRouter(tags=["actions"])

# The clock records under "wake:...", the launch under "launch", an operation under "operation:...": nobody may
# take these names first.
_KEY = re.compile(r"(?!wake:|launch|operation:)[!-~]{1,80}\Z")

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
    {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "New for each action, the same for its repeats.",
        "schema": {"type": "string", "pattern": "^(?!wake:|launch|operation:)[!-~]{1,80}$"},
    },
]


# Path, header and body are read by hand: this is the one request whose every tenth of a millisecond counts.
@router.post(
    PATH,
    response_model=Acknowledgement,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": _PARAMETERS, "security": [{"HTTPBearer": []}], **documented(Asked)},
    operation_id="act",
)
async def act(request: Request) -> Response:
    """Carries out an action. It is acknowledged once it is durable in the engine and on record."""
    request.scope["route"] = PLAIN_ROUTE
    identity = identify(request)
    acting = dependencies_of(request).acting
    appraisal, trigger = _target(request.path_params)
    structlog.contextvars.bind_contextvars(appraisal=str(appraisal), trigger=trigger.value)
    given = request.headers.get("idempotency-key")
    try:
        key = _key(given)
        asked = await read_body(request, Asked)
    except Problem as problem:
        await acting.note_refusal(identity, appraisal, trigger, given or "", problem.code)
        raise
    done = await acting.act(identity, appraisal, trigger, key, asked)
    return answer(
        Acknowledgement.model_construct(appraisal=done.appraisal, stage=done.stage, sequence=done.sequence)
    )


PLAIN_ROUTE = Route(PREFIX + PATH, act, methods=["POST"])
"""The same endpoint without the framework around it."""


def _target(path: dict[str, str]) -> tuple[uuid.UUID, Trigger]:
    try:
        return uuid.UUID(path["appraisal_id"]), Trigger(path["trigger"])
    except ValueError:
        raise NotFound from None


def _key(given: str | None) -> str:
    if not given:
        raise IdempotencyKeyMissing
    if not _KEY.match(given):
        raise IdempotencyKeyInvalid
    return given
