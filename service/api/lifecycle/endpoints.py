from functools import cache

from fastapi import APIRouter
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.identity import Language, SignedIn
from service.api.lifecycle.schemas import Lifecycle, StageLine, TransitionLine
from service.wording import stage_name, trigger_name
from states.diagram import mermaid
from states.stages import HOLDERS, Stage
from states.table import TABLE
from translations import Locale

router = APIRouter(tags=["lifecycle"])


@router.get("/lifecycle", response_model=Lifecycle, responses=problems(401), operation_id="getLifecycle")
async def lifecycle(_identity: SignedIn, locale: Language) -> Response:
    """Stages, transitions, who may fire them, and the diagram."""
    return answer(_lifecycle(locale))


@cache
def _lifecycle(locale: Locale) -> Lifecycle:
    return Lifecycle(
        stages=[
            StageLine(stage=stage, name=stage_name(stage, locale), holder=HOLDERS.get(stage))
            for stage in Stage
        ],
        transitions=[
            TransitionLine(
                trigger=row.trigger,
                name=trigger_name(row.trigger, locale),
                source=row.source,
                target=row.target,
                by=sorted(row.by),
                when=list(row.when),
                requires=list(row.requires),
                needs_text=row.needs_text,
            )
            for row in TABLE
        ],
        mermaid=mermaid(),
    )
