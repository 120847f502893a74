"""The lifecycle, in the language of its reader."""

from functools import cache

from service.lifecycle.schemas import Lifecycle, StageLine, TransitionLine
from service.wording import stage_name, trigger_name
from states.diagram import mermaid
from states.stages import HOLDERS, Stage
from states.table import TABLE
from translations import Locale


@cache
def shown_lifecycle(locale: Locale) -> Lifecycle:
    """Stages, transitions, who may fire them, and the diagram."""
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
