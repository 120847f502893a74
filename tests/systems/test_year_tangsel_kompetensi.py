"""A year in Tangerang Selatan: ability counts, the self-assessment comes first, and people and units learn."""

from typing import Any

import pytest
import pytest_asyncio

from tests.service.api.conftest import Service
from tests.systems import tangsel_kompetensi as forms
from tests.systems.driven import DrivenYear
from tests.systems.tangsel_kompetensi_year import (
    ANSWERS,
    ARCHIVIST,
    CAREER,
    EVERYBODY,
    HEAD_OF_CENTRE,
    NURSE,
    OFFICER,
    PHARMACIST,
    drive,
)

pytestmark = [pytest.mark.database, pytest.mark.engine]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def driven(service: Service) -> DrivenYear:
    return await drive(service)


async def working(driven: DrivenYear, employee: str) -> dict[str, Any]:
    """How the score of somebody came about, by step; of steps of one name the last."""
    outcome = (await driven.year.of(employee, "rating"))["outcome"]
    return {step["name"]: step for step in outcome["working"]} | {"outcome": outcome}


def numbers(step: Any) -> dict[str, Any]:
    """What went into a step."""
    return {each["name"]: each["value"] for each in step["numbers"]}


def rows_of(sections: Any, name: str) -> dict[str, dict[str, str]]:
    """What is read in a section, in words, by row and field."""
    (section,) = [each for each in sections if each["name"] == name]
    return {
        row["title"]: {field["name"]: field["in_words"] for field in row["fields"]} for row in section["rows"]
    }


async def skills_of(driven: DrivenYear, employee: str, who: str | None = None) -> dict[str, Any]:
    """The skills of somebody by name."""
    return {each["skill"]: each for each in (await driven.year.of(employee, "skills", who))["skills"]}


def fields(problem: Any) -> list[str]:
    """The places at which a form was refused."""
    assert (problem["status"], problem["code"]) == (422, "form_incomplete")
    return [each["field"] for each in problem["errors"]]


async def test_every_case_is_final_and_followed_by_the_engine(driven: DrivenYear) -> None:
    for employee in EVERYBODY:
        case = await driven.year.of(employee, "")
        assert (case["stage"], case["outcome"], case["scheme"]) == (
            "finalised",
            "agreed",
            "tangsel-kompetensi@1",
        )
        position = await driven.year.service.until_followed(driven.year.cases[employee])
        assert position["stage"] == "finalised"


@pytest.mark.parametrize(
    ("employee", "family", "indicator"),
    (
        (NURSE, "Health staff", "Patients served by the standard"),
        (ARCHIVIST, "Archivists and librarians", "Files that were ordered and listed"),
    ),
)
async def test_the_plan_is_written_from_the_library_of_the_own_job(
    driven: DrivenYear, employee: str, family: str, indicator: str
) -> None:
    assert driven.seen[f"library of {employee}"]["family_name"] == family
    (result,) = (await driven.year.of(employee, "plan"))["in_force"]["plan"]["content"]["results"]
    assert [each["indicator"] for each in result["indicators"]] == [indicator]


def test_nobody_is_rated_before_he_has_assessed_himself(driven: DrivenYear) -> None:
    refused = driven.seen["rated before"]
    assert (refused["status"], refused["code"]) == (409, "illegal_transition")
    assert "Self-assessment" in refused["detail"]


def test_every_level_of_the_assessment_document_is_described(driven: DrivenYear) -> None:
    (section,) = [each for each in driven.seen["self-assessment form"]["sections"] if each["of"] == "skills"]
    (level,) = [each for each in section["fields"] if each["name"] == "level"]
    assert [each["label"] for each in level["choices"]] == [
        "A reference to others",
        "Proficient",
        "Capable",
        "Developing",
        "Basic",
    ]
    assert all(each["meaning"] for each in level["choices"])


@pytest.mark.parametrize(
    ("form", "technical"),
    (
        ("self-assessment form", ["Talking with the public", "Care and safety of patients"]),
        ("form of the archivist", ["Management of records", "Access to and care of records"]),
    ),
)
def test_technical_competence_of_the_job_attitude_and_behaviour_are_assessed(
    driven: DrivenYear, form: str, technical: list[str]
) -> None:
    (asked,) = [each["items"] for each in driven.seen[form]["items"] if each["of"] == "skills"]
    assert [each["label"] for each in asked[:2]] == technical
    assert list(dict.fromkeys(each["group"] for each in asked)) == [
        "Technical competence",
        "Attitude",
        "Behaviour",
    ]


def test_a_skill_that_is_left_out_is_named_and_one_of_another_job_is_refused(driven: DrivenYear) -> None:
    assert fields(driven.seen["a skill left out"]) == ["/content/skills/public_communication"]
    assert fields(driven.seen["a skill of another job"]) == ["/content/skills/records_management"]


async def test_career_wishes_are_noted_and_talked_about(driven: DrivenYear) -> None:
    assert fields(driven.seen["no post wished for"]) == ["/content/career/post"]
    file = await driven.year.of(NURSE, "file", HEAD_OF_CENTRE)
    assert file["self_assessment"]["written"]["content"]["career"] == CAREER
    (read,) = rows_of(file["self_assessment"]["written"]["sections"], "career").values()
    assert (read["post"], read["move"]) == ("Perawat Mahir", "Another unit of this agency")
    (talk,) = rows_of(file["meeting"]["written"]["sections"], "meeting").values()
    assert "jabatan fungsional" in talk["career"]


async def test_the_superior_assesses_a_period_that_he_states(driven: DrivenYear) -> None:
    assert fields(driven.seen["no period"]) == ["/content/period/from_day", "/content/period/until_day"]
    assert fields(driven.seen["a period that ends before it begins"]) == ["/content/period/until_day"]
    (period,) = rows_of((await driven.year.of(NURSE, "rating"))["rating"]["sections"], "period").values()
    assert period == {"from_day": "2 February 2026", "until_day": "31 December 2026"}


async def test_the_superior_rates_the_same_skills_and_gives_a_reason_for_a_weakness(
    driven: DrivenYear,
) -> None:
    assert fields(driven.seen["a weakness without reason"]) == ["/content/skills/public_communication/reason"]
    read = rows_of((await driven.year.of(NURSE, "rating"))["rating"]["sections"], "skills")
    assert len(read) == len(forms.HEALTH)
    assert read["Talking with the public"] == {
        "level": "Developing",
        "reason": "Terlihat beberapa kali saat pengamatan langsung",
    }


def test_colleagues_of_the_unit_are_asked_by_themselves_for_the_skills_of_the_job(driven: DrivenYear) -> None:
    assert driven.seen["prepared"]["prepared"] == len(EVERYBODY)
    assert len(driven.seen[f"invited for {NURSE}"]) == 5
    assert len(driven.seen[f"invited for {ARCHIVIST}"]) == 3
    for employee, skills in ((NURSE, forms.HEALTH), (ARCHIVIST, forms.ARCHIVE)):
        asked = driven.seen[f"asked about {employee}"]
        assert [each["name"] for each in asked["items"]] == list(skills)
        assert all(each["meaning"] for each in (*asked["items"], *asked["steps"]))
        assert len(asked["texts"]) == 1


def test_the_survey_opens_on_the_day_of_the_scheme_and_says_nothing_while_it_is_open(
    driven: DrivenYear,
) -> None:
    line = driven.seen["surveys"][NURSE]
    assert (line["state"], line["opens_on"], line["closes_on"]) == ("open", "2026-12-15", "2026-12-28")
    (shown,) = driven.seen["survey while it is open"]
    assert (shown["answers"], shown["number"], shown["items"], shown["texts"]) == (None, None, [], [])
    assert driven.seen["answered twice"].json()["code"] == "survey_answered_already"


async def test_what_colleagues_say_is_read_as_a_whole_once_the_result_is_handed_over(
    driven: DrivenYear,
) -> None:
    assert driven.seen["survey before the result"] == 404
    (shown,) = (await driven.year.of(NURSE, "surveys"))["items"]
    means = {each["item"]: each["mean"] for each in shown["items"]}
    assert (shown["answers"], means["public_communication"], means["patient_care"]) == (3, 75, 100)
    (written,) = shown["texts"]
    assert written["words"] == [ANSWERS[NURSE][0]["texts"]["keep_and_change"]]


async def test_of_two_answers_nothing_is_shown_and_the_rating_does_not_count_them(driven: DrivenYear) -> None:
    (shown,) = (await driven.year.of(ARCHIVIST, "surveys", OFFICER))["items"]
    assert (shown["outcome"], shown["answers"], shown["items"]) == ("too_few", None, [])
    steps = await working(driven, ARCHIVIST)
    assert numbers(steps["weighting"]) == {"plan": 70, "competence": 30}
    # Eight skills count 100 and one 50.
    assert steps["outcome"]["score"] == pytest.approx(70 + 0.3 * 850 / 9, abs=0.005)


async def test_plan_competence_and_colleagues_make_the_score(driven: DrivenYear) -> None:
    steps = await working(driven, NURSE)
    assert numbers(steps["weighting"]) == {"plan": 60, "competence": 24, "peers": 16}
    assert "agency policy" in steps["weighting"]["article"]
    competence = (75 + 110 + 7 * 100) / 9
    colleagues = (50 + 75 + 100 + 120 + 23 * 100) / 27
    score = 60 + 0.24 * competence + 0.16 * colleagues
    assert steps["outcome"]["score"] == pytest.approx(score, abs=0.005)
    assert steps["outcome"]["predicate_name"] == "Good"


def test_before_the_result_is_handed_over_nothing_of_it_is_shown(driven: DrivenYear) -> None:
    assert driven.seen["rating before"] == 404
    before = driven.seen["trainings before"]
    assert (before["weaknesses"], before["may_choose"]) == ([], False)


async def test_strengths_and_weaknesses_are_named_from_the_skills_of_the_job(driven: DrivenYear) -> None:
    assert fields(driven.seen["a weakness of another job"]) == ["/content/meeting/weaknesses/0"]
    written = (await driven.year.of(NURSE, "file"))["meeting"]["written"]
    (said,) = rows_of(written["sections"], "meeting").values()
    assert said["strengths"] == "Care and safety of patients"
    assert said["weaknesses"] == "Talking with the public, Electronic health records"


async def test_the_gap_between_the_own_assessment_and_that_of_the_superior_is_shown(
    driven: DrivenYear,
) -> None:
    for who in (NURSE, HEAD_OF_CENTRE, OFFICER):
        skills = await skills_of(driven, NURSE, who)
        talking = skills["public_communication"]
        assert (talking["own"]["label"], talking["rated"]["label"]) == ("Proficient", "Developing")
        assert talking["own"]["meaning"]
        assert {name: each["gap"] for name, each in skills.items() if each["gap"]} == {
            "public_communication": -2,
            "patient_care": 1,
            "teamwork": -2,
        }


async def test_before_the_result_is_handed_over_only_the_own_word_is_shown(driven: DrivenYear) -> None:
    before = driven.seen["skills before"]
    assert before["delivered"] is False
    assert {each["own"]["step"] for each in before["skills"]} == {"capable", "proficient", "reference"}
    for each in before["skills"]:
        assert (each["rated"], each["gap"], each["others"], each["standing"]) == (None, None, [], None)


async def test_strengths_and_weaknesses_come_from_superior_colleagues_and_talk(driven: DrivenYear) -> None:
    skills = await skills_of(driven, NURSE)
    talking = skills["public_communication"]
    assert {each["source"] for each in talking["because"]} == {"rated", "input", "named"}
    assert [each["mean"] for each in talking["others"]] == [75]
    standing = {name: each["standing"] for name, each in skills.items()}
    assert [name for name in standing if standing[name] == "weak"] == [
        "public_communication",
        "health_records",
    ]
    assert [name for name in standing if standing[name] == "strong"] == ["patient_care"]


@pytest.mark.parametrize(
    ("employee", "recommended", "of_other_jobs"),
    (
        (
            NURSE,
            {"Talking with the public for health staff", "Electronic health records"},
            "Communication at the counter",
        ),
        (
            ARCHIVIST,
            {"Information technology for archivists"},
            "Office applications and safety of data",
        ),
    ),
)
async def test_training_is_recommended_for_each_weakness_and_job_with_the_reason(
    driven: DrivenYear, employee: str, recommended: set[str], of_other_jobs: str
) -> None:
    advised = {each["label"]: each for each in (await driven.year.of(employee, "skills"))["trainings"]}
    assert {label for label, each in advised.items() if each["recommended"]} == recommended
    assert all(advised[label]["why"] and advised[label]["words"] for label in recommended)
    assert advised[of_other_jobs]["why_not"] == "other_families"
    offers = (await driven.year.of(employee, "trainings"))["offers"]
    assert {each["label"] for each in offers if each["recommended"]} == recommended


async def test_a_colleague_sees_nothing_of_it(driven: DrivenYear) -> None:
    for part in ("skills", "surveys", "rating"):
        assert await driven.year.status(NURSE, part, PHARMACIST) == 404


@pytest.mark.parametrize("who", (OFFICER, HEAD_OF_CENTRE))
def test_where_many_of_a_unit_are_weak_in_a_skill_a_programme_is_proposed_with_the_count(
    driven: DrivenYear, who: str
) -> None:
    picture = driven.seen[f"picture for {who}"]
    (programme,) = picture["programmes"]
    assert (programme["skill"], programme["people"], programme["known"]) == ("public_communication", 5, 8)
    assert (programme["share"], programme["needs_people"], programme["needs_share"]) == (62.5, 5, 30)
    assert "5" in programme["words"]
    assert "Talking with the public for health staff" in [each["label"] for each in programme["trainings"]]


def test_no_person_is_told_from_the_picture_of_a_unit(driven: DrivenYear) -> None:
    picture = driven.seen[f"picture for {OFFICER}"]
    one_is_weak = next(each for each in picture["skills"] if each["skill"] == "health_records")
    assert (one_is_weak["known"], one_is_weak["weak"]) == (8, None)
    assert not any(name in str(picture) for name in driven.year.people)
    assert driven.seen["picture for the nurse"] == 404


async def test_the_person_chooses_a_training(driven: DrivenYear) -> None:
    assert driven.seen["chosen"].status_code == 201
    (chosen,) = (await driven.year.of(NURSE, "trainings", OFFICER))["chosen"]
    assert chosen["label"] == "Talking with the public for health staff"


async def test_what_follows_for_the_career_is_said_with_its_reasons(driven: DrivenYear) -> None:
    follow_up = await driven.year.of(NURSE, "follow-up")
    items = {each["label"]: each for each in follow_up["items"]}
    development = items["Development of competency"]
    assert (development["met"], development["article"]) == (False, "PP 30/2019 art 53(2)")
    # The appraised year fits; of the year before nothing is known.
    assert {each["holds"] for each in development["reasons"]} == {True, False}
    assert items["Talent pool"]["met"] is False
    credit = follow_up["credit_points"]
    assert (credit["level"], credit["points"], credit["final"]) == ("Skilled", "5.00", True)


def test_the_plan_of_development_comes_back_next_year_with_its_dates(driven: DrivenYear) -> None:
    agreed = driven.seen["agreed a year later"]
    assert agreed["year"] == 2026
    assert [(each["action"], each["until"], each["passed"]) for each in agreed["actions"]] == [
        ("Pelatihan komunikasi, lalu penyuluhan bersama bidan", "2027-06-30", True),
        ("Pendampingan pencatatan oleh perekam medis", "2027-09-30", False),
    ]
    skills = [
        field["in_words"]
        for each in driven.seen["file a year later"]["agreed_last_year"]
        for field in each["action"]["fields"]
        if field["name"] == "skill"
    ]
    assert skills == ["Talking with the public", "Electronic health records"]


async def test_no_event_and_no_log_holds_what_was_written(driven: DrivenYear) -> None:
    service = driven.year.service
    bodies = await service.value("SELECT string_agg(CAST(body AS text), ' ') FROM event")
    for told in (bodies, service.log.getvalue()):
        for marker in ("Perawat Mahir", "pengamatan langsung", "lebih pelan", "public_communication"):
            assert marker not in told
