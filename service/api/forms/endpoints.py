import uuid

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.forms.reading import form_check, form_list, form_shown
from service.forms.schemas import FilledForm, FormCheck, FormList, FormShown

router = APIRouter(tags=["forms"])


@router.get(
    "/appraisals/{appraisal_id}/forms",
    response_model=FormList,
    responses=problems(401, 404, 503),
    operation_id="listForms",
)
async def forms(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """The forms of a case, and which of them I may fill in."""
    async with shared.reading.connect() as connection:
        found = await form_list(connection, appraisal_id, identity, locale)
    return answer(found)


@router.get(
    "/appraisals/{appraisal_id}/forms/{form}",
    response_model=FormShown,
    responses=problems(401, 404, 503),
    operation_id="getForm",
)
async def form(
    appraisal_id: uuid.UUID, form: str, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """A form with what it asks, what the case has for it, and an example that would be accepted."""
    async with shared.reading.connect() as connection:
        found = await form_shown(connection, appraisal_id, form, identity, locale)
    return answer(found)


@router.post(
    "/appraisals/{appraisal_id}/forms/{form}/check",
    response_model=FormCheck,
    responses=problems(400, 401, 403, 404, 413, 415, 422, 503),
    openapi_extra=documented(FilledForm),
    operation_id="checkForm",
)
async def check(
    request: Request, appraisal_id: uuid.UUID, form: str, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """What is missing before it could be handed in, and where. Nothing is kept of it."""
    body = await read_body(request, FilledForm)
    async with shared.reading.connect() as connection:
        found = await form_check(connection, appraisal_id, form, identity, body, locale)
    return answer(found)
