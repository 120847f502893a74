"""The periods of a year, in the language of their reader."""

import uuid
from collections.abc import Sequence
from fractions import Fraction

from content.rating.part_years import year_predicate
from content.rating.periods import Period
from content.rules import ContentRules
from service.filled.titles import Titles
from service.periods.schemas import PeriodLine, PeriodList, YearPredicate
from service.periods.seeing import SeenPeriod
from service.periods.weighing import as_periods, shares
from service.ratings.naming import Names
from service.ratings.showing import outcome_in, shown_working
from service.wording import stage_name
from translations import Locale, translate
from translations import mark as _

NAME = _("period {number}")


def shown_periods(
    seen: Sequence[SeenPeriod], asked: uuid.UUID, rules: ContentRules | None, locale: Locale
) -> PeriodList:
    """The periods in order, and how they come to one predicate by ``rules``, those of the case that was asked for."""
    periods = as_periods(seen)
    found = shares(periods)
    lines = zip(seen, periods, found, strict=True)
    return PeriodList(
        items=[_line(each, period, share, asked, locale) for each, period, share in lines],
        year=None if None in found else _year(seen, periods, asked, rules, locale),
    )


def _line(
    seen: SeenPeriod, period: Period, share: Fraction | None, asked: uuid.UUID, locale: Locale
) -> PeriodLine:
    stored, written = seen.stored, (seen.stored.content or {}) if seen.open else {}
    return PeriodLine(
        appraisal_id=stored.id,
        period=stored.period,
        first=period.first,
        last=period.last,
        days=period.days,
        months=float(period.months),
        weight=None if share is None else str(share),
        weight_percent=None if share is None else round(float(100 * share), 2),
        stage=seen.appraisal.stage,
        stage_name=stage_name(seen.appraisal.stage, locale),
        unit=stored.unit,
        rater=stored.rater,
        present=stored.id == asked,
        closed=stored.period_until is not None,
        locked=stored.delivered,
        rated_by=stored.rated_by if seen.open else None,
        outcome=outcome_in(written, seen.rules, Titles(), seen.appraisal.rulebook, locale),
        text=written.get("text"),
    )


def _year(
    seen: Sequence[SeenPeriod],
    periods: Sequence[Period],
    asked: uuid.UUID,
    rules: ContentRules | None,
    locale: Locale,
) -> YearPredicate | None:
    """How the periods come to one predicate. A result that the reader may not see would show in it, or be missed."""
    if rules is None or rules.rating is None or any(_is_withheld(each) for each in seen):
        return None
    found = year_predicate(rules.rating, rules.scales[rules.rating.predicates], periods)
    others = {str(each.stored.id): translate(NAME, locale, number=each.stored.period) for each in seen}
    names = Names(rules, Titles(), locale, others)
    scheme = next(each.appraisal.rulebook for each in seen if each.stored.id == asked)
    return YearPredicate(
        predicate=found.predicate,
        predicate_name=None if found.predicate is None else names.predicate(found.predicate),
        working=shown_working(found.working, names, scheme),
    )


def _is_withheld(seen: SeenPeriod) -> bool:
    return seen.stored.delivered and not seen.open
