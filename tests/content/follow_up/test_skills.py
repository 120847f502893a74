"""Strengths and weaknesses with their sources, and the gap between one's own word and the superior's."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.follow_up.skills import Because, Said, Skill, Standing, named, skills_of, sources, weak
from content.rules import ContentRules
from tests.fixtures.meetings import MEETING, TALK
from tests.fixtures.skills import CLERK, RULES, SKILLED, STEPS, meeting, own, rating


def found(said: Said, post: str = CLERK, rules: ContentRules = SKILLED) -> dict[str, Skill]:
    return {skill.name: skill for skill in skills_of(rules, post, said)}


def changed(*sources: dict[str, Any], **more: Any) -> ContentRules:
    follow_up = {**RULES["follow_up"], "sources": list(sources), **more}
    return ContentRules.model_validate({**RULES, "follow_up": follow_up})


def test_the_skills_are_those_of_the_post_in_the_order_of_the_list() -> None:
    assert list(found(Said())) == ["speaking", "punctual", "filing"]
    assert list(found(Said(), "Perawat Terampil")) == ["speaking", "punctual", "nursing"]
    assert list(found(Said(), "Pengemudi")) == ["speaking", "punctual"]


def test_what_nobody_has_looked_at_has_no_standing() -> None:
    assert {skill.standing for skill in found(Said()).values()} == {None}


def test_a_skill_that_is_not_asked_for_and_yet_said_is_there() -> None:
    assert list(found(Said(rating=rating(nursing="able"))))[-1] == "nursing"


def test_the_own_word_alone_makes_neither_a_strength_nor_a_weakness() -> None:
    skills = found(Said(own=own(speaking="none", punctual="expert")))
    assert (skills["speaking"].own, skills["speaking"].rated, skills["speaking"].scale) == (
        "none",
        None,
        "mastery",
    )
    assert {skill.standing for skill in skills.values()} == {None}


@pytest.mark.parametrize(
    ("mine", "theirs", "gap"),
    (("able", "able", 0), ("expert", "basic", -2), ("basic", "expert", 2), ("able", "basic", -1)),
)
def test_the_gap_counts_the_steps_by_which_the_superior_rates_higher(
    mine: str, theirs: str, gap: int
) -> None:
    skill = found(Said(own=own(filing=mine), rating=rating(filing=theirs)))["filing"]
    assert (skill.own, skill.rated, skill.gap) == (mine, theirs, gap)


@given(st.sampled_from(STEPS), st.sampled_from(STEPS))
def test_the_gap_turns_round_where_both_change_places(one: str, other: str) -> None:
    there = found(Said(own=own(filing=one), rating=rating(filing=other)))["filing"].gap
    back = found(Said(own=own(filing=other), rating=rating(filing=one)))["filing"].gap
    assert there is not None
    assert back is not None
    assert there == -back
    assert (there == 0) is (one == other)


@pytest.mark.parametrize(
    "said",
    (
        Said(own=own(filing="able")),
        Said(rating=rating(filing="able")),
        Said(own=own(filing="unheard"), rating=rating(filing="able")),
    ),
)
def test_there_is_no_gap_where_one_side_is_missing(said: Said) -> None:
    assert found(said)["filing"].gap is None


def test_steps_of_two_scales_are_not_compared() -> None:
    other = {
        "kind": "rated",
        "place": {"section": "skills", "field": "mastery"},
        "own": {"section": "career", "field": "wish"},
    }
    rules = changed(other)
    assert (
        found(Said(own=own(filing="able"), rating=rating(filing="able")), rules=rules)["filing"].gap is None
    )


@pytest.mark.parametrize(
    ("step", "standing"),
    (
        ("expert", Standing.STRONG),
        ("able", Standing.KNOWN),
        ("basic", Standing.WEAK),
        ("none", Standing.WEAK),
    ),
)
def test_a_rated_step_makes_a_strength_or_a_weakness(step: str, standing: Standing) -> None:
    skill = found(Said(rating=rating(filing=step)))["filing"]
    assert skill.standing is standing
    expected = () if standing is Standing.KNOWN else (Because("rated", standing, step=step, scale="mastery"),)
    assert skill.because == expected


@pytest.mark.parametrize(
    ("mean", "standing"),
    ((59.9, Standing.WEAK), (60, Standing.KNOWN), (89.9, Standing.KNOWN), (90, Standing.STRONG)),
)
def test_a_mean_of_a_survey_makes_one_by_its_limits(mean: float, standing: Standing) -> None:
    skill = found(Said(means={"peers": {"speaking": mean}}))["speaking"]
    assert (skill.standing, skill.means) == (standing, {"peers": mean})
    if standing is Standing.WEAK:
        assert skill.because == (Because("input", standing, input="peers", mean=mean, limit=60),)


def test_the_means_of_a_survey_that_is_no_source_count_for_nothing() -> None:
    assert found(Said(means={"others": {"speaking": 1}}))["speaking"].standing is None


def test_what_was_named_at_the_meeting_counts_and_the_rest_of_the_post_was_looked_at() -> None:
    skills = found(Said(meeting=meeting(strengths=["speaking"], weaknesses=["filing"])))
    assert {name: skill.standing for name, skill in skills.items()} == {
        "speaking": Standing.STRONG,
        "punctual": Standing.KNOWN,
        "filing": Standing.WEAK,
    }
    assert skills["filing"].because == (Because("named", Standing.WEAK),)


def test_one_source_that_says_weak_outweighs_all_that_say_strong() -> None:
    said = Said(
        rating=rating(speaking="expert"),
        meeting=meeting(strengths=["speaking"]),
        means={"peers": {"speaking": 10}},
    )
    skill = found(said)["speaking"]
    assert skill.standing is Standing.WEAK
    assert [(each.source, each.standing) for each in skill.because] == [
        ("rated", Standing.STRONG),
        ("input", Standing.WEAK),
        ("named", Standing.STRONG),
    ]


def test_the_weaknesses_are_told_by_their_names() -> None:
    said = Said(rating=rating(speaking="none", punctual="expert", filing="basic"))
    assert weak(skills_of(SKILLED, CLERK, said)) == ("speaking", "filing")


def test_a_scheme_that_gives_no_source_has_them_named_at_its_meeting() -> None:
    assert [each.kind for each in sources(MEETING)] == ["named"]
    assert weak(skills_of(MEETING, "", Said(meeting=TALK))) == ("listening",)
    assert named(MEETING, TALK, Standing.WEAK) == ("listening",)
    assert named(MEETING, TALK, Standing.STRONG) == ()


def test_a_scheme_without_a_list_has_no_skills() -> None:
    assert skills_of(ContentRules(), CLERK, Said(meeting=TALK)) == ()


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["speaking", "basic", "talk", "skills"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["talk", "weaknesses", "strengths", "skills", "mastery", "speaking", "ability"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)
FILLED = st.none() | st.dictionaries(st.sampled_from(["talk", "skills", "ability"]), JSON, max_size=3)


@given(FILLED, FILLED, FILLED)
def test_whatever_an_older_form_holds_is_read_without_an_error(mine: Any, theirs: Any, talk: Any) -> None:
    for skill in skills_of(SKILLED, CLERK, Said(own=mine, rating=theirs, meeting=talk)):
        weak_said = any(each.standing is Standing.WEAK for each in skill.because)
        assert (skill.standing is Standing.WEAK) is weak_said
