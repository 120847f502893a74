"""Periods are weighed by their days; where they overlap on record, no weight is made up."""

import datetime as dt
import itertools
import uuid
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from content.rating.periods import Period
from service.periods.seeing import SeenPeriod
from service.periods.weighing import as_periods, shares
from states.codec import Json
from states.stages import Stage
from store.file.periods import StoredPeriod
from tests.states.builders import case_in

YEAR = 2026


def stored(
    first: dt.date | None = None, last: dt.date | None = None, content: Json | None = None
) -> StoredPeriod:
    return StoredPeriod(
        id=uuid.uuid4(),
        period=1,
        period_from=first,
        period_until=last,
        year=YEAR,
        snapshot={},
        unit="Badan Contoh",
        rater=None,
        capacities=(),
        digest=None,
        content=content,
        rated_by=None,
        delivered=content is not None,
    )


def seen(period: StoredPeriod, *, is_open: bool = True) -> SeenPeriod:
    return SeenPeriod(period, case_in(Stage.FINALISED).appraisal, None, is_open)


def period(first: str, last: str) -> Period:
    return Period("case", dt.date.fromisoformat(first), dt.date.fromisoformat(last), None)


def test_a_period_without_days_of_its_own_is_the_whole_year() -> None:
    (found,) = as_periods([seen(stored())])
    assert (found.first, found.last, found.days) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31), 365)


def test_a_predicate_counts_where_it_is_open() -> None:
    rated = stored(content={"outcome": {"predicate": "good"}})
    assert as_periods([seen(rated)])[0].predicate == "good"
    assert as_periods([seen(rated, is_open=False)])[0].predicate is None


def test_a_result_in_words_has_no_predicate() -> None:
    assert as_periods([seen(stored(content={"text": "Baik"}))])[0].predicate is None


def test_periods_that_overlap_on_record_have_no_weight() -> None:
    assert shares([period("2026-01-01", "2026-06-30"), period("2026-06-30", "2026-12-31")]) == (None, None)


def test_a_period_that_ends_before_it_begins_has_no_weight() -> None:
    assert shares([period("2026-06-30", "2026-01-01")]) == (None,)


def test_no_periods_have_no_weights() -> None:
    assert shares([]) == ()


@given(st.sets(st.integers(1, 364), max_size=6))
def test_however_a_year_is_cut_the_weights_sum_to_exactly_1(cuts: set[int]) -> None:
    begin = dt.date(YEAR, 1, 1)
    edges = [0, *sorted(cuts), 365]
    periods = [
        Period("case", begin + dt.timedelta(days=first), begin + dt.timedelta(days=last - 1), None)
        for first, last in itertools.pairwise(edges)
    ]
    found = shares(periods)
    assert sum(each or Fraction(0) for each in found) == 1
