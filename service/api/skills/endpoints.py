import uuid
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.skills.picture import unit_picture
from service.skills.picture_schemas import UnitPicture
from service.skills.reading import skills_of_case
from service.skills.schemas import Skills

router = APIRouter(tags=["skills"])


@router.get(
    "/appraisals/{appraisal_id}/skills",
    response_model=Skills,
    responses=problems(401, 404, 503),
    operation_id="getSkills",
)
async def skills(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Each skill as the employee and his rater see it, strengths and weaknesses with their reasons, and what helps.

    Each part as far as I may see it. With my own result in it, it notes that I have seen it, as
    `POST /api/v1/appraisals/{appraisal_id}/seen` does.
    """
    return answer(await skills_of_case(shared.reading, shared.acting, appraisal_id, identity, locale))


@router.get(
    "/units/{unit_id}/picture",
    response_model=UnitPicture,
    responses=problems(401, 404, 422, 503),
    operation_id="getUnitPicture",
)
async def picture(
    unit_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    cycle: Annotated[
        uuid.UUID | None, Query(description="The cycle whose results are counted; the latest unless given.")
    ] = None,
) -> Response:
    """How the skills of a unit stand, with all units below it, and the training programmes that follow.

    For personnel officers, for the head of the unit and for whoever rates him. Nobody is named, and a count that
    would tell of fewer than three people is null.
    """
    return answer(await unit_picture(shared.database, shared.reading, identity, cycle, unit_id, locale))
