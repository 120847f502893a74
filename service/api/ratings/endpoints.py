import uuid

from fastapi import APIRouter
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.periods.reading import year_of
from service.periods.schemas import PeriodList
from service.ratings.reading import rating_of
from service.ratings.schemas import RatingDetail, SuggestionDetail
from service.ratings.suggesting import suggestion_of

router = APIRouter(tags=["ratings"])


@router.get(
    "/appraisals/{appraisal_id}/rating",
    response_model=RatingDetail,
    responses=problems(401, 404, 503),
    operation_id="getRating",
)
async def rating(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """The result that counts, item by item, and how its predicate is computed.

    To read my own result notes that I have seen it, as `POST /api/v1/appraisals/{appraisal_id}/seen` does.
    """
    return answer(await rating_of(shared.reading, shared.acting, appraisal_id, identity, locale))


@router.get(
    "/appraisals/{appraisal_id}/rating/suggestion",
    response_model=SuggestionDetail,
    responses=problems(401, 404, 503),
    operation_id="getSuggestion",
)
async def suggestion(
    appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """What the agency's thresholds suggest for the results, with the working. It never rates; the rater does."""
    return answer(await suggestion_of(shared.reading, appraisal_id, identity, locale))


@router.get(
    "/appraisals/{appraisal_id}/periods",
    response_model=PeriodList,
    responses=problems(401, 404, 503),
    operation_id="listPeriods",
)
async def periods(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """All periods of the employee's year, how much each weighs, and what was rated as far as I may see it.

    My own results among them are noted as seen, as `POST /api/v1/appraisals/{appraisal_id}/seen` does.
    """
    return answer(await year_of(shared.reading, shared.acting, appraisal_id, identity, locale))
