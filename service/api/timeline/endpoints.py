import uuid
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.documents.reading import document_of
from service.documents.schemas import DocumentDetail
from service.timeline.reading import timeline_page
from service.timeline.schemas import TimelinePage

router = APIRouter(tags=["timeline"])


@router.get(
    "/appraisals/{appraisal_id}/timeline",
    response_model=TimelinePage,
    responses=problems(400, 401, 404, 422, 503),
    operation_id="getTimeline",
)
async def happenings(
    appraisal_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """What happened to an appraisal, the newest first, with the texts that I may read.

    A page with my own result on it notes that I have seen it, as `POST /api/v1/appraisals/{appraisal_id}/seen` does.
    """
    return answer(
        await timeline_page(
            shared.reading, shared.acting, appraisal_id, identity, locale, cursor=cursor, limit=limit
        )
    )


@router.get(
    "/appraisals/{appraisal_id}/documents/{digest}",
    response_model=DocumentDetail,
    responses=problems(401, 404, 503),
    operation_id="getDocument",
)
async def document(
    appraisal_id: uuid.UUID,
    digest: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")],
    identity: SignedIn,
    shared: Shared,
) -> Response:
    """One text of an appraisal, if I may read it.

    To read my own result notes that I have seen it, as `POST /api/v1/appraisals/{appraisal_id}/seen` does.
    """
    return answer(await document_of(shared.reading, shared.acting, appraisal_id, digest, identity))
