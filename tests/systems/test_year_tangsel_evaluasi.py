"""A year in Tangerang Selatan: measurable standards, each person and each team assessed, the public heard, awards."""

from typing import Any

import pytest
import pytest_asyncio

from tests.service.api.conftest import Service
from tests.systems.driven import DrivenYear
from tests.systems.tangsel_year import (
    ANALYST,
    CLINIC,
    CLINIC_UNIT,
    COMPLAINTS,
    COUNTER,
    DOCTOR,
    EVERYBODY,
    LABORATORY,
    MEDICINES,
    NURSE,
    OFFICE,
    OFFICER,
    PHARMACIST,
    PHARMACY,
    PHARMACY_UNIT,
    QUEUE,
    RATERS,
    TAKEN,
    drive,
)

pytestmark = [pytest.mark.database, pytest.mark.engine]

BY_DAYS = (181 * 80 + 184 * 115) / 365
"""Half a year in a team that reached part of its goal, and half a year in one that went beyond it."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def driven(service: Service) -> DrivenYear:
    return await drive(service)


async def outcome(driven: DrivenYear, employee: str, who: str | None = None) -> Any:
    """The predicate of somebody with its working."""
    return (await driven.year.of(employee, "rating", who))["outcome"]


async def weights(driven: DrivenYear, employee: str) -> dict[str, float]:
    """What weighed how much in somebody's score."""
    (step,) = [each for each in (await outcome(driven, employee))["working"] if each["name"] == "weighting"]
    return {each["name"]: each["value"] for each in step["numbers"]}


async def test_every_case_is_final_and_followed_by_the_engine(driven: DrivenYear) -> None:
    for employee in EVERYBODY:
        case = await driven.year.of(employee, "")
        assert (case["stage"], case["outcome"], case["scheme"]) == (
            "finalised",
            "agreed",
            "tangsel-evaluasi@1",
        )
        position = await driven.year.service.until_followed(driven.year.cases[employee])
        assert position["stage"] == "finalised"


@pytest.mark.parametrize(
    ("employee", "family"),
    (
        (NURSE, "Care of patients"),
        (DOCTOR, "Care of patients"),
        (PHARMACIST, "Pharmacy"),
        (ANALYST, "Laboratory"),
        (COMPLAINTS, "Administration"),
    ),
)
async def test_standards_of_the_own_job_are_offered(driven: DrivenYear, employee: str, family: str) -> None:
    library = driven.seen[f"library of {employee}"]
    assert library["family_name"] == family
    assert set(TAKEN[employee]) < {each["name"] for each in library["items"]}


async def test_a_standard_is_a_number_and_never_a_description(driven: DrivenYear) -> None:
    refused = driven.seen["described"]
    assert (refused["status"], refused["code"]) == (422, "form_incomplete")
    places = {each["field"].partition("/target/")[0] for each in refused["errors"]}
    assert places == {f"/content/results/0/indicators/{number}" for number in (0, 1)}
    for employee in EVERYBODY:
        (result,) = (await driven.year.of(employee, "plan"))["in_force"]["plan"]["content"]["results"]
        assert all(each["target"]["number"] and each["target"]["unit"] for each in result["indicators"])


async def test_each_standard_is_measured_before_somebody_is_rated(driven: DrivenYear) -> None:
    (error,) = driven.seen["nothing realised"]["errors"]
    assert error["field"] == "/content/indicators/patients-served/realised"


async def test_a_team_has_a_leader_and_members_with_dates(driven: DrivenYear) -> None:
    members = {each["name"]: each for each in driven.seen[QUEUE]["members"]}
    assert {name: (each["first_day"], each["last_day"]) for name, each in members.items()} == {
        DOCTOR: ("2026-01-01", "2026-12-31"),
        NURSE: ("2026-01-01", "2026-12-31"),
        PHARMACIST: ("2026-07-01", "2026-12-31"),
    }
    assert [name for name, each in members.items() if each["leads"]] == [DOCTOR]
    assert driven.seen[QUEUE]["unit"] == "Unit Rawat Jalan"


async def test_only_personnel_officers_form_teams(driven: DrivenYear) -> None:
    assert driven.seen["team by a rater"].status_code == 403


async def test_who_leaves_a_team_stays_on_record_with_his_days(driven: DrivenYear) -> None:
    (member,) = driven.seen["after the change"]["members"]
    assert (member["name"], member["last_day"], member["days"]) == (PHARMACIST, "2026-06-30", 181)


async def test_whoever_rates_the_leader_is_asked_for_the_result_and_nobody_else(driven: DrivenYear) -> None:
    teams = {name: driven.seen[name]["id"] for name in (QUEUE, MEDICINES, COUNTER)}
    asked = {
        who: [name for name, team in teams.items() if any(team in each["read_on"] for each in inbox["items"])]
        for who, inbox in driven.seen["asked"].items()
    }
    assert asked == {CLINIC: [QUEUE], PHARMACY: [MEDICINES], OFFICE: [COUNTER], DOCTOR: []}


@pytest.mark.parametrize(
    ("who", "status"), (("by the leader", 403), ("by a member", 403), ("by another", 404))
)
async def test_nobody_sets_the_result_of_his_own_team(driven: DrivenYear, who: str, status: int) -> None:
    assert driven.seen[who].status_code == status


async def test_a_later_result_of_a_team_counts_and_the_earlier_one_stays(driven: DrivenYear) -> None:
    assert [each["step"] for each in driven.seen["rated"]["results"]] == ["beyond", "reached"]


async def test_the_file_of_each_member_carries_team_leader_days_and_result(driven: DrivenYear) -> None:
    (carried,) = (await driven.year.of(NURSE, "teams"))["teams"]
    assert (carried["name"], carried["leader"], carried["days"]) == (QUEUE, DOCTOR, 365)
    assert "41 menit" in carried["achieved"]
    first, second = (await driven.year.of(PHARMACIST, "teams"))["teams"]
    assert [(each["name"], each["days"], each["leads"]) for each in (first, second)] == [
        (MEDICINES, 181, True),
        (QUEUE, 184, False),
    ]


@pytest.mark.parametrize("employee", (DOCTOR, NURSE))
async def test_person_and_team_are_both_assessed_and_both_shown(driven: DrivenYear, employee: str) -> None:
    assert await weights(driven, employee) == {"plan": 50, "behaviour": 30, "team": 20}
    found = await outcome(driven, employee)
    (score,) = [each for each in found["working"] if each["name"] == "score"]
    assert {each["name"]: each["value"] for each in score["numbers"]} == {
        "plan": 100,
        "behaviour": 100,
        "team": 115,
    }
    assert (found["score"], found["predicate"]) == (103, "good")


async def test_who_was_in_two_teams_carries_both_by_his_days(driven: DrivenYear) -> None:
    found = await outcome(driven, PHARMACIST)
    assert found["score"] == pytest.approx(80 + 0.2 * BY_DAYS, abs=0.01)


async def test_who_belongs_to_no_team_is_weighed_without_one(driven: DrivenYear) -> None:
    assert await weights(driven, ANALYST) == {"plan": 60, "behaviour": 40}
    assert (await driven.year.of(ANALYST, "teams"))["teams"] == []


async def test_a_team_without_a_result_is_absent_and_not_zero(driven: DrivenYear) -> None:
    assert driven.seen["before the last day"]["numbers"][0]["closed"] is False
    (number,) = driven.seen["after the last day"]["numbers"]
    assert (number["number"], number["closed"]) == (None, True)
    assert driven.seen["after the last day"]["teams"][0]["absent"] is True
    assert await weights(driven, COMPLAINTS) == {"plan": 60, "behaviour": 40}
    found = await outcome(driven, COMPLAINTS)
    assert found["score"] == 100
    absent = {
        each["numbers"][0]["value"]: each["label"] for each in found["working"] if each["name"] == "absent"
    }
    assert "not counted as zero" in absent["team"]


async def test_personnel_officers_are_told_of_a_result_that_is_missing(driven: DrivenYear) -> None:
    told = [each["read_on"] for each in driven.seen["officers told"]["items"] if each["kind"] == "reminder"]
    teams = {name: driven.seen[name]["id"] for name in (QUEUE, MEDICINES, COUNTER)}
    assert [name for name, team in teams.items() if any(team in each for each in told)] == [COUNTER]


async def test_a_rating_keeps_the_number_that_it_was_computed_from(driven: DrivenYear) -> None:
    """The result of the team was corrected after the ratings."""
    assert (await driven.year.of(NURSE, "teams"))["numbers"][0]["number"] == 50
    assert (await outcome(driven, NURSE))["score"] == 103


async def test_the_working_is_the_same_for_the_person_the_rater_and_personnel_officers(
    driven: DrivenYear,
) -> None:
    seen = [await outcome(driven, NURSE, who) for who in (NURSE, RATERS[NURSE], OFFICER)]
    assert seen[0] == seen[1] == seen[2]


async def test_teams_are_listed_with_how_their_results_stand(driven: DrivenYear) -> None:
    page = await driven.year.seen(OFFICER, f"/cycles/{driven.year.cycle}/teams")
    assert {each["name"]: each["state"] for each in page["items"]} == {
        QUEUE: "rated",
        MEDICINES: "rated",
        COUNTER: "absent",
    }


async def test_the_public_rates_nine_elements_of_a_service_unit_without_an_account(
    driven: DrivenYear,
) -> None:
    form = driven.seen[f"form {CLINIC_UNIT}"]
    assert form["unit"] == CLINIC_UNIT
    assert (len(form["elements"]), len(form["steps"])) == (9, 4)
    assert driven.seen["link by a rater"].status_code == 403


@pytest.mark.parametrize(
    ("unit", "index", "category", "to_improve"),
    (
        (CLINIC_UNIT, 94.44, "a", ["time"]),
        (PHARMACY_UNIT, 86.11, "b", ["time", "complaints"]),
    ),
)
async def test_each_service_unit_has_its_index_and_its_areas_to_improve(
    driven: DrivenYear, unit: str, index: float, category: str, to_improve: list[str]
) -> None:
    path = f"/units/{driven.seen[f'unit {unit}']}/public-feedback"
    (period,) = (await driven.year.seen(NURSE, path))["periods"]
    assert (period["answers"], period["index"], period["category"]) == (6, index, category)
    assert period["to_improve"] == to_improve


async def test_the_hospital_sees_what_should_improve_in_each_of_its_service_units(driven: DrivenYear) -> None:
    path = f"/units/{driven.seen['hospital']}/picture"
    found = await driven.year.seen(OFFICER, path, cycle=str(driven.year.cycle))
    assert {each["unit"]: [area["element"] for area in each["areas"]] for each in found["services"]} == {
        CLINIC_UNIT: ["time"],
        PHARMACY_UNIT: ["time", "complaints"],
    }


async def test_of_too_few_answers_nothing_is_shown(driven: DrivenYear) -> None:
    path = f"/units/{driven.seen[f'unit {LABORATORY}']}/public-feedback"
    assert (await driven.year.seen(OFFICER, path))["periods"] == []


async def test_what_the_public_wrote_is_shown_to_nobody_before_it_is_cleared_and_names_nobody(
    driven: DrivenYear,
) -> None:
    waiting = await driven.year.seen(OFFICER, "/public-texts")
    assert waiting["items"]
    assert all("Arif" not in each["text"] and "Budiman" not in each["text"] for each in waiting["items"])
    shown = await driven.year.seen(CLINIC, f"/units/{driven.seen[f'unit {CLINIC_UNIT}']}/public-feedback")
    assert shown["texts"] == []


async def test_what_the_public_says_is_no_part_of_anybodys_score(driven: DrivenYear) -> None:
    told = str(await outcome(driven, NURSE))
    assert "public" not in told.lower()
    assert set(await weights(driven, NURSE)) == {"plan", "behaviour", "team"}


async def award(driven: DrivenYear, employee: str) -> Any:
    """The award for complaints that were handled fast, and why somebody has it or not."""
    items = (await driven.year.of(employee, "follow-up"))["items"]
    (found,) = [each for each in items if each["name"] == "fast_complaints"]
    return found


async def test_who_handles_complaints_fast_is_proposed_for_an_award(driven: DrivenYear) -> None:
    """Three of his four took at most a working day."""
    found = await award(driven, COMPLAINTS)
    assert (found["kind"], found["met"], found["label"]) == (
        "award",
        True,
        "Award for complaints handled fast",
    )


async def test_nothing_follows_from_a_result_that_is_not_final(driven: DrivenYear) -> None:
    before = driven.seen["follow-up before it is final"]
    assert before["years"][0]["settled"] == "not_final"
    assert not any(each["met"] for each in before["items"])


async def test_who_handled_two_reads_why_he_is_not(driven: DrivenYear) -> None:
    found = await award(driven, PHARMACIST)
    assert found["met"] is False
    assert any(not each["holds"] and "2" in each["text"] for each in found["reasons"])


async def test_personnel_officers_list_who_is_proposed(driven: DrivenYear) -> None:
    page = await driven.year.seen(OFFICER, f"/cycles/{driven.year.cycle}/follow-up", kind="fast_complaints")
    met = {each["name"] for each in page["items"] if any(item["met"] for item in each["items"])}
    assert met == {f"{COMPLAINTS}, S.I.Kom."}


async def test_credit_points_follow_from_predicate_and_post(driven: DrivenYear) -> None:
    """Ahli Pertama: 12.5 a year, all of it with Baik."""
    points = (await driven.year.of(DOCTOR, "follow-up"))["credit_points"]
    assert (points["level"], points["points"], points["final"]) == ("First expert", "12.50", True)


async def test_no_event_and_no_log_holds_what_was_written_of_a_team(driven: DrivenYear) -> None:
    service = driven.year.service
    bodies = await service.value("SELECT string_agg(CAST(body AS text), ' ') FROM event")
    for told in (bodies, service.log.getvalue(), await driven.year.history(NURSE)):
        for marker in ("41 menit", "mesin antrean", QUEUE):
            assert marker not in told
