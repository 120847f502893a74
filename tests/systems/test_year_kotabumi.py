"""A year in Kotabumi: three views, indicators that a job must have, areas to improve, nominations, open in time."""

from typing import Any

import pytest
import pytest_asyncio

from tests.service.api.conftest import Service
from tests.systems import kotabumi as forms
from tests.systems.driven import DrivenYear
from tests.systems.kotabumi_year import (
    ADVISER,
    AREAS,
    COLLEAGUE,
    EVERYBODY,
    LOOKING,
    OFFICER,
    PEERS,
    SCHOOL,
    SUPERIOR,
    TEACHER,
    drive,
)
from tests.systems.samarinda import VALUES

pytestmark = [pytest.mark.database, pytest.mark.engine]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def driven(service: Service) -> DrivenYear:
    return await drive(service)


def errors(problem: Any) -> list[tuple[str, str]]:
    """Every place of a form that is refused, with what is said of it."""
    assert (problem["status"], problem["code"]) == (422, "form_incomplete"), problem
    return [(each["field"], each["message"]) for each in problem["errors"]]


async def rows_of(driven: DrivenYear, employee: str, section: str) -> list[dict[str, str]]:
    """What the person reads in a section of the rating: the words of each field, row by row."""
    sections = (await driven.year.of(employee, "rating"))["rating"]["sections"]
    rows = next(each["rows"] for each in sections if each["name"] == section)
    return [{field["name"]: field["in_words"] for field in row["fields"]} for row in rows]


async def test_every_case_is_final_and_followed_by_the_engine(driven: DrivenYear) -> None:
    for employee in EVERYBODY:
        case = await driven.year.of(employee, "")
        assert (case["stage"], case["outcome"]) == ("finalised", "agreed")
        assert case["scheme"] == "kotabumi-akuntabilitas@1"
        position = await driven.year.service.until_followed(driven.year.cases[employee])
        assert position["stage"] == "finalised"


async def test_a_plan_of_a_teacher_without_dealings_is_refused_with_the_reason(driven: DrivenYear) -> None:
    assert errors(driven.seen["plan without dealings"]) == [
        (
            "/content/results",
            "“Teachers”: at least one row of “Indicators” must have “Dealings with pupils and parents” as"
            " “Subject of the indicator”.",
        )
    ]


@pytest.mark.parametrize(
    ("employee", "family", "values"),
    (
        (TEACHER, "Teachers", ("Results of the pupils' learning", "Dealings with pupils and parents")),
        (ADVISER, "Field staff", ("Results of field work", "Dealings with residents")),
    ),
)
async def test_what_a_job_must_have_is_said_before_and_with_indicators_for_it(
    driven: DrivenYear, employee: str, family: str, values: tuple[str, str]
) -> None:
    form = driven.seen[f"plan form of {employee}"]
    asked = [each["message"] for each in form["checks"] if each["family"] == family]
    assert len(asked) == len(values)
    assert all(value in message for value, message in zip(values, asked, strict=True))
    assert set(values) <= {each["subject_name"] for each in form["library"]}


async def test_the_employee_reads_a_note_at_once_and_others_do_not_yet(driven: DrivenYear) -> None:
    words = "Menjelaskan nilai ujian"
    assert words in str(driven.seen["notes at once"])
    assert words not in str(driven.seen["notes and the superior"])


async def test_nobody_is_rated_before_the_self_assessment(driven: DrivenYear) -> None:
    refused = driven.seen["rated before the self-assessment"]
    assert refused.status_code == 409, refused.text


async def test_the_rater_and_who_answers_for_the_rating_read_the_self_assessment_once_it_is_there(
    driven: DrivenYear,
) -> None:
    for whose in ("file of the rater at once", "file of the superior"):
        written = driven.seen[whose]["self_assessment"]["written"]["content"]["overall"]
        assert (written["accountability"], written["dealings"]) == (forms.ACCOUNT, forms.DEALINGS)


async def test_feedback_names_an_area_with_a_suggestion(driven: DrivenYear) -> None:
    ((place, _),) = errors(driven.seen["nothing to improve"])
    assert place == "/content/improvements"
    ((place, _),) = errors(driven.seen["no suggestion"])
    assert place == "/content/improvements/0/suggestion"


async def test_the_rater_accounts_for_what_he_took_from_the_other_views(driven: DrivenYear) -> None:
    ((place, _),) = errors(driven.seen["self-assessment not considered"])
    assert place == "/content/views/self_assessment"
    (views,) = await rows_of(driven, TEACHER, "views")
    assert views == {"self_assessment": forms.FROM_SELF, "peers": forms.FROM_PEERS}


async def test_the_person_reads_what_is_good_and_what_to_improve_once_it_is_delivered(
    driven: DrivenYear,
) -> None:
    assert driven.seen["rating before"] in (403, 404, 409)
    (good,) = await rows_of(driven, TEACHER, "good")
    assert good["strengths"] == "Teamwork"
    (row,) = await rows_of(driven, TEACHER, "improvements")
    assert (row["area"], row["suggestion"]) == ("Talking to parents", forms.SUGGESTION)


async def test_what_is_to_improve_leads_to_a_training_that_the_person_chooses(driven: DrivenYear) -> None:
    assert driven.seen["chosen"].status_code == 201, driven.seen["chosen"].text
    trainings = await driven.year.of(TEACHER, "trainings")
    assert [each["name"] for each in trainings["weaknesses"]] == [AREAS[TEACHER]]
    recommended = {each["training"] for each in trainings["offers"] if each["recommended"]}
    assert {"school_and_parents", "excellent_service"} <= recommended


async def test_each_training_says_why_it_is_recommended_or_why_not(driven: DrivenYear) -> None:
    found = await driven.year.of(TEACHER, "skills")
    assert (found["family_name"], found["weaknesses"], found["strengths"]) == (
        "Teachers",
        [AREAS[TEACHER]],
        ["teamwork"],
    )
    advised = {each["training"]: each for each in found["trainings"]}
    (why,) = advised["school_and_parents"]["why"]
    assert [reason["source"] for reason in why["because"]] == ["named"]
    assert advised["patient_safety"]["why_not"] == "other_weaknesses"
    assert "Health care" in advised["patient_safety"]["words"]


async def test_the_matrix_gives_each_a_predicate(driven: DrivenYear) -> None:
    found = {who: (await driven.year.of(who, "rating"))["outcome"]["predicate"] for who in EVERYBODY}
    assert found == {TEACHER: "very_good", COLLEAGUE: "good", ADVISER: "needs_improvement"}


async def test_the_teacher_is_seen_by_peers_of_her_school_without_her_rater(driven: DrivenYear) -> None:
    invited = {each["name"] for each in driven.seen["invitations"]}
    assert len(invited) == 4
    assert all(any(peer in name for name in invited) for peer in PEERS)
    assert not any(SCHOOL in name for name in invited)
    assert driven.seen["prepared"]["prepared"] == len(EVERYBODY)


async def test_the_survey_asks_for_the_values_and_one_suggestion_and_promises_secrecy(
    driven: DrivenYear,
) -> None:
    questions = driven.seen["asked"]["questions"]
    assert [each["name"] for each in questions["items"]] == list(VALUES)
    assert [each["name"] for each in questions["texts"]] == ["suggestion"]
    assert "cannot be read back" in questions["promise"]
    taken = driven.seen["participation"]
    assert (taken["invited"], taken["answered"]) == (4, 3)


async def test_each_sees_the_survey_at_the_time_that_the_scheme_names(driven: DrivenYear) -> None:
    """Who rates reads it after the employee has spoken, the employee with her result."""
    assert driven.seen["survey before the self-assessment"] == dict.fromkeys(LOOKING, 404)
    after = {TEACHER: 404, SCHOOL: 200, SUPERIOR: 200, OFFICER: 200}
    assert driven.seen["survey after the self-assessment"] == after
    assert driven.seen["survey before delivery"] == 404


@pytest.mark.parametrize("who", (TEACHER, SCHOOL, OFFICER))
async def test_three_answers_are_shown_as_a_whole_and_never_by_person(driven: DrivenYear, who: str) -> None:
    (survey,) = (await driven.year.of(TEACHER, "surveys", who))["items"]
    assert (survey["outcome"], survey["answers"], survey["number"]) == ("counted", 3, 100)
    assert {(each["item"], each["answers"], each["mean"]) for each in survey["items"]} == {
        (value, 3, 100) for value in VALUES
    }
    (texts,) = survey["texts"]
    assert sorted(texts["words"]) == sorted(suggestion for _step, suggestion in forms.PEERS)
    assert not any(peer in str(survey) for peer in PEERS)
    assert survey["groups"] == []


async def test_of_two_answers_nothing_is_shown(driven: DrivenYear) -> None:
    (survey,) = (await driven.year.of(COLLEAGUE, "surveys"))["items"]
    assert (survey["outcome"], survey["number"]) == ("too_few", None)
    assert (survey["items"], survey["texts"]) == ([], [])


async def test_what_peers_say_is_not_computed_into_the_predicate(driven: DrivenYear) -> None:
    """The matrix alone gives it: her colleague, of whom too few peers spoke, has the predicate of his ratings, too."""
    outcomes = [(await driven.year.of(who, "rating"))["outcome"] for who in (TEACHER, COLLEAGUE)]
    assert [len(outcome["working"]) for outcome in outcomes] == [1, 1]
    assert {outcome["working"][0]["label"] for outcome in outcomes} == {
        "Where the ratings of results and behaviour meet"
    }


def proposed(found: Any, name: str) -> tuple[bool, list[tuple[str, bool]]]:
    """Whether somebody is nominated, and the codes of the reasons."""
    (line,) = [each for each in found["items"] if each["name"] == name]
    return line["met"], [(reason["code"], reason["holds"]) for reason in line["reasons"]]


@pytest.mark.parametrize("employee", (TEACHER, COLLEAGUE))
async def test_good_performers_are_nominated_for_further_training_and_read_why(
    driven: DrivenYear, employee: str
) -> None:
    found = await driven.year.of(employee, "follow-up")
    met, reasons = proposed(found, "advanced_training")
    assert (met, reasons) == (True, [("year_fits", True)])
    (line,) = [each for each in found["items"] if each["name"] == "advanced_training"]
    assert "agency policy" in line["article"]
    assert "Very good" in line["reasons"][0]["text"] or "Good" in line["reasons"][0]["text"]


async def test_who_needs_improvement_reads_why_not(driven: DrivenYear) -> None:
    found = await driven.year.of(ADVISER, "follow-up")
    met, reasons = proposed(found, "advanced_training")
    assert (met, reasons) == (False, [("year_differs", False)])


async def test_one_very_good_year_is_not_enough_for_the_talent_pool(driven: DrivenYear) -> None:
    met, reasons = proposed(await driven.year.of(TEACHER, "follow-up"), "talent_pool")
    assert (met, reasons) == (False, [("year_fits", True), ("year_missing", False)])


async def test_nobody_is_nominated_before_the_result_is_final_and_nothing_is_said_before_delivery(
    driven: DrivenYear,
) -> None:
    assert driven.seen["follow-up before delivery"] in (404, 409)
    met, reasons = proposed(driven.seen["follow-up before it is final"], "advanced_training")
    assert not met
    assert ("not_final", False) in reasons


async def test_personnel_officers_find_the_nominated_in_a_list(driven: DrivenYear) -> None:
    path = f"/cycles/{driven.year.cycle}/follow-up"
    page = await driven.year.seen(OFFICER, path, kind="advanced_training", met=True)
    names = [each["name"] for each in page["items"]]
    assert [any(who in name for name in names) for who in (TEACHER, COLLEAGUE, ADVISER)] == [
        True,
        True,
        False,
    ]


async def test_peers_see_nothing_of_the_case(driven: DrivenYear) -> None:
    for peer in PEERS:
        for part in ("", "plan", "file", "rating", "surveys", "follow-up", "timeline"):
            assert await driven.year.status(TEACHER, part, peer) == 404, (peer, part)
