from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.preferences.changing import change_preferences, my_preferences, replace_preferences
from service.preferences.schemas import ChangedPreferences, NewPreferences, Preferences

router = APIRouter(tags=["me"])


@router.get(
    "/me/preferences", response_model=Preferences, responses=problems(401, 503), operation_id="getPreferences"
)
async def mine(identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """What I am told through which channel, what of it cannot be switched off, and why."""
    async with shared.reading.connect() as connection:
        found = await my_preferences(connection, identity, shared.reach, locale)
    return answer(found)


@router.put(
    "/me/preferences",
    response_model=Preferences,
    responses=problems(400, 401, 413, 415, 422, 503),
    openapi_extra=documented(NewPreferences),
    operation_id="replacePreferences",
)
async def replace(request: Request, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Sets the whole matrix; a cell that is locked may only be true."""
    body = await read_body(request, NewPreferences)
    return answer(await replace_preferences(shared.database, identity, body, shared.reach, locale))


@router.patch(
    "/me/preferences",
    response_model=Preferences,
    responses=problems(400, 401, 413, 415, 422, 503),
    openapi_extra=documented(ChangedPreferences),
    operation_id="changePreferences",
)
async def change(request: Request, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Sets some cells, or the language; everything else stays as it is."""
    body = await read_body(request, ChangedPreferences)
    return answer(await change_preferences(shared.database, identity, body, shared.reach, locale))
