"""What the system of Tangerang Selatan claims: skills by job on described levels, self first, and what helps."""

from typing import Any

import pytest

from content.forms.fields import ChoiceField, DayField, Source
from content.forms.mistakes import Reason
from content.inputs.rules import SurveyRules
from content.plan.library import family_of
from content.skills import skills_for
from tests.schemes.filled import Year, content_of

CONTENT = content_of("tangsel-kompetensi")
SKILLS = {choice.name: choice for choice in CONTENT.skill_choices}
GROUPS = ("Technical competence", "Attitude", "Behaviour")


@pytest.fixture
def year() -> Year:
    return Year("tangsel-kompetensi")


def test_technical_competence_attitude_and_behaviour_are_assessed() -> None:
    assert tuple(dict.fromkeys(choice.group.en for choice in SKILLS.values() if choice.group)) == GROUPS
    assert all(choice.group and choice.meaning for choice in SKILLS.values())


@pytest.mark.parametrize(
    ("post", "family", "technical"),
    (
        ("Perawat Terampil", "health", {"public_communication", "patient_care", "health_records"}),
        ("Arsiparis Mahir", "archive", {"records_management", "access_to_records", "information_technology"}),
        (
            "Pengadministrasi Perkantoran",
            "administration",
            {"information_technology", "official_letters", "finance_and_property"},
        ),
        (
            "Penata Layanan Operasional",
            "counter",
            {"public_communication", "information_technology", "service_standards"},
        ),
        ("Kepala Puskesmas Contoh", "leader", {"leading_people"}),
        ("Widyaiswara", None, set()),
    ),
)
def test_technical_competence_is_that_of_the_job_and_the_rest_is_asked_of_everybody(
    post: str, family: str | None, technical: set[str]
) -> None:
    assert family_of(post, CONTENT) == family
    everybody = {name for name, choice in SKILLS.items() if not choice.families}
    assert {choice.name for choice in skills_for(post, CONTENT)} == everybody | technical
    assert {SKILLS[name].group for name in technical} <= {SKILLS["patient_care"].group}


def test_every_level_says_what_it_means() -> None:
    steps = CONTENT.scales["competence"].steps
    assert len(steps) == 5
    assert all(step.meaning is not None and step.number is not None for step in steps)
    numbers = [step.number for step in steps if step.number is not None]
    assert numbers == sorted(numbers, reverse=True)


def test_self_assessment_rating_and_survey_ask_for_the_same_on_the_same_scale() -> None:
    fields = [
        field
        for form in ("self_assessment", "rating")
        for section in CONTENT.forms[form].sections
        if section.kind == "each" and section.of is Source.SKILLS
        for field in section.fields
        if isinstance(field, ChoiceField)
    ]
    assert [(field.name, field.of) for field in fields] == [("level", "competence")] * 2
    peers = CONTENT.inputs["peers"]
    assert isinstance(peers, SurveyRules)
    assert (peers.asks, peers.scale) == (CONTENT.skills, "competence")
    assert [group.name for group in peers.groups] == ["peers"]
    assert len(peers.texts) == 1


def test_everybody_gives_an_example_of_each_skill(year: Year) -> None:
    filled = year.example("self_assessment")
    del filled["skills"]["teamwork"]["example"]
    (mistake,) = year.mistakes("self_assessment", filled)
    assert (mistake.path, mistake.reason) == (("skills", "teamwork", "example"), Reason.MISSING)


@pytest.mark.parametrize(
    ("horizon", "post", "reasons"),
    (
        ("three_years", "Perawat Mahir", []),
        ("three_years", None, [Reason.MISSING]),
        ("stay", None, []),
        ("stay", "Perawat Mahir", [Reason.NOT_ASKED]),
    ),
)
def test_career_wishes_are_noted(year: Year, horizon: str, post: str | None, reasons: list[Reason]) -> None:
    filled = year.example("self_assessment")
    wishes: dict[str, Any] = {"horizon": horizon, "move": "other_agency"}
    filled["career"] = wishes if post is None else wishes | {"post": post}
    assert [mistake.reason for mistake in year.mistakes("self_assessment", filled)] == reasons


@pytest.mark.parametrize(
    ("level", "reasons"),
    (
        ("reference", [Reason.MISSING]),
        ("proficient", []),
        ("capable", []),
        ("developing", [Reason.MISSING]),
        ("basic", [Reason.MISSING]),
    ),
)
def test_the_highest_level_and_every_weakness_need_a_reason(
    year: Year, level: str, reasons: list[Reason]
) -> None:
    filled = year.example("rating")
    filled["skills"]["teamwork"] = {"level": level}
    assert [mistake.reason for mistake in year.mistakes("rating", filled)] == reasons


def test_the_superior_states_the_period_that_he_assesses(year: Year) -> None:
    filled = year.example("rating")
    filled["period"] = {"from_day": "2026-07-01", "until_day": "2026-06-30"}
    (mistake,) = year.mistakes("rating", filled)
    assert (mistake.path, mistake.reason) == (("period", "until_day"), Reason.TOO_EARLY)
    del filled["period"]
    assert {mistake.path for mistake in year.mistakes("rating", filled)} == {
        ("period", "from_day"),
        ("period", "until_day"),
    }


def scored(year: Year, level: str, peers: float | None) -> float | None:
    """The score of somebody who met the plan and has the same level in everything."""
    (result,) = year.plan["results"]
    result["indicators"] = [result["indicators"][0] | {"target": {"number": 10, "unit": "pasien"}}]
    filled = year.example("rating")
    (indicator,) = filled["indicators"].values()
    indicator["realised"] = 10
    filled["skills"] = {name: {"level": level} for name in filled["skills"]}
    if level == "developing":
        filled["skills"] = {
            name: each | {"reason": "Terlihat beberapa kali"} for name, each in filled["skills"].items()
        }
    return year.rated(filled, {} if peers is None else {"peers": peers}).score


@pytest.mark.parametrize(
    ("level", "peers", "score"),
    (
        ("capable", None, 100.0),
        ("proficient", None, 103.0),
        ("developing", None, 92.5),
        ("proficient", 75.0, 98.4),
        ("proficient", 110.0, 104.0),
    ),
)
def test_competence_counts_and_a_survey_that_is_absent_is_not_zero(
    year: Year, level: str, peers: float | None, score: float
) -> None:
    """70/30 without, 60/24/16 with colleagues."""
    assert scored(year, level, peers) == score


def test_there_is_a_training_for_every_weakness_of_every_job() -> None:
    for name, skill in SKILLS.items():
        helping = [each for each in CONTENT.follow_up.trainings if name in each.for_weaknesses]
        for family in skill.families or CONTENT.library:
            assert any(not each.families or family in each.families for each in helping), (name, family)


@pytest.mark.parametrize(
    ("training", "weakness", "family"),
    (
        ("speaking_with_patients", "public_communication", "health"),
        ("applications_for_archivists", "information_technology", "archive"),
    ),
)
def test_health_staff_learn_to_talk_with_the_public_and_archivists_learn_their_applications(
    training: str, weakness: str, family: str
) -> None:
    (found,) = [each for each in CONTENT.follow_up.trainings if each.name == training]
    assert (weakness in found.for_weaknesses, found.families) == (True, (family,))


def test_development_is_agreed_with_dates() -> None:
    (actions,) = [section for section in CONTENT.forms["meeting"].sections if section.kind == "rows"]
    assert [field.name for field in actions.fields if field.required] == ["skill", "action", "by", "until"]
    assert isinstance(actions.fields[-1], DayField)
