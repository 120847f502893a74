"""Cycles, in the language of their reader."""

from collections.abc import Sequence
from typing import Any

from service.cycles.schemas import CycleDetail, CycleLine, StageTotal
from service.wording import stage_name
from store.cycle.repository import CycleSummary, StageCount
from translations import Locale


def shown_detail(row: CycleSummary, stages: list[StageTotal] | None) -> CycleDetail:
    """A cycle with the totals of its stages, if the reader may see these."""
    fields: dict[str, Any] = {name: getattr(row, name) for name in (*CycleLine.model_fields, "working_days")}
    return CycleDetail(**fields, stages=stages)


def shown_totals(counts: Sequence[StageCount], locale: Locale) -> list[StageTotal]:
    """The number of appraisals in each stage."""
    return [
        StageTotal(
            stage=count.stage,
            stage_name=stage_name(count.stage, locale),
            appraisals=count.appraisals,
            overdue=count.overdue,
        )
        for count in counts
    ]
