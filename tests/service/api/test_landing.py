"""The page behind the link in a message locates and never authorises."""

import uuid

import pytest

from tests.service.api.conftest import Service

pytestmark = [pytest.mark.database, pytest.mark.engine]


async def test_a_link_in_a_message_leads_to_a_page_without_signing_in(service: Service) -> None:
    answer = await service.http.get(f"/appraisals/{uuid.uuid4()}")
    assert answer.status_code == 200
    assert 'lang="id"' in answer.text
    assert "menunggu Anda" in answer.text


async def test_the_page_is_the_same_whether_the_case_exists_or_not(service: Service) -> None:
    known, unknown = str(service.agency.cycle), str(uuid.uuid4())
    pages = [(await service.http.get(f"/appraisals/{found}")).text for found in (known, unknown)]
    assert pages[0].replace(known, "") == pages[1].replace(unknown, "")


async def test_the_page_speaks_english_to_who_asks_for_it(service: Service) -> None:
    answer = await service.http.get(f"/appraisals/{uuid.uuid4()}", headers={"Accept-Language": "en"})
    assert "An appraisal waits for you" in answer.text


async def test_a_damaged_link_is_a_problem_and_not_a_fault(service: Service) -> None:
    assert (await service.http.get("/appraisals/not-an-id")).status_code in {404, 422}


async def test_the_link_of_a_digest_leads_to_a_page_that_is_the_same_for_everybody(service: Service) -> None:
    answer = await service.http.get("/tasks")
    assert answer.status_code == 200
    assert "Ada tugas yang menunggu Anda" in answer.text
    assert "/api/v1/tasks" in answer.text
    signed_in = await service.http.get("/tasks", headers={"Authorization": "Bearer x"})
    assert signed_in.text == answer.text


async def test_no_page_loads_anything_from_elsewhere(service: Service) -> None:
    for path in ("/", "/tasks", f"/appraisals/{uuid.uuid4()}", "/problems/not_found"):
        assert "//" not in (await service.http.get(path)).text.replace("http://www.w3.org", "")
    assert (await service.http.get("/docs")).status_code == 404
