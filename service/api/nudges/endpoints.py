from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.idempotency import KEY_PARAMETER, given_key
from service.api.identity import Language, SignedIn
from service.idempotency import checked_key
from service.nudges.schemas import NewNudges, NudgeAnswer
from service.nudges.showing import shown_nudges

router = APIRouter(tags=["nudges"])


@router.post(
    "/nudges",
    response_model=NudgeAnswer,
    responses=problems(400, 401, 413, 415, 422, 429, 503),
    openapi_extra={"parameters": [KEY_PARAMETER], **documented(NewNudges)},
    operation_id="nudge",
)
async def nudge(request: Request, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Asks whoever is awaited on these appraisals, in my name, once a task and day.

    Raters ask their people, their superiors ask both, personnel officers anybody; nobody himself. Each appraisal
    is answered for by itself. What is done before it was sent is not asked for any more.
    """
    key = checked_key(given_key(request))
    body = await read_body(request, NewNudges)
    done = await shared.nudging.nudge(identity, key, body.appraisals)
    return answer(shown_nudges(done, locale))
