"""Which result counts is read from what was done on its case, and whether it was given to the employee."""

from hypothesis import given
from hypothesis import strategies as st

from service.ratings.in_force import RATING, result_in_force
from states.stages import Stage
from states.triggers import Trigger
from store.file.acts import Act
from tests.service.acts import act, acts

RATE, RETURN, DELIVER, COUNTERSIGN, CHANGE, REOPEN = RATING


def found(*course: Act) -> tuple[str, bool] | None:
    """The digest of the result that counts, and whether it was delivered."""
    result = result_in_force(course)
    return None if result is None else (result.digest, result.delivered is not None)


def test_before_a_rating_nothing_counts() -> None:
    assert found() is None


def test_a_rating_is_a_draft_until_it_is_delivered() -> None:
    assert found(*acts((RATE, "a"))) == ("a", False)


def test_a_delivered_rating_counts_as_delivered() -> None:
    assert found(*acts((RATE, "a"), (DELIVER, "notes"))) == ("a", True)


def test_the_superiors_signature_in_place_of_the_delivery_gives_the_rating_to_the_employee() -> None:
    assert found(*acts((RATE, "a"), (COUNTERSIGN, None))) == ("a", True)


def test_a_countersignature_after_the_delivery_leaves_the_delivery_what_it_was() -> None:
    result = result_in_force(acts((RATE, "a"), (DELIVER, None), (COUNTERSIGN, None)))
    assert result is not None
    assert result.delivered is not None
    assert result.delivered.trigger == DELIVER


def test_a_returned_rating_is_a_draft_again_and_the_next_one_takes_its_place() -> None:
    assert found(*acts((RATE, "a"), (RETURN, "why"))) == ("a", False)
    assert found(*acts((RATE, "a"), (RETURN, "why"), (RATE, "b"))) == ("b", False)


def test_a_decision_that_changes_the_result_sets_it_and_gives_it_out() -> None:
    result = result_in_force(acts((RATE, "a"), (DELIVER, None), (CHANGE, "new")))
    assert result is not None
    assert (result.digest, result.decided, result.delivered is not None) == ("new", True, True)


def test_a_result_that_is_to_be_rated_anew_counts_no_more() -> None:
    course = [*acts((RATE, "a"), (DELIVER, None)), act(9, REOPEN, target=Stage.RATING)]
    assert found(*course) is None


def test_a_result_whose_objection_is_to_be_decided_anew_counts_meanwhile() -> None:
    course = [*acts((RATE, "a"), (DELIVER, None)), act(9, REOPEN, target=Stage.OBJECTION_REVIEW)]
    assert found(*course) == ("a", True)


def test_what_was_delivered_before_a_reopening_does_not_make_the_new_rating_delivered() -> None:
    course = [
        *acts((RATE, "a"), (DELIVER, None)),
        act(8, REOPEN, target=Stage.RATING),
        act(9, RATE, digest="b"),
    ]
    assert found(*course) == ("b", False)


@given(st.lists(st.sampled_from(RATING), max_size=20))
def test_whatever_was_done_a_result_that_counts_was_set_by_an_act_with_a_text(course: list[Trigger]) -> None:
    result = result_in_force(acts(*((trigger, "a") for trigger in course)))
    assert result is None or (result.by.trigger in (RATE, CHANGE) and result.digest == "a")
