"""From counts to how raters rate, for a personnel officer who may be rated himself."""

import uuid

from service.leniency.picture import raters_picture
from states.stages import Stage
from store.rating.repository import RaterCount
from tests.fixtures.rated import national
from tests.service.distributions.test_picture import own_case

CONTENT = national()
RATING = CONTENT.rating
assert RATING is not None
SCALE = CONTENT.scales[RATING.predicates]
MILD, STRICT = uuid.UUID(int=1), uuid.UUID(int=2)


def test_each_rater_stands_beside_all_together() -> None:
    counts = [RaterCount(MILD, "Ani", "very_good", 3, None), RaterCount(STRICT, "Budi", "good", 3, None)]
    found = raters_picture(counts, SCALE).leniency
    mild, strict = found.raters
    assert found.unit.people == 6
    assert mild.difference is not None
    assert strict.difference is not None
    assert mild.difference == -strict.difference > 0


def test_a_group_under_three_has_no_mean() -> None:
    counts = [RaterCount(MILD, "Ani", "very_good", 2, None), RaterCount(STRICT, "Budi", "good", 3, None)]
    mild, strict = raters_picture(counts, SCALE).leniency.raters
    assert (mild.group.mean, mild.difference) == (None, None)
    assert strict.group.mean is not None


def test_the_askers_own_rating_is_left_out_until_it_is_handed_over() -> None:
    others = RaterCount(MILD, "Ani", "good", 3, None)
    before = RaterCount(MILD, "Ani", "poor", 1, own_case(Stage.FEEDBACK_MEETING))
    after = RaterCount(MILD, "Ani", "poor", 1, own_case(Stage.RESPONSE))
    assert raters_picture([others, before], SCALE).leniency.unit.people == 3
    assert raters_picture([others, after], SCALE).leniency.unit.counts["poor"] == 1


def test_predicates_of_another_scheme_are_counted_apart() -> None:
    counts = [RaterCount(MILD, "Ani", "good", 3, None), RaterCount(MILD, "Ani", "memuaskan", 2, None)]
    found = raters_picture(counts, SCALE)
    assert (found.leniency.unit.people, found.on_other_scales) == (3, 2)
