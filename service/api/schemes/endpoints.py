from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.schemes.reading import scheme_detail, scheme_list
from service.schemes.schemas import SchemeDetail, SchemeList

router = APIRouter(tags=["schemes"])


@router.get("/schemes", response_model=SchemeList, responses=problems(401, 503), operation_id="listSchemes")
async def listed(identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """The schemes that come with the program, and those by which cycles of my agency go."""
    async with shared.reading.connect() as connection:
        return answer(await scheme_list(connection, identity, locale))


@router.get(
    "/schemes/{name}",
    response_model=SchemeDetail,
    responses=problems(401, 404, 422, 503),
    operation_id="getScheme",
)
async def shown(
    name: Annotated[
        str,
        Path(max_length=80, description="A key such as `nasional@4`; a name alone means its newest version."),
    ],
    identity: SignedIn,
    shared: Shared,
    locale: Language,
) -> Response:
    """What people fill in under a scheme, which notes they may write, and how a predicate comes about."""
    async with shared.reading.connect() as connection:
        return answer(await scheme_detail(connection, identity, name, locale))
