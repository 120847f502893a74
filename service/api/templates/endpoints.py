from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from notifications.content import Part
from notifications.samples import stages_of
from notifications.versions import present_versions, template_names
from service.addresses import PREFIX
from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.templates.schemas import TemplateLine, TemplateList
from service.cycles.access import require_hr
from service.notices.template_previews import kinds_of, part_of, preview
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
"""A message has styles of its own and nothing else; it is shown as in a mail program, where nothing runs."""


@router.get(
    "/templates", response_model=TemplateList, responses=problems(401, 403, 503), operation_id="listTemplates"
)
async def listed(identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """The templates of messages with their numbers (personnel officers)."""
    async with shared.reading.connect() as connection:
        await require_hr(connection, identity)
    versions = present_versions()
    return answer(
        TemplateList(
            items=[
                TemplateLine(
                    name=name,
                    version=versions[name],
                    kinds=list(kinds_of(name)),
                    stages=list(stages_of(name)),
                    subject=preview(name, locale).subject,
                    preview=f"{PREFIX}/templates/{name}/preview",
                )
                for name in template_names()
            ]
        )
    )


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
        await require_hr(connection, identity)
    message = preview(name, locale or language, stage)
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
