import uuid
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.api.words import Word
from service.people.reading import people_page, person_detail
from service.people.schemas import PeoplePage, PersonDetail

router = APIRouter(tags=["people"])


@router.get(
    "/people", response_model=PeoplePage, responses=problems(400, 401, 422, 503), operation_id="listPeople"
)
async def people(
    identity: SignedIn,
    shared: Shared,
    name: Annotated[Word | None, Query(min_length=1, max_length=100, description="Part of the name.")] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """The people whom I may see: for personnel officers the agency, else myself and those whom I rate."""
    async with shared.reading.connect() as connection:
        page = await people_page(connection, identity, name=name, cursor=cursor, limit=limit)
    return answer(page)


@router.get(
    "/people/{person_id}",
    response_model=PersonDetail,
    responses=problems(401, 404, 503),
    operation_id="getPerson",
)
async def person(person_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """One person whom I may see; the NIP only of myself, or for personnel officers."""
    async with shared.reading.connect() as connection:
        found = await person_detail(connection, person_id, identity, locale)
    return answer(found)
