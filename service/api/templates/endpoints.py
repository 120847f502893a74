from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from notifications.content import Part
from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.templates.previewing import part_of
from service.templates.reading import template_list, template_preview
from service.templates.schemas import TemplateList
from states.stages import Stage
from translations import Locale

router = APIRouter(tags=["templates"])

_MEDIA_TYPES = {
    Part.TEXT: "text/plain; charset=utf-8",
    Part.HTML: "text/html; charset=utf-8",
    Part.SUBJECT: "text/plain; charset=utf-8",
}
_CONTAINED = (
    "default-src 'none'; style-src-attr 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)
"""Allows a message its own styles and nothing else: as in a mail program, no script runs."""


@router.get(
    "/templates", response_model=TemplateList, responses=problems(401, 403, 503), operation_id="listTemplates"
)
async def listed(identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """The templates of messages with their numbers (personnel officers)."""
    async with shared.reading.connect() as connection:
        found = await template_list(connection, identity, locale)
    return answer(found)


@router.get(
    "/templates/{name}/preview",
    response_class=Response,
    responses={
        200: {"content": {kind.partition(";")[0]: {} for kind in _MEDIA_TYPES.values()}},
        **problems(401, 403, 404, 422, 503),
    },
    operation_id="previewTemplate",
)
async def previewed(
    name: str,
    identity: SignedIn,
    shared: Shared,
    language: Language,
    locale: Annotated[
        Locale | None, Query(description="Language of the message; without it that of the request.")
    ] = None,
    form: Annotated[Part, Query(description="Which part of the message.")] = Part.TEXT,
    stage: Annotated[
        Stage | None, Query(description="For which stage, where the words differ between stages.")
    ] = None,
) -> Response:
    """What a reader would get, with an invented content (personnel officers)."""
    async with shared.reading.connect() as connection:
        message = await template_preview(connection, identity, name, locale or language, stage)
    return Response(
        part_of(message, form),
        headers={
            "Content-Type": _MEDIA_TYPES[form],
            "Content-Language": str(message.locale),
            "Content-Security-Policy": _CONTAINED,
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        },
    )
