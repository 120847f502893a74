"""The form of the public as JSON, without a sign-in: the link itself authorises."""

import json
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response
from starlette.routing import Route

from service.addresses import PREFIX
from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared, dependencies_of
from service.api.identity import Language
from service.problems import FieldError, Invalid
from service.problems.pointers import json_pointer
from service.public_feedback.giving import Sent
from service.public_feedback.schemas import NewPublicAnswer, PublicForm, Thanks
from service.public_feedback.showing import shown_form
from service.public_feedback.thanks import thanks
from translations import mark as _
from translations import negotiate

router = APIRouter(tags=["public feedback"])

PATH = f"{PREFIX}/public/{{token}}"
MOST_BYTES = 32 * 1024
_PARAMETERS: list[dict[str, Any]] = [
    {"name": "token", "in": "path", "required": True, "schema": {"type": "string"}}
]
TWICE = _("This field is given twice.")


@router.get(PATH, response_model=PublicForm, responses=problems(404, 410, 503), operation_id="getPublicForm")
async def form(token: str, shared: Shared, locale: Language) -> Response:
    """The form of a unit, with a nonce that belongs into its one answer. Nobody signs in, and nobody is noted."""
    return answer(shown_form(await shared.forms.open(token), locale))


# Path and body are read by hand: whole offices and floods come by this address.
@router.post(
    PATH,
    response_model=Thanks,
    status_code=201,
    responses={
        200: {"model": Thanks, "description": "The same answer was counted before."},
        **problems(400, 404, 409, 410, 413, 415, 422, 429, 503),
    },
    openapi_extra={"parameters": _PARAMETERS, **documented(NewPublicAnswer)},
    operation_id="givePublicAnswer",
)
async def give(request: Request) -> Response:
    """Rates the service of a unit. The same nonce sent again is counted once."""
    request.scope["route"] = PLAIN_ROUTE
    body = await read_body(request, NewPublicAnswer)
    _refuse_twice(await request.body())
    host = None if request.client is None else request.client.host
    sent = Sent(body.answers, body.text, body.nonce, host)
    counted = await dependencies_of(request).forms.leave(request.path_params["token"], sent)
    locale = negotiate(request.headers.get("accept-language"))
    return answer(thanks(locale, counted=counted), 201 if counted else 200)


PLAIN_ROUTE = Route(PATH, give, methods=["POST"])
"""The same without the framework, which only documents it."""


def _refuse_twice(raw: bytes) -> None:
    """Raises `Invalid` where an object names a field twice: nobody could tell which of the two was meant."""
    twice: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _value in pairs]
        twice.extend(name for name in dict.fromkeys(names) if names.count(name) > 1)
        return dict(pairs)

    json.loads(raw, object_pairs_hook=look)
    if twice:
        raise Invalid(errors=[FieldError(json_pointer([name]), TWICE) for name in twice])
