"""Recognitions for what was counted in the year (PP 30/2019 art 55)."""

import pytest

from content.follow_up.awards import awards
from content.follow_up.facts import Counted, Facts, Settled, Source, YearResult
from content.follow_up.outcome import Code, FollowUp
from tests.schemes.filled import content_of

(RULE,) = content_of("gerunggang").follow_up.awards


def result(predicate: str, settled: Settled = Settled.FINAL) -> YearResult:
    return YearResult(predicate, settled, Source.APPRAISAL)


def found(predicate: str, complaints: Counted, settled: Settled = Settled.FINAL) -> FollowUp:
    known = Facts(2026, {2026: result(predicate, settled)}, {"complaint": complaints})
    (only,) = awards((RULE,), known)
    return only


@pytest.mark.parametrize(
    ("within", "predicate", "met"),
    ((2, "good", True), (1, "very_good", False), (9, "needs_improvement", False)),
)
def test_complaints_settled_fast_count_with_a_good_predicate(within: int, predicate: str, met: bool) -> None:
    assert found(predicate, Counted(9, within)).met is met


def test_slow_ones_do_not_count_and_the_numbers_are_told() -> None:
    reason = found("good", Counted(9, 1)).reasons[-1]
    assert reason.code is Code.COUNTED_MISSING
    assert dict(reason.facts) == {"entry": "complaint", "found": 1, "at_least": 2}


def test_an_award_waits_until_the_result_is_final() -> None:
    reasons = found("good", Counted(9, 9), Settled.UNDER_OBJECTION).reasons
    assert [(each.code, each.holds) for each in reasons] == [
        (Code.UNDER_OBJECTION, False),
        (Code.COUNTED_ENOUGH, True),
    ]


def test_one_for_any_predicate_waits_as_well() -> None:
    any_predicate = RULE.model_copy(update={"predicates": ()})
    noted = {"complaint": Counted(9, 9)}
    for settled, met in ((Settled.NOT_FINAL, False), (Settled.FINAL, True)):
        (only,) = awards((any_predicate,), Facts(2026, {2026: result("poor", settled)}, noted))
        assert only.met is met
    (only,) = awards((any_predicate,), Facts(2026, {}, noted))
    assert only.reasons[0].code is Code.NO_RESULT
