import uuid

from fastapi import APIRouter
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import SignedIn
from service.appraisals.schemas import Acknowledgement

router = APIRouter(tags=["appraisals"])


@router.post(
    "/appraisals/{appraisal_id}/seen",
    response_model=Acknowledgement,
    responses=problems(401, 403, 404, 503),
    operation_id="noteSeen",
)
async def note_seen(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared) -> Response:
    """Notes that I opened my own case: its inbox notices are seen, and a result that waits for it is received.

    Needs no key: to repeat it changes nothing.
    """
    done = await shared.acting.note_seen(identity, appraisal_id)
    return answer(Acknowledgement(appraisal=done.appraisal, stage=done.stage, sequence=done.sequence))
