from fastapi import APIRouter
from starlette.responses import Response

from service.accounts.reading import me_of
from service.accounts.schemas import Me
from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn

router = APIRouter(tags=["session"])


@router.get("/me", response_model=Me, responses=problems(401, 503), operation_id="me")
async def me(identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Who I am, my roles, and how many tasks wait on me."""
    async with shared.reading.connect() as connection:
        found = await me_of(connection, identity, locale)
    return answer(found)
