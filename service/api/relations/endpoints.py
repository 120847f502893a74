import uuid

from fastapi import APIRouter
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.relations.reading import relations_of
from service.relations.schemas import Relations

router = APIRouter(tags=["people"])


@router.get(
    "/people/{person_id}/relations",
    response_model=Relations,
    responses=problems(401, 404, 503),
    operation_id="getRelations",
)
async def relations(person_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Who rates a person now and by what right, and how that came about (the person, and personnel officers)."""
    async with shared.reading.connect() as connection:
        found = await relations_of(connection, person_id, identity, locale)
    return answer(found)
