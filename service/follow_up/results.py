"""The result of somebody's year from its periods, and how far it may be built on. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from content.follow_up.facts import RatedPeriod, Settled, Source, YearResult
from content.rating.part_years import year_predicate
from content.rating.periods import Period
from content.rules import ContentRules
from service import policy
from service.sight.seeing import is_delivered
from states.appraisal import Appraisal
from states.codec import load_appraisal
from states.stages import Stage
from store.result_history.repository import RatedCase


@dataclass(frozen=True, slots=True)
class ReadCase:
    """A period of a year with its snapshot as the core reads it."""

    case: RatedCase
    appraisal: Appraisal

    @property
    def predicate(self) -> str | None:
        """The predicate that was handed over; None before that, whatever is drafted."""
        return self.case.predicate if is_delivered(self.appraisal) else None

    @property
    def settled(self) -> Settled:
        """Whether its result may be built on."""
        if self.appraisal.stage is Stage.FINALISED:
            return Settled.FINAL
        return Settled.UNDER_OBJECTION if policy.is_contested(self.appraisal) else Settled.NOT_FINAL

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return self.case.period_from or dt.date(self.case.year, 1, 1)

    @property
    def last(self) -> dt.date:
        """Its last day."""
        return self.case.period_until or dt.date(self.case.year, 12, 31)


def read_case(case: RatedCase) -> ReadCase:
    """The case with its snapshot."""
    return ReadCase(case, load_appraisal(case.snapshot))


def year_result(periods: Sequence[ReadCase], rules: ContentRules) -> YearResult | None:
    """The result of a year of one or more periods in their order, by ``rules``; None before the last is handed over.

    It is final once every period of it is.
    """
    if rules.rating is None or not periods or periods[-1].predicate is None:
        return None
    settled = {each.settled for each in periods}
    worst = next(
        each for each in (Settled.UNDER_OBJECTION, Settled.NOT_FINAL, Settled.FINAL) if each in settled
    )
    return YearResult(_predicate(periods, rules), worst, Source.APPRAISAL)


def rated_periods(periods: Sequence[ReadCase]) -> list[RatedPeriod]:
    """The periods that have a result, as credit points are given for them."""
    return [
        RatedPeriod(each.first, each.last, each.predicate, each.settled)
        for each in periods
        if each.predicate is not None
    ]


def same_step(name: str | None, source: ContentRules | None, rules: ContentRules) -> str | None:
    """The step of these rules that means the same as a step of other rules: by its number in SIASN, else its name."""
    if name is None or rules.rating is None:
        return None
    known = rules.scales[rules.rating.predicates]
    if source is not None and source.rating is not None:
        steps = source.scales[source.rating.predicates].steps
        code = next((step.code for step in steps if step.name == name), None)
        if code is not None:
            return step_of(code, rules)
    return name if name in known.names else None


def step_of(code: int, rules: ContentRules) -> str | None:
    """The step of the scale of predicates with this number in SIASN."""
    if rules.rating is None:
        return None
    steps = rules.scales[rules.rating.predicates].steps
    return next((step.name for step in steps if step.code == code), None)


def _predicate(periods: Sequence[ReadCase], rules: ContentRules) -> str | None:
    apart = all(later.first > earlier.last for earlier, later in pairwise(periods))
    if rules.rating is None or len(periods) == 1 or not apart:
        # Periods that overlap on record have no shares by which they could be combined.
        return periods[-1].predicate
    given = [Period(str(each.case.id), each.first, each.last, each.predicate) for each in periods]
    return year_predicate(rules.rating, rules.scales[rules.rating.predicates], given).predicate
