"""What is counted of ballots, and how little of it may be shown."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.surveys.answers import AnswerMistake, answer_faults, tidied
from content.surveys.ballots import (
    MOST_BYTES_OF_A_TEXT,
    ROOM,
    Ballot,
    BallotUnreadable,
    ballot_of,
    packed,
    unpacked,
)
from content.surveys.questions import GROUPS, NoSuchSurvey, questions_of
from content.surveys.tally import Tally, tallied
from tests.fixtures.surveys import ITEMS, STEPS, surveyed

QUESTIONS = questions_of(surveyed(), "survey")

ballots = st.builds(
    Ballot,
    st.sampled_from(GROUPS),
    st.tuples(*[st.integers(0, len(STEPS) - 1)] * len(ITEMS)),
    st.tuples(*[st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=400)] * 2),
)


def seen(tally: Tally | None) -> object:
    """All that is kept of a survey, without the order of its texts."""
    if tally is None:
        return None
    return tally.answers, tally.number, sorted(map(str, tally.means)), sorted(tally.texts)


def apart(tally: Tally | None) -> set[str]:
    return set() if tally is None else {mean.group for mean in tally.means} - {"all"}


@given(ballots)
def test_a_ballot_is_read_as_it_was_written_and_all_are_of_one_size(ballot: Ballot) -> None:
    assert len(packed(ballot)) == ROOM
    assert unpacked(QUESTIONS, packed(ballot)) == ballot


@given(st.binary(max_size=ROOM + 10) | st.binary(min_size=ROOM, max_size=ROOM))
def test_other_bytes_are_a_ballot_or_refused_and_nothing_else(content: bytes) -> None:
    try:
        read = unpacked(QUESTIONS, content)
    except BallotUnreadable:
        return
    assert all(step < len(STEPS) for step in read.steps)


def test_the_longest_answer_that_is_taken_fits() -> None:
    long = surveyed(texts=[{"name": n, "label": {"id": n, "en": n}, "longest": 1500} for n in ("a", "b")])
    questions = questions_of(long, "survey")
    texts = dict.fromkeys(("a", "b"), "é" * (MOST_BYTES_OF_A_TEXT // 2))
    answers = dict.fromkeys(ITEMS, "often")
    assert answer_faults(questions, answers, texts) == []
    assert len(packed(ballot_of(questions, "peers", answers, texts))) == ROOM
    assert 2 + 60 + 2 * (2 + MOST_BYTES_OF_A_TEXT) <= ROOM, "the largest list that a scheme may ask for"


@given(st.lists(ballots, max_size=9), st.randoms())
def test_the_order_of_answers_makes_no_difference(given_ballots: list[Ballot], random: object) -> None:
    shuffled = list(given_ballots)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert seen(tallied(QUESTIONS, shuffled)) == seen(tallied(QUESTIONS, given_ballots))


@given(st.lists(ballots, min_size=2, max_size=9), st.data())
def test_what_is_shown_stays_the_same_when_two_people_swap_their_answers(
    given_ballots: list[Ballot], data: st.DataObject
) -> None:
    before = tallied(QUESTIONS, given_ballots)
    places = st.integers(0, len(given_ballots) - 1)
    one, other = data.draw(places), data.draw(places)
    first, second = given_ballots[one], given_ballots[other]
    if apart(before) and first.group != second.group:
        return  # A group that may stand apart says what its members said together.
    swapped = list(given_ballots)
    swapped[one] = Ballot(first.group, second.steps, second.texts)
    swapped[other] = Ballot(second.group, first.steps, first.texts)
    assert seen(tallied(QUESTIONS, swapped)) == seen(before)


@given(st.lists(ballots, max_size=12), st.integers(3, 6))
def test_nothing_is_kept_of_fewer_than_the_minimum_of_all_or_of_a_group(
    given_ballots: list[Ballot], minimum: int
) -> None:
    questions = questions_of(surveyed(minimum=minimum, groups=GROUPS_OF_TEN), "survey")
    tally = tallied(questions, given_ballots)
    if len(given_ballots) < minimum:
        assert tally is None
        return
    assert tally is not None
    assert all(mean.answers >= minimum for mean in tally.means)
    # Nor is a small group what is left of the whole without the others.
    shown = {mean.group: mean.answers for mean in tally.means if mean.group != "all"}
    assert sum(shown.values()) in (0, len(given_ballots))


GROUPS_OF_TEN = [{"name": name, "at_most": 10} for name in GROUPS]


@pytest.mark.parametrize(("peers", "subordinates"), tuple(product(range(6), range(6))))
def test_groups_stand_apart_if_each_that_answered_is_large_enough(peers: int, subordinates: int) -> None:
    given_ballots = [Ballot("peers", (0, 0, 0), ("", ""))] * peers
    given_ballots += [Ballot("subordinates", (1, 1, 1), ("", ""))] * subordinates
    expected = {"peers", "subordinates"} if min(peers, subordinates) >= 3 else set()
    assert apart(tallied(QUESTIONS, given_ballots)) == expected


def test_the_number_is_the_mean_of_all_steps_of_all_answers() -> None:
    given_ballots = [Ballot("peers", steps, ("", "")) for steps in ((0, 1, 2), (1, 1, 1), (3, 3, 0))]
    tally = tallied(QUESTIONS, given_ballots)
    assert tally is not None
    assert tally.number == float(Fraction(120 + 100 + 75 + 300 + 50 + 50 + 120, 9))
    assert [mean.mean for mean in tally.means] == [90, float(Fraction(250, 3)), float(Fraction(295, 3))]


def test_empty_words_are_left_out() -> None:
    given_ballots = [Ballot("peers", (0, 0, 0), (words, "")) for words in ("", "Sabar", "")]
    tally = tallied(QUESTIONS, given_ballots)
    assert tally is not None
    assert tally.texts == (("strong", "Sabar"),)


def test_every_mistake_of_an_answer_is_named_at_its_place() -> None:
    answers = {"serve": "excellent", "learn": "often", "dance": "often"}
    texts = tidied({"strong": " \n ", "weak": "x" * 1_001, "other": "x"})
    found = {(fault.part, fault.name): fault.mistake for fault in answer_faults(QUESTIONS, answers, texts)}
    assert found == {
        ("answers", "serve"): AnswerMistake.UNKNOWN_STEP,
        ("answers", "agree"): AnswerMistake.MISSING,
        ("answers", "dance"): AnswerMistake.UNKNOWN_ITEM,
        ("texts", "weak"): AnswerMistake.TOO_LONG,
        ("texts", "other"): AnswerMistake.UNKNOWN_TEXT,
    }


@pytest.mark.parametrize("name", ("other", ""))
def test_what_is_no_survey_of_the_scheme_asks_nothing(name: str) -> None:
    with pytest.raises(NoSuchSurvey):
        questions_of(surveyed(), name)
    with pytest.raises(NoSuchSurvey):
        questions_of(None, "survey")
