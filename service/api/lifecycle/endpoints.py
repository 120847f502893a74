from fastapi import APIRouter
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.identity import Language, SignedIn
from service.lifecycle.schemas import Lifecycle
from service.lifecycle.showing import shown_lifecycle

router = APIRouter(tags=["lifecycle"])


@router.get("/lifecycle", response_model=Lifecycle, responses=problems(401), operation_id="getLifecycle")
async def lifecycle(_identity: SignedIn, locale: Language) -> Response:
    """Stages, transitions, who may fire them, and the diagram."""
    return answer(shown_lifecycle(locale))
