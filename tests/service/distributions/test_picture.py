"""What of the counts of a unit its reader is shown."""

import pytest

from content.rating.distribution import Verdict
from service.distributions.picture import picture_of
from states.codec import Json
from states.stages import Stage
from store.rating.repository import PredicateCount
from tests.fixtures.rated import national

CONTENT = national()
RATING = CONTENT.rating
assert RATING is not None
SCALE = CONTENT.scales[RATING.predicates]
RULES = RATING.distribution


def count(predicate: str, people: int, *, below: bool = False, own: Json | None = None) -> PredicateCount:
    return PredicateCount(below, predicate, people, own)


def own_case(stage: Stage) -> Json:
    return {
        "id": "a",
        "employee": "e",
        "year": 2026,
        "rulebook": "nasional:4",
        "calendar": "c",
        "stage": stage.value,
        "sequence": 9,
        "entered_at": "2026-12-30T01:00:00Z",
        "result": "d" * 64,
    }


def test_a_personnel_officer_sees_how_two_people_are_spread() -> None:
    found = picture_of([count("good", 1), count("poor", 1)], RULES, SCALE, "good", officer=True)
    assert found.distribution is not None
    assert found.distribution.people == found.people == 2


@pytest.mark.parametrize(("people", "shown"), ((0, False), (1, False), (2, False), (3, True)))
def test_the_leader_above_sees_nothing_of_fewer_than_three_but_their_number(people: int, shown: bool) -> None:
    counts = [count("good", people)] if people else []
    found = picture_of(counts, RULES, SCALE, "good", officer=False)
    assert found.people == people
    assert (found.distribution is not None) is shown


@pytest.mark.parametrize(("below", "shown"), ((0, True), (1, False), (2, False), (3, True)))
def test_units_below_with_one_or_two_people_cannot_be_told_from_the_difference(
    below: int, shown: bool
) -> None:
    counts = [count("good", 5), *([count("poor", below, below=True)] if below else [])]
    found = picture_of(counts, RULES, SCALE, None, officer=False)
    assert (found.distribution is not None) is shown
    assert found.people == 5 + below


@pytest.mark.parametrize(
    ("stage", "counted"),
    (
        (Stage.MODERATION, False),
        (Stage.FEEDBACK_MEETING, False),
        (Stage.COUNTERSIGN, False),
        (Stage.RESPONSE, True),
        (Stage.FINALISED, True),
    ),
)
def test_ones_own_rating_counts_once_it_was_handed_over(stage: Stage, counted: bool) -> None:
    counts = [count("good", 4), count("very_good", 1, own=own_case(stage))]
    found = picture_of(counts, RULES, SCALE, "good", officer=True)
    assert found.people == (5 if counted else 4)
    assert found.distribution is not None
    assert found.distribution.shares[0].people == int(counted)


def test_a_predicate_of_another_scheme_is_counted_apart() -> None:
    found = picture_of([count("good", 4), count("memuaskan", 2)], RULES, SCALE, "good", officer=True)
    assert (found.people, found.on_other_scales) == (4, 2)


def test_a_scheme_that_expects_nothing_still_counts() -> None:
    found = picture_of([count("good", 4)], None, SCALE, None, officer=True)
    assert found.distribution is not None
    assert (found.distribution.people, found.distribution.limits) == (4, ())


def test_the_limits_of_the_level_apply() -> None:
    found = picture_of([count("very_good", 12)], RULES, SCALE, "excellent", officer=True)
    assert found.distribution is not None
    assert [state.verdict for state in found.distribution.limits] == [Verdict.NOT_MET]
