"""The result that counts over HTTP: item by item, with how its predicate is computed, to whom it is open."""

import uuid
from typing import Any

import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api import results
from tests.service.api.conftest import Service
from tests.service.api.results import both_heard, done, levels, receipt
from tests.service.api.whole_year import delivered, full_agency, plan_of, rated, rating_of, result

PLAN = plan_of(result("h1", "Izin terbit", indicators=2), result("h2", "Arsip digital"))


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await full_agency(service, f"Kota {uuid.uuid4().hex[:8]}")


async def rating(service: Service, person: uuid.UUID, case: uuid.UUID) -> Any:
    return await service.get(person, f"/appraisals/{case}/rating")


async def test_before_a_rating_there_is_none(service: Service, agency: SmallAgency) -> None:
    case = await service.launch(agency, agency.employee)
    assert (await rating(service, agency.officer, case)).status_code == 404


async def test_a_draft_is_open_to_the_rater_and_hr_and_hidden_from_the_employee(
    service: Service, agency: SmallAgency
) -> None:
    case = await rated(service, agency, agency.employee, PLAN)
    seen = {
        person: (await rating(service, person, case)).status_code
        for person in (agency.rater, agency.officer, agency.superior, agency.employee, agency.head)
    }
    assert list(seen.values()) == [200, 200, 200, 404, 404]


async def test_a_personnel_officer_does_not_see_the_draft_of_his_own_rating(
    service: Service, agency: SmallAgency
) -> None:
    await service.run(
        "INSERT INTO role_grant (person_id, role, agency_id, granted_at) VALUES (:id, 'hr', :agency, now())",
        id=agency.employee,
        agency=agency.agency,
    )
    case = await rated(service, agency, agency.employee, PLAN)
    assert (await rating(service, agency.employee, case)).status_code == 404


async def test_a_delivered_result_says_what_was_set_item_by_item(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency, agency.employee, PLAN)
    found = (await rating(service, agency.employee, case)).json()
    assert (found["set_by"].split()[0], found["decided"], found["scheme"]) == (
        "Rater",
        False,
        agency.rules.book.key,
    )
    (items,) = [each for each in found["rating"]["sections"] if each["name"] == "results"]
    assert [row["title"] for row in items["rows"]] == ["Izin terbit", "Arsip digital"]
    assert {field["name"] for field in items["rows"][0]["fields"]} >= {"rating", "reason"}


async def test_the_predicate_comes_with_how_it_is_computed(service: Service, agency: SmallAgency) -> None:
    case = await delivered(service, agency, agency.employee, PLAN, results="above", behaviour="above")
    outcome = (await rating(service, agency.employee, case)).json()["outcome"]
    assert (outcome["predicate"], outcome["predicate_name"]) == ("very_good", "Very good")
    (step,) = outcome["working"]
    assert (step["name"], step["result_in_words"], step["scheme"]) == (
        "cell",
        "Very good",
        agency.rules.book.key,
    )
    assert step["article"]
    assert [(each["label"], each["in_words"]) for each in step["numbers"]] == [
        ("rating of results", "Above expectations"),
        ("rating of behaviour", "Above expectations"),
    ]


async def test_the_working_is_the_same_for_the_employee_the_rater_and_hr(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency, agency.employee, PLAN)
    people = (agency.employee, agency.rater, agency.officer)
    seen = [(await rating(service, person, case)).json()["outcome"] for person in people]
    assert seen[0] is not None
    assert seen[0] == seen[1] == seen[2]


async def test_it_is_read_in_the_readers_language(service: Service, agency: SmallAgency) -> None:
    case = await delivered(service, agency, agency.employee, PLAN)
    answer = await service.http.get(
        f"/api/v1/appraisals/{case}/rating",
        headers=service.headers(agency.officer) | {"Accept-Language": "id"},
    )
    assert answer.json()["outcome"]["predicate_name"] == "Baik"


async def test_whoever_reads_his_own_result_has_seen_it(service: Service, agency: SmallAgency) -> None:
    case = await delivered(service, agency, agency.employee, PLAN)
    assert levels(await receipt(service, agency.employee, case)) == ["delivered"]
    assert (await rating(service, agency.employee, case)).status_code == 200
    assert levels(await receipt(service, agency.employee, case)) == ["delivered", "seen"]


async def test_that_hr_reads_a_result_is_no_receipt(service: Service, agency: SmallAgency) -> None:
    case = await delivered(service, agency, agency.employee, PLAN)
    assert (await rating(service, agency.officer, case)).status_code == 200
    assert levels(await receipt(service, agency.employee, case)) == ["delivered"]


async def test_a_result_that_is_rated_anew_is_a_draft_again(service: Service, agency: SmallAgency) -> None:
    case = await delivered(service, agency, agency.employee, PLAN)
    await done(
        service,
        case,
        (agency.employee, "agree", None),
        (agency.rater, "finalise", None),
        (
            agency.officer,
            "reopen",
            {"text": "Bukti baru", "reopening_ground": "clerical_error", "reference": "B/1"},
        ),
    )
    assert (await rating(service, agency.rater, case)).status_code == 404
    anew = {"content": rating_of(PLAN, results="below")}
    await done(service, case, (agency.rater, "rate", anew))
    found = (await rating(service, agency.rater, case)).json()
    assert (found["outcome"]["predicate"], found["delivered_at"]) == ("needs_improvement", None)
    assert (await rating(service, agency.employee, case)).status_code == 404


async def test_a_result_in_words_is_shown_as_words(service: Service) -> None:
    agency = await service.new_agency()
    case = await results.delivered(service, agency)
    found = (await rating(service, agency.employee, case)).json()
    assert (found["rating"]["text"], found["outcome"]) == (results.RATING["text"], None)


async def test_a_decision_that_changes_the_result_is_what_counts(service: Service) -> None:
    agency = await service.new_agency()
    case = await both_heard(service, agency)
    decision = {"text": "Keberatan beralasan", "result": {"text": "Hasil kerja di atas ekspektasi"}}
    await done(service, case, (agency.superior, "change_result", decision))
    found = (await rating(service, agency.employee, case)).json()
    assert (found["decided"], found["rating"]["text"]) == (True, "Hasil kerja di atas ekspektasi")


@pytest.mark.parametrize("path", ("rating", "periods", "file", "plan", "plan/revisions", "library"))
async def test_a_case_that_is_not_there_is_not_found(
    service: Service, agency: SmallAgency, path: str
) -> None:
    answer = await service.get(agency.officer, f"/appraisals/{uuid.uuid4()}/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
