"""Cycles, in the language of their reader."""

from collections.abc import Sequence
from typing import Any

from service.cycles.schemas import CycleDetail, CycleLine, StageTotal
from service.wording import provisional_in_words, stage_name
from store.cycle.calendars import provisional_years_of
from store.cycle.repository import CycleSummary, StageCount
from translations import Locale


def shown_detail(row: CycleSummary, stages: list[StageTotal] | None, locale: Locale) -> CycleDetail:
    """A cycle with the totals of its stages, as far as they are for the reader."""
    fields: dict[str, Any] = {name: getattr(row, name) for name in (*CycleLine.model_fields, "working_days")}
    provisional = provisional_years_of(row.year, row.working_days)
    return CycleDetail(
        **fields,
        provisional_years=list(provisional),
        provisional_in_words=provisional_in_words(provisional, locale),
        stages=stages,
    )


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
