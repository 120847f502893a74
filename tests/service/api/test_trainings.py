"""Trainings after the result: what is recommended, what is chosen, by whom, and when."""

import asyncio
import uuid
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import Service
from tests.service.api.meetings import agency_with, talked
from tests.service.api.results import done, levels, rated, receipt

OTHERS = (("rater", 403), ("officer", 403), ("superior", 404))


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await agency_with(service)


@pytest_asyncio.fixture(loop_scope="session")
async def case(service: Service, agency: SmallAgency) -> uuid.UUID:
    return await talked(service, agency)


async def choose(
    service: Service, person: uuid.UUID, case: uuid.UUID, body: Any, key: str | None = None
) -> httpx.Response:
    path = f"/appraisals/{case}/trainings"
    return await service.post(person, path, body, **{"Idempotency-Key": key or uuid.uuid4().hex})


async def withdraw(service: Service, person: uuid.UUID, case: uuid.UUID, choice: str) -> httpx.Response:
    return await service.post(person, f"/appraisals/{case}/trainings/{choice}/withdraw")


async def shown(service: Service, person: uuid.UUID, case: uuid.UUID) -> Any:
    answer = await service.get(person, f"/appraisals/{case}/trainings")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_what_helps_with_a_named_weakness_is_recommended(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    found = await shown(service, agency.employee, case)
    assert [each["name"] for each in found["weaknesses"]] == ["listening"]
    assert [each["training"] for each in found["offers"] if each["recommended"]] == ["talks"]
    assert (found["may_choose"], found["chosen"], found["article"]) == (True, [], "PP 30/2019")


async def test_the_employee_chooses_and_everybody_at_the_meeting_sees_it(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    answer = await choose(service, agency.employee, case, {"training": "talks", "weakness": "listening"})
    assert answer.status_code == 201, answer.text
    assert answer.json()["weakness"] == {"name": "listening", "label": "listening"}
    for who in (agency.employee, agency.rater, agency.officer):
        found = await shown(service, who, case)
        assert [each["training"] for each in found["chosen"]] == ["talks"]


async def test_whoever_sees_what_was_named_has_seen_the_result(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    assert "seen" not in levels(await receipt(service, agency.rater, case))
    await shown(service, agency.rater, case)
    assert "seen" not in levels(await receipt(service, agency.rater, case))
    await shown(service, agency.employee, case)
    assert "seen" in levels(await receipt(service, agency.rater, case))


async def test_while_the_receipt_cannot_be_noted_nothing_is_shown(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    async with service.held(case):
        answer = await service.get(agency.employee, f"/appraisals/{case}/trainings")
    assert (answer.status_code, answer.json()["code"]) == (503, "case_busy")
    assert "listening" not in answer.text


async def test_whoever_chooses_has_seen_the_result(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await choose(service, agency.employee, case, {"training": "archiving"})
    assert "seen" in levels(await receipt(service, agency.rater, case))


async def test_before_the_result_nothing_is_named_and_nothing_chosen(
    service: Service, agency: SmallAgency
) -> None:
    early = await rated(service, agency)
    found = await shown(service, agency.employee, early)
    assert (found["weaknesses"], found["may_choose"]) == ([], False)
    assert not any(each["recommended"] for each in found["offers"])
    answer = await choose(service, agency.employee, early, {"training": "talks"})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_result_yet")


@pytest.mark.parametrize(("who", "status"), OTHERS)
async def test_nobody_chooses_for_the_employee(
    service: Service, agency: SmallAgency, case: uuid.UUID, who: str, status: int
) -> None:
    answer = await choose(service, getattr(agency, who), case, {"training": "talks"})
    assert answer.status_code == status
    assert (await shown(service, agency.rater, case))["chosen"] == []


async def test_a_weakness_that_was_not_named_is_refused_at_its_field(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    answer = await choose(service, agency.employee, case, {"training": "talks", "weakness": "writing"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["errors"] == [
        {"field": "/weakness", "message": "This weakness was not named when the result was handed over."}
    ]


async def test_a_training_is_chosen_once(service: Service, agency: SmallAgency, case: uuid.UUID) -> None:
    await choose(service, agency.employee, case, {"training": "talks"})
    again = await choose(service, agency.employee, case, {"training": "talks"})
    assert (again.status_code, again.json()["errors"][0]["field"]) == (422, "/training")


async def test_the_same_training_from_two_tabs_at_once_is_chosen_once(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await shown(service, agency.employee, case)
    answers = await asyncio.gather(
        *(choose(service, agency.employee, case, {"training": "talks"}) for _ in range(3))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 422, 422]


async def test_a_repeat_under_its_key_is_one_choice(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    body = {"training": "talks"}
    first, again = [await choose(service, agency.employee, case, body, key="pilih-1") for _ in range(2)]
    assert (again.status_code, again.json()) == (201, first.json())
    assert len((await shown(service, agency.employee, case))["chosen"]) == 1


async def test_a_key_cannot_be_used_for_another_choice(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await choose(service, agency.employee, case, {"training": "talks"}, key="pilih-2")
    other = await choose(service, agency.employee, case, {"training": "letters"}, key="pilih-2")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_choice_is_taken_back_once_and_may_be_made_again(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    choice = (await choose(service, agency.employee, case, {"training": "talks"})).json()["id"]
    first, second = [await withdraw(service, agency.employee, case, choice) for _ in range(2)]
    assert first.json()["withdrawn_at"] is not None
    assert (second.status_code, second.json()) == (200, first.json())
    assert (await shown(service, agency.employee, case))["chosen"] == []
    assert (await choose(service, agency.employee, case, {"training": "talks"})).status_code == 201


@pytest.mark.parametrize(("who", "status"), OTHERS)
async def test_nobody_takes_a_choice_back_for_the_employee(
    service: Service, agency: SmallAgency, case: uuid.UUID, who: str, status: int
) -> None:
    choice = (await choose(service, agency.employee, case, {"training": "talks"})).json()["id"]
    assert (await withdraw(service, getattr(agency, who), case, choice)).status_code == status
    assert len((await shown(service, agency.employee, case))["chosen"]) == 1


async def test_a_choice_of_another_case_is_not_there(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    answer = await withdraw(service, agency.employee, case, str(uuid.uuid4()))
    assert answer.status_code == 404


async def test_a_scheme_without_trainings_offers_none(service: Service) -> None:
    agency = await service.new_agency()
    case = await rated(service, agency)
    await done(service, case, (agency.rater, "deliver_result", None))
    found = await shown(service, agency.employee, case)
    assert (found["offers"], found["may_choose"]) == ([], False)
    answer = await choose(service, agency.employee, case, {"training": "talks"})
    assert answer.json()["errors"][0]["field"] == "/training"
