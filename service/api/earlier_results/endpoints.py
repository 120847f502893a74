from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.idempotency import KEY_PARAMETER, given_key
from service.api.identity import SignedIn
from service.earlier_results.giving import give_earlier_results
from service.earlier_results.schemas import NewEarlierResults, RecordedResults
from service.idempotency import checked_key

router = APIRouter(tags=["people"])


@router.post(
    "/earlier-results",
    status_code=201,
    response_model=RecordedResults,
    responses=problems(400, 401, 403, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER], **documented(NewEarlierResults)},
    operation_id="giveEarlierResults",
)
async def given(request: Request, identity: SignedIn, shared: Shared) -> Response:
    """Puts results of years before kinerja on record, for what rests on several years (personnel officers).

    What corrects an earlier list counts from then on; the corrected one stays on record. A final result of an
    appraisal here comes before one that was handed in.
    """
    key = checked_key(given_key(request))
    body = await read_body(request, NewEarlierResults)
    return answer(await give_earlier_results(shared.database, identity, key, body), 201)
