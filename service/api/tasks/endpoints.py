from fastapi import APIRouter
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.tasks.reading import task_page
from service.tasks.schemas import TaskPage

router = APIRouter(tags=["tasks"])


@router.get(
    "/tasks", response_model=TaskPage, responses=problems(400, 401, 422, 503), operation_id="listTasks"
)
async def mine(
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """What waits on me in any capacity, the first due first."""
    async with shared.reading.connect() as connection:
        page = await task_page(connection, identity, locale, cursor=cursor, limit=limit)
    return answer(page)
