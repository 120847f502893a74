"""What becomes of each submitted plan is read from what was done on its case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.plans.revisions import PLANNING, RevisionState, awaiting, in_force, revisions_of
from states.triggers import RevisionGround, Trigger
from tests.service.acts import act, acts

SUBMIT, APPROVE, RETURN, REVISE = PLANNING


def states(*each: tuple[Trigger, str | None]) -> list[str]:
    return [revision.state for revision in revisions_of(acts(*each))]


def test_a_case_without_a_submission_has_no_revision() -> None:
    assert revisions_of([]) == ()


def test_a_submitted_plan_waits_to_be_decided_on() -> None:
    revisions = revisions_of(acts((SUBMIT, "a")))
    assert (awaiting(revisions), in_force(revisions)) == (revisions[0], None)


def test_an_approved_plan_is_in_force_with_who_approved_it() -> None:
    (revision,) = revisions_of(acts((SUBMIT, "a"), (APPROVE, None)))
    assert revision.state is RevisionState.IN_FORCE
    assert revision.decided is not None
    assert revision.decided.sequence == 2


def test_a_returned_plan_stays_readable_beside_the_next_one() -> None:
    assert states((SUBMIT, "a"), (RETURN, "why"), (SUBMIT, "b")) == ["returned", "submitted"]


def test_a_plan_stays_in_force_while_its_revision_is_under_way() -> None:
    revisions = revisions_of(acts((SUBMIT, "a"), (APPROVE, None), (REVISE, None), (SUBMIT, "b")))
    assert (in_force(revisions), awaiting(revisions)) == (revisions[0], revisions[1])


def test_a_plan_stays_in_force_when_its_revision_is_returned() -> None:
    course = ((SUBMIT, "a"), (APPROVE, None), (REVISE, None), (SUBMIT, "b"), (RETURN, "why"))
    assert states(*course) == ["in_force", "returned"]


def test_an_approved_revision_supersedes_the_plan_before_and_says_which_one_it_is() -> None:
    first, second = revisions_of(
        acts((SUBMIT, "a"), (APPROVE, None), (REVISE, None), (SUBMIT, "b"), (APPROVE, None))
    )
    assert (first.state, first.superseded_by) == (RevisionState.SUPERSEDED, 2)
    assert (second.state, second.superseded_by) == (RevisionState.IN_FORCE, None)


def test_a_plan_that_was_superseded_names_the_revision_that_did_it_and_no_later_one() -> None:
    once = ((REVISE, None), (SUBMIT, "b"), (APPROVE, None))
    revisions = revisions_of(acts((SUBMIT, "a"), (APPROVE, None), *once, *once))
    assert [each.superseded_by for each in revisions] == [2, 3, None]


def test_a_revision_has_the_ground_on_which_it_was_opened() -> None:
    revisions = revisions_of(
        [
            act(1, SUBMIT, digest="a"),
            act(2, APPROVE),
            act(3, REVISE, ground=RevisionGround.PRIORITY_CHANGED),
            act(4, SUBMIT, digest="b"),
        ]
    )
    assert [each.ground for each in revisions] == [None, RevisionGround.PRIORITY_CHANGED]


def test_a_text_handed_in_again_word_for_word_is_a_revision_of_its_own() -> None:
    revisions = revisions_of(acts((SUBMIT, "a"), (RETURN, "why"), (SUBMIT, "a")))
    assert [(each.number, each.digest) for each in revisions] == [(1, "a"), (2, "a")]


@pytest.mark.parametrize("trigger", (APPROVE, RETURN, REVISE))
def test_a_decision_without_a_plan_is_passed_over(trigger: Trigger) -> None:
    assert states((trigger, None)) == []


@given(st.lists(st.sampled_from(PLANNING), max_size=30))
def test_whatever_was_done_at_most_one_plan_is_in_force_and_numbers_run_from_1(course: list[Trigger]) -> None:
    revisions = revisions_of(acts(*((trigger, "a") for trigger in course)))
    assert [each.number for each in revisions] == list(range(1, len(revisions) + 1))
    assert sum(each.state is RevisionState.IN_FORCE for each in revisions) <= 1
    assert len(revisions) == course.count(SUBMIT)


@given(st.lists(st.sampled_from(PLANNING), max_size=30))
def test_whatever_was_done_the_plan_in_force_is_the_last_one_before_the_last_approval(
    course: list[Trigger],
) -> None:
    done = acts(*((trigger, str(place)) for place, trigger in enumerate(course)))
    approved = [each.sequence for each in done if each.trigger == APPROVE]
    before = [
        each.digest for each in done if each.trigger == SUBMIT and approved and each.sequence < approved[-1]
    ]
    # An approval after a return cannot happen: the table of the lifecycle has no such row.
    if RETURN not in course:
        found = in_force(revisions_of(done))
        assert (None if found is None else found.digest) == (before[-1] if before else None)
