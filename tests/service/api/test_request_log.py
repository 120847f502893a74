"""One line for each request: enough to find it again, nothing that tells on people."""

import uuid

import pytest

from tests.service.api.conftest import PLAN, Service


async def test_a_request_is_one_line_with_its_ids(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    path = f"/appraisals/{appraisal}/actions/submit_plan"
    answer = await service.post(employee, path, PLAN, **{"Idempotency-Key": "l", "X-Request-Id": "req-1"})
    assert answer.headers["x-request-id"] == "req-1"
    (line,) = service.logged("req-1")
    assert line["event"] == "request"
    assert line["route"].endswith("/appraisals/{appraisal_id}/actions/{trigger}")
    assert line["status"] == 200
    assert line["person"] == str(employee)
    assert line["appraisal"] == str(appraisal)
    assert line["trigger"] == "submit_plan"
    assert 0 < line["milliseconds"] < 60_000


async def test_a_refusal_is_logged_with_its_code(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    path = f"/appraisals/{appraisal}/actions/rate"
    await service.post(employee, path, {"text": "x"}, **{"Idempotency-Key": "l", "X-Request-Id": "req-2"})
    refused, request = service.logged("req-2")
    assert (refused["event"], refused["level"]) == ("action_refused", "info")
    assert refused["code"] == "illegal_transition"
    assert request["status"] == 409


async def test_bindings_do_not_leak_into_the_next_request(service: Service) -> None:
    await service.get(service.agency.officer, "/me")
    await service.http.get("/health/live", headers={"X-Request-Id": "req-3"})
    (line,) = service.logged("req-3")
    assert "person" not in line


@pytest.mark.parametrize("given", ("", "a b", "x" * 65, 'quote"', "new\tline"))
async def test_a_request_id_that_is_not_sane_is_replaced(service: Service, given: str) -> None:
    answer = await service.http.get("/health/live", headers={"X-Request-Id": given})
    assert uuid.UUID(answer.headers["x-request-id"]).version == 4


async def test_no_nip_no_token_and_no_text_reaches_the_log(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    nip = await service.value("SELECT nip FROM person WHERE id = :id", id=employee)
    body = {"text": f"Rahasia {nip}"}
    await service.act(employee, appraisal, "submit_plan", body)
    await service.act(employee, appraisal, "submit_plan", body)
    await service.get(service.agency.officer, f"/people/{employee}")
    await service.http.get(f"/api/v1/people/{nip}", headers=service.headers(service.agency.officer))
    await service.get(service.agency.officer, "/people", name=nip)
    await service.run(
        "UPDATE appraisal SET snapshot = CAST(:bad AS jsonb) WHERE id = :id",
        bad=f'{{"employee": "{nip}"}}',
        id=appraisal,
    )
    assert (await service.get(employee, f"/appraisals/{appraisal}")).status_code == 500
    log = service.log.getvalue()
    assert '"request_failed"' in log
    for secret in (nip, "Rahasia", "Bearer ", service.headers(employee)["Authorization"][7:40]):
        assert secret not in log


async def test_no_address_of_the_api_holds_a_nip(service: Service) -> None:
    document = (await service.http.get("/openapi.json")).json()
    parameters = [
        parameter["name"]
        for operations in document["paths"].values()
        for operation in operations.values()
        for parameter in operation.get("parameters", [])
    ]
    assert "appraisal_id" in parameters
    assert not any("nip" in name for name in parameters)
