"""The predicate of a unit: who sets it and sees it, and what stays of the earlier ones."""

import asyncio
import uuid
from typing import Any

import pytest
import pytest_asyncio

from tests.fixtures.rated import Division, Rated, build_division, put_on_record
from tests.service.api.conftest import BUSINESS_START, Service, clock_from
from tests.service.api.filling import put

pytestmark = [pytest.mark.database, pytest.mark.engine]

GOOD = {"level": "good", "reason": "Capaian perjanjian kinerja 92 persen"}


async def division_of(service: Service, **more: Any) -> Division:
    """A division of an agency of its own."""
    name = f"Kota {uuid.uuid4().hex[:8]}"
    given: dict[str, Any] = {"employees": 4, "clock": clock_from(BUSINESS_START)} | more
    division = await build_division(service.database, name, **given)
    service.others.append(division.agency)
    return division


def at(division: Division, what: str = "level") -> str:
    """The address of something of the division."""
    return f"/cycles/{division.agency.cycle}/units/{division.unit}/{what}"


async def set_level(
    service: Service, person: uuid.UUID, path: str, body: Any, key: str | None = None
) -> tuple[int, Any]:
    """The status and the answer of a PUT with a key."""
    answer = await put(service, person, path, body, **{"Idempotency-Key": key or uuid.uuid4().hex})
    return answer.status_code, answer.json()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def division(service: Service) -> Division:
    return await division_of(service)


async def test_the_leader_above_sets_it_and_sees_it(service: Service) -> None:
    division = await division_of(service)
    agency = division.agency
    status, line = await set_level(service, agency.superior, at(division), GOOD)
    assert (status, line["level"], line["level_name"]) == (200, "good", "Good")
    assert line["set_by_id"] == str(agency.superior)
    page = (await service.get(agency.superior, at(division))).json()
    assert page["present"] == line
    assert page["may_set"] is True
    assert page["head"].startswith("Rater ")
    assert [choice["level"] for choice in page["choices"]] == [
        "excellent",
        "good",
        "needs_improvement",
        "poor",
        "very_poor",
    ]


async def test_a_personnel_officer_may_set_it(service: Service, division: Division) -> None:
    status, line = await set_level(service, division.agency.officer, at(division), GOOD)
    assert (status, line["reason"]) == (200, GOOD["reason"])


async def test_set_twice_the_later_counts_and_the_earlier_stays(service: Service) -> None:
    division = await division_of(service)
    agency = division.agency
    await set_level(service, agency.superior, at(division), GOOD)
    await set_level(
        service, agency.officer, at(division), {"level": "poor", "reason": "Koreksi setelah reviu"}
    )
    page = (await service.get(agency.officer, at(division))).json()
    assert page["present"]["level"] == "poor"
    assert [line["level"] for line in page["items"]] == ["poor", "good"]
    first = (await service.get(agency.officer, at(division), limit=1)).json()
    second = (await service.get(agency.officer, at(division), limit=1, cursor=first["next"])).json()
    assert [line["level"] for line in (*first["items"], *second["items"])] == ["poor", "good"]
    assert second["present"]["level"] == "poor"
    assert second["next"] is None


async def test_before_anybody_sets_it_there_is_none(service: Service) -> None:
    division = await division_of(service)
    page = (await service.get(division.agency.officer, at(division))).json()
    assert (page["present"], page["items"], page["next"]) == (None, [], None)


@pytest.mark.parametrize("who", ("rater", "director", "head", "employee"))
async def test_to_everybody_else_the_unit_is_not_there(
    service: Service, division: Division, who: str
) -> None:
    person = getattr(division.agency, who)
    assert (await service.get(person, at(division))).status_code == 404
    status, problem = await set_level(service, person, at(division), GOOD)
    assert (status, problem["code"]) == (404, "not_found")


async def test_the_head_does_not_decide_even_as_a_personnel_officer(service: Service) -> None:
    division = await division_of(service)
    agency = division.agency
    await service.run(
        "INSERT INTO role_grant (person_id, role, agency_id, granted_at) VALUES (:person, 'hr', :agency, now())",
        person=agency.rater,
        agency=agency.agency,
    )
    status, problem = await set_level(service, agency.rater, at(division), GOOD)
    assert (status, problem["code"]) == (403, "own_unit")
    reason = at(division, "distribution/reason")
    status, problem = await set_level(service, agency.rater, reason, {"reason": "Unit baru"})
    assert (status, problem["code"]) == (403, "own_unit")
    page = await service.get(agency.rater, at(division))
    assert page.json()["may_set"] is False


async def test_another_agency_finds_nothing(service: Service, division: Division) -> None:
    stranger = service.elsewhere.officer
    assert (await service.get(stranger, at(division))).status_code == 404
    assert (await set_level(service, stranger, at(division), GOOD))[0] == 404
    mixed = f"/cycles/{service.elsewhere.cycle}/units/{division.unit}/level"
    assert (await service.get(stranger, mixed)).status_code == 404
    assert (await service.get(division.agency.officer, mixed)).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    (
        ({"level": "splendid", "reason": "x"}, "/level"),
        ({"reason": "x"}, "/level"),
        ({"level": "good"}, "/reason"),
        ({"level": "good", "reason": "  "}, "/reason"),
        ({"level": "good", "reason": "a\0b"}, "/reason"),
        ({"level": "good", "reason": "x" * 2001}, "/reason"),
        ({"level": "good", "reason": "x", "rating": "above"}, "/rating"),
    ),
)
async def test_bad_input_is_refused_at_its_place(
    service: Service, division: Division, body: Any, field: str
) -> None:
    status, problem = await set_level(service, division.agency.officer, at(division), body)
    assert (status, problem["code"]) == (422, "invalid")
    assert [error["field"] for error in problem["errors"]] == [field]


async def test_the_same_request_again_is_answered_the_same_and_written_once(service: Service) -> None:
    division = await division_of(service)
    agency = division.agency
    first = await set_level(service, agency.superior, at(division), GOOD, key="k-1")
    await set_level(service, agency.officer, at(division), {"level": "poor", "reason": "Koreksi"})
    assert await set_level(service, agency.superior, at(division), GOOD, key="k-1") == first
    page = (await service.get(agency.superior, at(division))).json()
    assert [line["level"] for line in page["items"]] == ["poor", "good"]


async def test_a_key_for_another_request_is_refused(service: Service) -> None:
    division = await division_of(service)
    agency = division.agency
    await set_level(service, agency.officer, at(division), GOOD, key="k-1")
    other = {"level": "poor", "reason": "Lain"}
    status, problem = await set_level(service, agency.officer, at(division), other, key="k-1")
    assert (status, problem["code"]) == (422, "idempotency_key_reused")
    elsewhere = f"/cycles/{agency.cycle}/units/{agency.unit}/level"
    status, problem = await set_level(service, agency.officer, elsewhere, GOOD, key="k-1")
    assert (status, problem["code"]) == (422, "idempotency_key_reused")


async def test_two_requests_with_one_key_at_once_write_once(service: Service) -> None:
    division = await division_of(service)
    agency = division.agency
    answers = await asyncio.gather(
        *(set_level(service, agency.officer, at(division), GOOD, key="k-1") for _ in range(4))
    )
    assert {status for status, _ in answers} == {200}
    assert len({line["id"] for _, line in answers}) == 1


async def test_without_a_key_nothing_is_set(service: Service, division: Division) -> None:
    answer = await put(service, division.agency.officer, at(division), GOOD)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_missing")


async def test_a_scheme_without_predicates_of_units_says_so(service: Service) -> None:
    path = f"/cycles/{service.agency.cycle}/units/{service.agency.unit}/level"
    answer = await service.get(service.agency.officer, path)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_unit_levels")
    status, problem = await set_level(service, service.agency.officer, path, GOOD)
    assert (status, problem["code"]) == (409, "no_unit_levels")


async def head_case(service: Service, division: Division) -> str:
    await put_on_record(service.database, division, [Rated(division.agency.rater, None)])
    case = await service.value(
        "SELECT id FROM appraisal WHERE employee_id = :head", head=division.agency.rater
    )
    return f"/appraisals/{case}/organisation-level"


async def test_the_rater_of_a_head_is_told_the_predicate_of_the_unit(service: Service) -> None:
    division = await division_of(service)
    agency = division.agency
    path = await head_case(service, division)
    before = (await service.get(agency.superior, path)).json()
    assert (before["level"], before["set_at"]) == (None, None)
    await set_level(service, agency.superior, at(division), GOOD)
    hint = (await service.get(agency.superior, path)).json()
    assert (hint["level"], hint["level_name"], hint["article"]) == ("good", "Good", "SE MenPANRB 3/2023")
    assert "which the rater sets" in hint["hint"]
    assert (await service.get(agency.officer, path)).json()["level"] == "good"


async def test_the_head_and_the_superior_of_his_rater_are_not_told(service: Service) -> None:
    division = await division_of(service)
    path = await head_case(service, division)
    assert (await service.get(division.agency.rater, path)).status_code == 404
    assert (await service.get(division.agency.director, path)).status_code == 404


async def test_beside_the_case_of_somebody_who_leads_nothing_there_is_no_predicate(service: Service) -> None:
    division = await division_of(service)
    employee = division.staff[0]
    await put_on_record(service.database, division, [Rated(employee, "good")])
    case = await service.value("SELECT id FROM appraisal WHERE employee_id = :who", who=employee)
    path = f"/appraisals/{case}/organisation-level"
    assert (await service.get(division.agency.rater, path)).status_code == 404
    assert (await service.get(division.agency.officer, path)).status_code == 404
