import uuid

from fastapi import APIRouter
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.file.reading import file_of
from service.file.schemas import CaseFile

router = APIRouter(tags=["file"])


@router.get(
    "/appraisals/{appraisal_id}/file",
    response_model=CaseFile,
    responses=problems(401, 404, 503),
    operation_id="getFile",
)
async def file(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """The whole file of an appraisal, each part as far as I may see it.

    With my own result in it, it notes that I have seen it, as `POST /api/v1/appraisals/{appraisal_id}/seen` does.
    """
    return answer(await file_of(shared.reading, shared.acting, appraisal_id, identity, locale))
