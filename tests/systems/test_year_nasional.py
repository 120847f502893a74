"""What the national scheme claims, seen in a whole year of four levels of one agency over HTTP on the real engine."""

from typing import Any

import pytest
import pytest_asyncio
from icalendar import Calendar

from content.rating.outcome import Outcome
from content.rating.siasn import SiasnCodes, siasn_codes
from schemes.loading import builtin_system
from tests.service.api.conftest import Service
from tests.service.api.results import levels
from tests.systems import nasional_forms as forms
from tests.systems.nasional_year import AGREEING, ARCHIVIST, HR, SECRETARY, SECTION, Driven, driven

pytestmark = [pytest.mark.database, pytest.mark.engine]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def drive(service: Service) -> Driven:
    return await driven(service)


def fields(problem: Any) -> list[str]:
    """The places at which a form was refused."""
    assert problem["code"] == "form_incomplete"
    return [each["field"] for each in problem["errors"]]


def items(form: Any, source: str) -> Any:
    """The things of a kind that a form refers to."""
    (found,) = [each for each in form["items"] if each["of"] == source]
    return found


def shown_rows(written: Any, section: str) -> dict[str, dict[str, str]]:
    """The parts of a section in words, by their title."""
    (found,) = [each for each in written["sections"] if each["name"] == section]
    return {row["title"]: {each["name"]: each["in_words"] for each in row["fields"]} for row in found["rows"]}


def at_hand(form: Any) -> dict[str, set[str]]:
    """What a form brings of the year: kinds of notes and titles of evidence, by item."""
    return {
        each["item"]: {note["kind"] for note in each["notes"]} | {one["title"] for one in each["evidence"]}
        for each in form["at_hand"]
    }


def test_who_drafts_before_the_superior_waits_for_him_and_he_is_told_how_many_do(drive: Driven) -> None:
    above = items(drive.seen["form while waiting"], "superior.results")
    assert (above["owner"], above["ready"], above["items"]) == (SECTION, False, [])
    assert drive.seen["waiting for the section"]["waiting"] == 10


def test_a_plan_supports_a_result_of_the_superior_level_by_level(drive: Driven) -> None:
    above = items(drive.seen["form when ready"], "superior.results")
    assert [each["id"] for each in above["items"]] == ["b1"]
    supported = {
        SECTION: drive.seen["plan of the section"]["above"],
        ARCHIVIST: drive.seen["plan"]["above"],
    }
    assert {who: (plan["official"], plan["results"][0]["supports"]) for who, plan in supported.items()} == {
        SECTION: (SECRETARY, [forms.SECRETARY_RESULT["result"]]),
        ARCHIVIST: (SECTION, [forms.SECTION_RESULT["result"]]),
    }


def test_the_superior_sees_who_supports_his_result(drive: Driven) -> None:
    (supported,) = drive.seen["plan of the section"]["below"]["results"]
    names = {each["employee"]: each["results"] for each in supported["supporters"]}
    assert names == {ARCHIVIST: ["Arsip inaktif tertata dan dapat ditemukan dalam sehari"]}


def test_a_result_that_the_superior_does_not_have_is_refused_at_its_place(drive: Driven) -> None:
    assert fields(drive.seen["unknown result above"]) == ["/content/results/0/supports"]


def test_the_head_of_an_office_needs_an_indicator_of_the_budget(drive: Driven) -> None:
    assert fields(drive.seen["no budget"]) == ["/content/results"]
    assert "Use of the budget" in drive.seen["no budget"]["errors"][0]["message"]


def test_behaviour_is_the_seven_values_with_their_21_guides(drive: Driven) -> None:
    values = items(drive.seen["form when ready"], "values")["items"]
    assert tuple(each["id"] for each in values) == forms.VALUES
    assert sum(len(each["guides"]) for each in values) == 21


def test_a_plan_has_special_expectations_and_three_attachments(drive: Driven) -> None:
    plan = drive.seen["plan"]["in_force"]["plan"]
    assert shown_rows(plan, "behaviour")["Competence"] == {"expectation": forms.EXPECTATION}
    assert shown_rows(plan, "attachments")[""] == forms.ATTACHMENTS


def test_an_additional_task_needs_its_decision_letter(drive: Driven) -> None:
    places = ["/content/results/1/letter", "/content/results/1/letter_date"]
    assert fields(drive.seen["no letter"]) == places
    assert [each["field"] for each in drive.seen["missing in the draft"]] == places
    shown = shown_rows(drive.seen["plan"]["in_force"]["plan"], "results")
    additional = shown["Panitia ulang tahun daerah terbantu administrasinya"]
    assert (additional["kind"], additional["letter"]) == ("Additional result", "800/123/2026")


def test_two_check_ins_are_on_record_with_report_and_review(drive: Driven) -> None:
    assert [(each["trigger"], each["at"][:10]) for each in drive.seen["file"]["check_ins"]] == [
        ("submit_check_in", "2026-06-02"),
        ("review_check_in", "2026-06-02"),
        ("submit_check_in", "2026-11-03"),
        ("review_check_in", "2026-11-03"),
    ]


def test_an_indicator_that_is_late_names_its_cause(drive: Driven) -> None:
    assert fields(drive.seen["late without a cause"]) == ["/content/indicators/h1a/cause"]
    first = drive.seen["file"]["check_ins"][0]["written"]
    assert shown_rows(first, "indicators")["Jumlah arsip inaktif tertata"]["course"] == "Late"


def test_evidence_and_progress_are_in_the_file_with_the_item_that_they_are_for(drive: Driven) -> None:
    (evidence,) = drive.seen["file"]["evidence"]
    assert (evidence["title"], evidence["item"], evidence["file"]["media_type"]) == (
        "Daftar arsip tertata",
        "h1a",
        "application/pdf",
    )
    (progress,) = [each for each in drive.seen["file"]["entries"] if each["kind"] == "progress"]
    assert (progress["item"], progress["content"]["evidence"]) == ("h1a", [drive.evidence])


@pytest.mark.parametrize("form", ("self-assessment form", "rating form"))
def test_what_was_noted_in_the_year_is_at_hand_item_by_item(drive: Driven, form: str) -> None:
    found = at_hand(drive.seen[form])
    assert found["h1a"] == {"progress", "Daftar arsip tertata"}
    assert found["h1"] == {"observation"}
    assert found[""] == {"feedback", "coaching", "counselling"}


def test_the_self_assessment_says_something_of_each_item_of_the_plan(drive: Driven) -> None:
    written = drive.seen["file"]["self_assessment"]["written"]
    assert set(shown_rows(written, "results")) == {
        "Arsip inaktif tertata dan dapat ditemukan dalam sehari",
        "Panitia ulang tahun daerah terbantu administrasinya",
    }
    assert shown_rows(written, "indicators")["Jumlah arsip inaktif tertata"]["realised"] == "1,260"


def test_a_rating_without_a_reason_is_refused_at_its_place(drive: Driven) -> None:
    assert fields(drive.seen["no reason"]) == ["/content/results/h1/reason"]


def test_a_predicate_that_the_matrix_does_not_give_is_refused(drive: Driven) -> None:
    assert fields(drive.seen["wrong predicate"]) == ["/predicate"]


def test_results_as_expected_and_behaviour_above_meet_in_good(drive: Driven) -> None:
    outcome = drive.seen["rating"]["outcome"]
    found = (outcome["results"], outcome["behaviour"], outcome["predicate"], outcome["score"])
    assert found == ("meets", "above", "good", None)


def test_a_rating_has_a_reason_for_each_result_and_each_value(drive: Driven) -> None:
    rating = drive.seen["rating"]["rating"]
    reasons = [
        row["reason"] for name in ("results", "behaviour") for row in shown_rows(rating, name).values()
    ]
    assert len(reasons) == 2 + 7
    assert all(reasons)
    behaviour = next(each for each in rating["sections"] if each["name"] == "behaviour")
    assert tuple(row["id"] for row in behaviour["rows"]) == forms.VALUES


def test_before_the_delivery_the_employee_sees_what_he_wrote_and_nothing_of_the_rating(drive: Driven) -> None:
    answers = drive.seen["undelivered"]
    file = answers["file"].json()
    assert file["open"] == ["plan", "check_in", "self_assessment", "evidence", "progress", "note"]
    assert (file["rating"], file["meeting"], answers["rating"].status_code) == (None, None, 404)
    for answer in answers.values():
        assert "Terlihat dari bukti dukung" not in answer.text
        assert '"good"' not in answer.text
    assert drive.seen["undelivered for the rater"]["outcome"]["predicate"] == "good"


def test_the_meeting_has_an_appointment_that_goes_into_a_calendar(drive: Driven) -> None:
    assert drive.seen["appointment"]["after_due"] is False
    (event,) = Calendar.from_ical(drive.seen["calendar"].text).events
    assert event.start.isoformat() == "2027-01-20T10:00:00+07:00"
    assert str(event["LOCATION"]) == "Ruang rapat subbagian"


def test_how_the_predicate_is_computed_is_the_same_for_the_employee_and_hr(drive: Driven) -> None:
    outcome = drive.seen["rating"]["outcome"]
    (step,) = outcome["working"]
    assert [each["in_words"] for each in step["numbers"]] == ["Meets expectations", "Above expectations"]
    assert (step["article"], step["scheme"], step["result"]) == (
        "PermenPANRB 6/2022 arts 23-25",
        "nasional@4",
        "good",
    )
    assert drive.seen["rating for HR"]["outcome"] == outcome


def test_what_was_agreed_when_the_result_was_handed_over_has_its_days(drive: Driven) -> None:
    agreed = shown_rows(drive.seen["file"]["meeting"]["written"], "actions")
    assert {title: row["by"] for title, row in agreed.items()} == {
        "Mengikuti pelatihan arsip digital": "Employee",
        "Mengganti pemindai yang rusak": "Rater",
    }
    assert agreed["Mengganti pemindai yang rusak"]["until"].endswith("31 March 2027")


def test_what_was_agreed_comes_back_in_the_next_year(drive: Driven) -> None:
    agreed = drive.seen["agreed a year later"]
    assert (agreed["year"], agreed["appraisal_id"]) == (2026, str(drive.year.cases[ARCHIVIST]))
    assert [(each["action"], each["until"], each["passed"]) for each in agreed["actions"]] == [
        ("Mengikuti pelatihan arsip digital", "2027-06-30", False),
        ("Mengganti pemindai yang rusak", "2027-03-31", False),
    ]


def test_the_days_of_the_answer_run_from_when_the_employee_has_opened_his_result(drive: Driven) -> None:
    before, after = drive.seen["receipt before"], drive.seen["receipt after"]
    assert (levels(before), before["deadline_runs_from"]) == (["delivered"], None)
    assert (levels(after), after["deadline_runs_from"]) == (["delivered", "seen"], "2027-01-20")


async def test_who_agrees_has_a_finalised_result(drive: Driven) -> None:
    assert drive.seen["agreed"]["stage"] == "finalised"
    assert (await drive.year.of(AGREEING, "rating"))["outcome"]["predicate"] == "very_good"


def test_an_objection_may_end_in_another_result_by_the_same_form(drive: Driven) -> None:
    assert fields(drive.seen["changed without a reason"]) == ["/result/content/overall/reason"]
    changed = drive.seen["changed rating"]
    assert (changed["decided"], changed["set_by"], changed["rating"]["form"]) == (True, SECRETARY, "rating")
    assert changed["outcome"]["predicate"] == "very_good"
    assert drive.seen["settled"]["stage"] == "finalised"


def test_a_spread_that_is_not_expected_warns_and_asks_for_a_reason_and_changes_nothing(drive: Driven) -> None:
    spread, explained = drive.seen["spread"], drive.seen["spread with a reason"]
    assert (spread["people"], len(spread["warnings"]), spread["needs_reason"]) == (10, 1, True)
    assert (explained["reason"]["given_by"], explained["needs_reason"]) == (HR, False)
    assert explained["shares"] == spread["shares"]


def test_an_outcome_has_the_three_numbers_of_the_exchange_with_siasn(drive: Driven) -> None:
    rules = builtin_system("nasional").content
    assert rules is not None
    found = drive.seen["rating"]["outcome"]
    outcome = Outcome(found["predicate"], found["results"], found["behaviour"])
    assert siasn_codes(rules, outcome) == SiasnCodes(results=2, behaviour=1, predicate=2)


async def test_the_histories_stay_free_of_content(drive: Driven) -> None:
    history = await drive.year.history(ARCHIVIST)
    for words in ("Terlihat dari", "Datang terlambat", "Arsip inaktif", "very_good", "lembur"):
        assert words not in history
