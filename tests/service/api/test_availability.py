"""What is answered while a server behind the service is away."""

import time
import uuid

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from service.runtime.ports import any_free_port
from service.temporal.client import connect
from service.temporal.registration import register_namespace, register_search_attributes
from store.database import create_engine
from tests.fixtures.severed import silent_server
from tests.service.api.beside import application
from tests.service.api.conftest import PLAN, Service


async def away_engine() -> Client:
    return await connect(f"127.0.0.1:{any_free_port()}", lazy=True)


def away_database() -> AsyncEngine:
    return create_engine(f"postgresql+asyncpg://kinerja@127.0.0.1:{any_free_port()}/kinerja")


async def another_engine(service: Service) -> Client:
    """A namespace that no worker serves."""
    address = service.engine.service_client.config.target_host
    client = await connect(address, namespace=f"idle-{uuid.uuid4().hex[:8]}")
    await register_namespace(client)
    await register_search_attributes(client)
    return client


async def submit(
    http: httpx.AsyncClient, service: Service, key: str = "stormy"
) -> tuple[httpx.Response, float]:
    """The answer to the plan of a new appraisal, and after how many seconds it came."""
    appraisal, employee = await service.new_appraisal()
    began = time.monotonic()
    answer = await http.post(
        f"/api/v1/appraisals/{appraisal}/actions/submit_plan",
        json=PLAN,
        headers=service.headers(employee, **{"Idempotency-Key": key}),
    )
    return answer, time.monotonic() - began


async def test_an_action_is_acknowledged_as_ever_while_the_engine_is_away(service: Service) -> None:
    async with application(service.database, await away_engine(), service.signer) as http:
        answer, seconds = await submit(http, service)
    assert (answer.status_code, answer.json()["stage"]) == (200, "plan_review"), answer.text
    assert seconds < 2
    appraisal = uuid.UUID(answer.json()["appraisal"])
    assert await service.stage(appraisal) == "plan_review"
    assert await service.attempts(appraisal) == []


async def test_an_action_is_acknowledged_as_ever_while_the_engine_is_frozen(service: Service) -> None:
    with silent_server() as port:
        frozen = await connect(f"127.0.0.1:{port}", lazy=True)
        async with application(service.database, frozen, service.signer) as http:
            answer, seconds = await submit(http, service)
    assert (answer.status_code, answer.json()["stage"]) == (200, "plan_review"), answer.text
    assert seconds < 2


async def test_an_action_is_acknowledged_as_ever_while_no_worker_runs(service: Service) -> None:
    async with application(service.database, await another_engine(service), service.signer) as http:
        answer, seconds = await submit(http, service)
    assert (answer.status_code, answer.json()["stage"]) == (200, "plan_review"), answer.text
    assert seconds < 2


async def test_the_engine_is_told_later_of_what_was_done_while_it_was_away(service: Service) -> None:
    async with application(service.database, await away_engine(), service.signer) as http:
        answer, _ = await submit(http, service)
    appraisal = uuid.UUID(answer.json()["appraisal"])
    assert (await service.until_followed(appraisal))["stage"] == "plan_review"


async def test_what_was_done_while_the_engine_was_away_is_not_done_again_by_a_repeat(
    service: Service,
) -> None:
    async with application(service.database, await away_engine(), service.signer) as http:
        answer, _ = await submit(http, service)
    appraisal = uuid.UUID(answer.json()["appraisal"])
    employee = await service.value("SELECT employee_id FROM appraisal WHERE id = :id", id=appraisal)
    again = await service.act(employee, appraisal, "submit_plan", PLAN, key="stormy")
    assert (again.status_code, again.json()) == (200, answer.json())


async def test_a_refusal_while_the_engine_is_away_says_the_same_as_ever(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.until_stage(appraisal, "plan_drafting")
    async with application(service.database, await away_engine(), service.signer) as http:
        answer = await http.post(
            f"/api/v1/appraisals/{appraisal}/actions/rate",
            json={"text": "Baik"},
            headers=service.headers(employee, **{"Idempotency-Key": "early"}),
        )
    assert (answer.status_code, answer.json()["code"]) == (409, "illegal_transition")
    assert await service.attempts(appraisal) == ["illegal_transition"]


async def test_many_actions_while_the_engine_is_away_wait_for_nothing(service: Service) -> None:
    cases = [await service.new_appraisal() for _ in range(5)]
    async with application(service.database, await away_engine(), service.signer) as http:
        began = time.monotonic()
        for appraisal, employee in cases:
            answers = [
                await http.post(
                    f"/api/v1/appraisals/{appraisal}/actions/{trigger}",
                    json=body,
                    headers=service.headers(person, **{"Idempotency-Key": uuid.uuid4().hex}),
                )
                for person, trigger, body in (
                    (employee, "submit_plan", PLAN),
                    (service.agency.rater, "return_plan", {"text": "Lengkapi"}),
                    (employee, "submit_plan", PLAN),
                    (service.agency.rater, "approve_plan", {}),
                )
            ]
            assert [answer.status_code for answer in answers] == [200] * 4
        assert time.monotonic() - began < 10


async def test_reading_goes_on_without_the_engine(service: Service) -> None:
    async with application(service.database, await away_engine(), service.signer) as http:
        answer = await http.get("/api/v1/me", headers=service.headers(service.agency.officer))
    assert answer.status_code == 200


async def test_a_launch_without_the_engine_is_of_unknown_outcome(service: Service) -> None:
    async with application(service.database, await away_engine(), service.signer) as http:
        path = f"/api/v1/cycles/{service.agency.cycle}/launch"
        answer = await http.post(path, headers=service.headers(service.agency.officer))
        assert (answer.status_code, answer.json()["code"]) == (503, "outcome_unknown")
        progress = await http.get(path, headers=service.headers(service.agency.officer))
        assert (progress.status_code, progress.json()["engine"]) == (200, None)


@pytest.mark.parametrize("path", ("/me", "/tasks", "/appraisals", "/people", "/cycles"))
async def test_reading_without_the_database_asks_to_come_back(service: Service, path: str) -> None:
    async with application(away_database(), service.engine, service.signer) as http:
        answer = await http.get(f"/api/v1{path}", headers=service.headers(service.agency.officer))
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"] == "2"


async def test_an_action_without_the_database_is_of_unknown_outcome(service: Service) -> None:
    async with application(away_database(), service.engine, service.signer) as http:
        answer = await http.post(
            f"/api/v1/appraisals/{uuid.uuid4()}/actions/agree",
            json={},
            headers=service.headers(service.agency.officer, **{"Idempotency-Key": "k"}),
        )
    assert (answer.status_code, answer.json()["code"]) == (503, "outcome_unknown")


async def test_a_database_that_drops_its_connections_is_noticed_and_found_again(service: Service) -> None:
    database = create_engine(service.database.url.render_as_string(hide_password=False), pool_size=1)
    async with application(database, service.engine, service.signer) as http:
        headers = service.headers(service.agency.officer)
        assert (await http.get("/api/v1/me", headers=headers)).status_code == 200
        await service.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        statuses = [(await http.get("/api/v1/me", headers=headers)).status_code for _ in range(3)]
        assert set(statuses) <= {200, 503}
        assert statuses[-1] == 200
    await database.dispose()
    # The connections of the other tests were ended too; they are made anew.
    await service.database.dispose()


async def test_alive_needs_no_server_and_ready_names_the_missing_ones(service: Service) -> None:
    async with application(service.database, service.engine, service.signer) as http:
        ready = (await http.get("/health/ready")).json()
        assert (ready["missing"], ready["late"], ready["unplanned"]) == ([], [], 0)
    async with application(away_database(), await away_engine(), service.signer) as http:
        assert (await http.get("/health/live")).status_code == 200
        answer = await http.get("/health/ready")
        assert (answer.status_code, answer.json()["missing"]) == (503, ["database", "engine"])
    async with application(service.database, await away_engine(), service.signer) as http:
        assert (await http.get("/health/ready")).json()["missing"] == ["engine"]


async def test_a_database_without_tables_is_not_ready(service: Service) -> None:
    url = service.database.url.set(database="kinerja")
    empty = create_engine(url.render_as_string(hide_password=False))
    async with application(empty, service.engine, service.signer) as http:
        assert (await http.get("/health/ready")).json()["missing"] == ["database"]
    await empty.dispose()


async def test_a_fault_is_answered_without_its_inside_and_with_the_request_id(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.until_stage(appraisal, "plan_drafting")
    await service.run("UPDATE appraisal SET snapshot = '{\"secret\": 1}' WHERE id = :id", id=appraisal)
    answer = await service.http.get(
        f"/api/v1/appraisals/{appraisal}", headers=service.headers(employee, **{"X-Request-Id": "abc-1"})
    )
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert answer.headers["x-request-id"] == "abc-1"
    assert "abc-1" in answer.json()["detail"]
    assert "secret" not in answer.text
    assert "Error" not in answer.text
