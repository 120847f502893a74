"""What is answered while a server behind the service is away."""

import asyncio
import datetime as dt
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from service.api.app import create_app
from service.api.dependencies import Dependencies
from service.engine.client import connect
from service.runtime.ports import any_free_port
from service.tokens import TokenSigner
from store.database import create_engine
from tests.service.api.conftest import PLAN, Service


@asynccontextmanager
async def application(
    database: AsyncEngine, client: Client, signer: TokenSigner
) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(Dependencies(engine=database, client=client, signer=signer))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://kinerja.test") as http:
        yield http


async def away_engine() -> Client:
    return await connect(f"127.0.0.1:{any_free_port()}", lazy=True)


def away_database() -> AsyncEngine:
    return create_engine(f"postgresql+asyncpg://kinerja@127.0.0.1:{any_free_port()}/kinerja")


async def test_an_action_without_the_engine_is_of_unknown_outcome_and_can_be_repeated(
    service: Service,
) -> None:
    appraisal, employee = await service.new_appraisal()
    path = f"/api/v1/appraisals/{appraisal}/actions/submit_plan"
    headers = service.headers(employee, **{"Idempotency-Key": "stormy"})
    async with application(service.database, await away_engine(), service.signer) as http:
        began = time.monotonic()
        answer = await http.post(path, json=PLAN, headers=headers)
        assert time.monotonic() - began < 15
    assert (answer.status_code, answer.json()["code"]) == (503, "outcome_unknown")
    assert answer.headers["retry-after"] == "2"
    assert await service.attempts(appraisal) == []
    again = await service.http.post(path, json=PLAN, headers=headers)
    assert (again.status_code, again.json()["stage"]) == (200, "plan_review")


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
    engine = create_engine(service.database.url.render_as_string(hide_password=False), pool_size=1)
    async with application(engine, service.engine, service.signer) as http:
        headers = service.headers(service.agency.officer)
        assert (await http.get("/api/v1/me", headers=headers)).status_code == 200
        await service.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        statuses = [(await http.get("/api/v1/me", headers=headers)).status_code for _ in range(3)]
        assert set(statuses) <= {200, 503}
        assert statuses[-1] == 200
    await engine.dispose()
    # The connections of the other tests were ended too; they are made anew.
    await service.database.dispose()


async def test_alive_needs_no_server_and_ready_names_the_missing_ones(service: Service) -> None:
    async with application(service.database, service.engine, service.signer) as http:
        assert (await http.get("/health/ready")).json() == {
            "status": "ok",
            "missing": [],
            "late": [],
            "unplanned": 0,
        }
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
    await service.run("UPDATE appraisal SET snapshot = '{\"secret\": 1}' WHERE id = :id", id=appraisal)
    answer = await service.http.get(
        f"/api/v1/appraisals/{appraisal}", headers=service.headers(employee, **{"X-Request-Id": "abc-1"})
    )
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert answer.headers["x-request-id"] == "abc-1"
    assert "abc-1" in answer.json()["detail"]
    assert "secret" not in answer.text
    assert "Error" not in answer.text
    await service.engine.get_workflow_handle(f"appraisal-{appraisal}").terminate()


async def test_an_engine_that_is_too_slow_means_an_unknown_outcome_that_a_repeat_resolves(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service import acting

    monkeypatch.setattr(acting, "ENGINE_TIMEOUT", dt.timedelta(milliseconds=1))
    appraisal, employee = await service.new_appraisal()
    first = await service.act(employee, appraisal, "submit_plan", PLAN, key="slow")
    assert first.status_code in {200, 503}
    monkeypatch.undo()
    await asyncio.sleep(0.1)
    again = await service.act(employee, appraisal, "submit_plan", PLAN, key="slow")
    assert (again.status_code, again.json()["stage"]) == (200, "plan_review")
    submitted = await service.value(
        "SELECT count(*) FROM event WHERE appraisal_id = :id AND body ->> 'trigger' = 'submit_plan'",
        id=appraisal,
    )
    assert submitted == 1
