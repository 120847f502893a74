import uuid

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.idempotency import KEY_PARAMETER, given_key
from service.api.identity import Language, SignedIn
from service.idempotency import checked_key
from service.trainings.choosing import choose, withdraw
from service.trainings.reading import trainings_of
from service.trainings.schemas import ChosenTraining, NewTraining, Trainings

router = APIRouter(tags=["appraisals"])


@router.get(
    "/appraisals/{appraisal_id}/trainings",
    response_model=Trainings,
    responses=problems(401, 403, 404, 409, 503),
    operation_id="listTrainings",
)
async def listed(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """The trainings that the scheme offers, what of it is recommended by the meeting, and what was chosen.

    For the employee, the rater and personnel officers. If it shows the employee weaknesses that were named with a
    result, that result counts as seen.
    """
    return answer(await trainings_of(shared.reading, shared.acting, appraisal_id, identity, locale))


@router.post(
    "/appraisals/{appraisal_id}/trainings",
    status_code=201,
    response_model=ChosenTraining,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER], **documented(NewTraining)},
    operation_id="chooseTraining",
)
async def chosen(
    appraisal_id: uuid.UUID, request: Request, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Chooses a training after my result was handed over to me."""
    key = checked_key(given_key(request))
    body = await read_body(request, NewTraining)
    done = await choose(shared.database, shared.acting, identity, appraisal_id, key, body, locale)
    return answer(done, 201)


@router.post(
    "/appraisals/{appraisal_id}/trainings/{choice_id}/withdraw",
    response_model=ChosenTraining,
    responses=problems(401, 403, 404, 503),
    operation_id="withdrawTraining",
)
async def withdrawn(
    appraisal_id: uuid.UUID, choice_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Takes back a choice of mine; it stays on record. Needs no key: to repeat it changes nothing."""
    return answer(await withdraw(shared.database, identity, appraisal_id, choice_id, locale))
