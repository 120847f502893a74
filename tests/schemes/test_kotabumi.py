"""What the system of Kotabumi claims: three views, what each kind of job must have, areas to improve, nominations."""

from typing import Any

import pytest

from content.forms.mistakes import Reason
from content.inputs.rules import SurveyRules
from content.plan.library import family_of, taken_over
from content.sight.rules import Kind, Role, Sight
from content.sight.table import sight_of
from states.stages import Stage
from tests.documents import ROOT
from tests.schemes.filled import Year, content_of

SCHEME = "kotabumi-akuntabilitas"
CONTENT = content_of(SCHEME)
MUST_HAVE = {
    "Guru Ahli Muda": ("teacher", "learning", "pupils_and_parents"),
    "Perawat Terampil": ("health", "care", "patients"),
    "Arsiparis Terampil": ("administration", "order", "service"),
    "Penyuluh Pertanian Ahli Muda": ("field", "field_results", "residents"),
}


def plan(post: str, *subjects: str) -> dict[str, Any]:
    """A plan of one result with an indicator about each subject."""
    year = Year(SCHEME, post=post)
    filled = year.example("plan")
    (result, *_more) = filled["results"]
    result["indicators"] = [
        {
            "aspect": "quantity",
            "indicator": f"Indikator {subject}",
            "target": {"number": 10, "unit": "kegiatan"},
            "subject": subject,
        }
        for subject in subjects
    ]
    return {**filled, "results": [result]}


@pytest.mark.parametrize(("post", "must"), MUST_HAVE.items())
def test_both_the_results_and_the_dealings_of_a_job_are_wanted(post: str, must: tuple[str, str, str]) -> None:
    family, *both = must
    assert family_of(post, CONTENT) == family
    year = Year(SCHEME, post=post)
    assert year.mistakes("plan", plan(post, *both)) == ()
    for present, absent in (both, reversed(both)):
        (mistake,) = year.mistakes("plan", plan(post, present))
        assert (mistake.path, mistake.reason) == (("results",), Reason.NONE_HAS)
        assert (mistake.parameters["value"], mistake.parameters["family"]) == (absent, family)


def test_what_teachers_must_have_is_not_asked_of_others() -> None:
    assert Year(SCHEME, post="Lurah").mistakes("plan", plan("Lurah", "task")) == ()
    assert len(Year(SCHEME, post="Bidan Terampil").mistakes("plan", plan("Bidan Terampil", "learning"))) == 2


@pytest.mark.parametrize("family", CONTENT.library)
def test_the_library_has_indicators_for_everything_that_a_family_must_have(family: str) -> None:
    offered = {str(taken_over(each).get("subject")) for each in CONTENT.library[family].indicators}
    wanted = {must[0]: set(must[1:]) for must in MUST_HAVE.values()}
    assert wanted[family] <= offered


@pytest.mark.parametrize("must", MUST_HAVE.values(), ids=lambda must: must[0])
def test_the_page_for_officials_names_what_a_family_must_have(must: tuple[str, str, str]) -> None:
    page = (ROOT / "docs" / "schemes" / f"{SCHEME}.md").read_text("utf-8")
    family, *subjects = must
    (row,) = [
        line for line in page.splitlines() if line.startswith(f"| {CONTENT.library[family].label.id} |")
    ]
    labels = {choice.name: choice.label.id.lower() for choice in CONTENT.lists["subjects"].choices}
    assert all(labels[subject] in row for subject in subjects)


def test_the_rater_says_what_was_taken_from_the_self_assessment() -> None:
    year = Year(SCHEME)
    filled = year.example("rating")
    filled["views"] = {}
    (mistake,) = year.mistakes("rating", filled)
    assert (mistake.path, mistake.reason) == (("views", "self_assessment"), Reason.MISSING)


@pytest.mark.parametrize(
    ("change", "place", "reason"),
    (
        (lambda rows: rows.clear(), ("improvements",), Reason.TOO_FEW_ROWS),
        (lambda rows: rows[0].pop("suggestion"), ("improvements", 0, "suggestion"), Reason.MISSING),
        (
            lambda rows: rows[0].update(area="juggling"),
            ("improvements", 0, "area"),
            Reason.NOT_A_CHOICE,
        ),
    ),
)
def test_feedback_names_an_area_of_the_list_with_a_suggestion(
    change: Any, place: tuple[str | int, ...], reason: Reason
) -> None:
    year = Year(SCHEME)
    filled = year.example("rating")
    change(filled["improvements"])
    (mistake,) = year.mistakes("rating", filled)
    assert (mistake.path, mistake.reason) == (place, reason)


def test_the_survey_of_peers_is_closed_asks_for_the_values_and_ends_before_the_self_assessment() -> None:
    survey = CONTENT.inputs["peers"]
    assert isinstance(survey, SurveyRules)
    assert [group.name for group in survey.groups] == ["peers"]
    assert (survey.asks, survey.minimum, survey.too_few) == (CONTENT.values, 3, "absent")
    assert (survey.opens.month, survey.opens.day + survey.days) <= (12, 15)
    assert [text.name for text in survey.texts] == ["suggestion"]


def test_the_matrix_and_the_distribution_are_the_national_ones() -> None:
    national = content_of("nasional").rating
    assert CONTENT.rating is not None
    assert national is not None
    assert (CONTENT.rating.method, CONTENT.rating.distribution) == (national.method, national.distribution)


def test_a_good_year_is_enough_to_be_nominated_for_further_training_and_the_article_says_whose_rule_it_is() -> (
    None
):
    training, pool = CONTENT.follow_up.nominations
    assert (training.name, training.years, set(training.predicates)) == (
        "advanced_training",
        1,
        {"good", "very_good"},
    )
    assert "agency policy" in training.article
    assert (pool.name, pool.years, pool.predicates) == ("talent_pool", 2, ("very_good",))


def test_there_is_a_training_for_every_skill_and_each_is_meant_for_families_that_exist() -> None:
    helped = {name for training in CONTENT.follow_up.trainings for name in training.for_weaknesses}
    assert helped == set(CONTENT.lists["skills"].names)
    meant = {family for training in CONTENT.follow_up.trainings for family in training.families}
    assert meant <= set(CONTENT.library)


@pytest.mark.parametrize(
    ("stage", "sight"),
    (
        (Stage.SELF_ASSESSMENT, Sight.HIDDEN),
        (Stage.RATING, Sight.VISIBLE),
        (Stage.RESPONSE, Sight.VISIBLE),
    ),
)
@pytest.mark.parametrize("kind", (Kind.SELF_ASSESSMENT, Kind.NOTE, Kind.EVIDENCE, Kind.CHECK_IN))
def test_who_answers_for_the_rating_sees_what_it_rests_on_from_the_rating_on(
    kind: Kind, stage: Stage, sight: Sight
) -> None:
    assert sight_of(CONTENT, Role.RATER_SUPERIOR, kind, stage, delivered=False) is sight


@pytest.mark.parametrize("stage", (Stage.FIRST_HALF, Stage.SELF_ASSESSMENT, Stage.RATING))
def test_notes_are_open_to_the_employee_at_once_and_the_self_assessment_to_the_rater(stage: Stage) -> None:
    assert sight_of(CONTENT, Role.EMPLOYEE, Kind.NOTE, stage, delivered=False) is Sight.VISIBLE
    assert sight_of(CONTENT, Role.RATER, Kind.SELF_ASSESSMENT, stage, delivered=False) is Sight.VISIBLE


@pytest.mark.parametrize(
    ("role", "stage", "delivered", "sight"),
    (
        (Role.RATER, Stage.SELF_ASSESSMENT, False, Sight.HIDDEN),
        (Role.HR, Stage.SELF_ASSESSMENT, False, Sight.HIDDEN),
        (Role.RATER, Stage.RATING, False, Sight.AGGREGATED),
        (Role.RATER_SUPERIOR, Stage.RATING, False, Sight.AGGREGATED),
        (Role.EMPLOYEE, Stage.RATING, False, Sight.HIDDEN),
        (Role.EMPLOYEE, Stage.FEEDBACK_MEETING, False, Sight.HIDDEN),
        (Role.EMPLOYEE, Stage.RESPONSE, True, Sight.AGGREGATED),
        (Role.EMPLOYEE, Stage.FINALISED, True, Sight.AGGREGATED),
        (Role.APPEALS_OFFICER, Stage.OBJECTION_REVIEW, True, Sight.AGGREGATED),
    ),
)
def test_what_peers_say_is_opened_as_a_whole_to_each_at_his_time(
    role: Role, stage: Stage, delivered: bool, sight: Sight
) -> None:
    assert sight_of(CONTENT, role, Kind.INPUT, stage, delivered=delivered) is sight
