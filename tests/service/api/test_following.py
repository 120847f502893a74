"""How far the engine is behind the record is shown, and keeps nobody from acting."""

import httpx
import pytest_asyncio
from prometheus_client.parser import text_string_to_metric_families

from service.runtime.ports import any_free_port
from service.temporal.client import connect
from store.database import create_engine
from tests.service.api.beside import application
from tests.service.api.conftest import Service


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def in_line(service: Service) -> None:
    """The engine stands where the record is, and nothing is late."""
    await _all(service, "followed = sequence, wake_at = now() + interval '1 day', trouble = ''")


async def _all(service: Service, change: str) -> None:
    await service.run(f"UPDATE following SET {change}")


async def ready(http: httpx.AsyncClient) -> tuple[int, dict[str, object]]:
    answer = await http.get("/health/ready")
    return answer.status_code, answer.json()


async def test_an_engine_in_line_is_ok(service: Service) -> None:
    status, body = await ready(service.http)
    assert (status, body["status"], body["missing"]) == (200, "ok", [])
    assert body["following"] == {"cases": 0, "oldest": None, "seconds": 0.0, "overdue_wakes": 0}


async def test_without_the_engine_people_can_act_and_the_service_stays_ready(service: Service) -> None:
    away = await connect(f"127.0.0.1:{any_free_port()}", lazy=True)
    async with application(service.database, away, service.signer) as http:
        status, body = await ready(http)
    assert (status, body["status"], body["missing"]) == (200, "degraded", ["engine"])


async def test_without_the_database_the_service_is_not_ready(service: Service) -> None:
    away = create_engine(f"postgresql+asyncpg://kinerja@127.0.0.1:{any_free_port()}/kinerja")
    async with application(away, service.engine, service.signer) as http:
        status, body = await ready(http)
    assert (status, body["status"], body["missing"]) == (503, "unavailable", ["database"])
    assert body["following"] is None


async def test_an_engine_that_is_far_behind_is_said(service: Service) -> None:
    await service.new_appraisal()
    await _all(
        service, "followed = NULL, marked_at = now() - interval '10 minutes', next_attempt_at = 'infinity'"
    )
    status, body = await ready(service.http)
    assert (status, body["status"]) == (200, "degraded")
    assert isinstance(body["following"], dict)
    assert body["following"]["seconds"] >= 600
    await _all(service, "next_attempt_at = now()")


async def test_time_that_does_not_act_is_said(service: Service) -> None:
    await service.new_appraisal()
    await _all(
        service, "followed = sequence, wake_at = now() - interval '3 minutes', next_attempt_at = now()"
    )
    status, body = await ready(service.http)
    assert (status, body["status"]) == (200, "degraded")


async def test_the_figures_are_read_by_prometheus(service: Service) -> None:
    answer = await service.http.get("/metrics")
    assert answer.status_code == 200
    found = {
        sample.name: sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    assert set(found) == {
        "kinerja_following_cases",
        "kinerja_following_oldest_seconds",
        "kinerja_following_overdue_wakes",
    }
    assert found["kinerja_following_overdue_wakes"] == 0


async def test_a_case_on_which_time_cannot_act_is_an_incident_with_what_to_do(service: Service) -> None:
    agency = await service.new_agency()
    appraisal = await service.launch(agency, agency.employee)
    await service.until_stage(appraisal, "plan_drafting")
    await service.run(
        "UPDATE following SET trouble = 'RulesUnknown', trouble_at = now() WHERE appraisal_id = :id",
        id=appraisal,
    )
    answer = await service.get(agency.officer, "/incidents", kind="time_stands_still")
    [incident] = answer.json()["items"]
    assert incident["appraisal_id"] == str(appraisal)
    assert "Tell the operators" in incident["remedy"]
    assert "RulesUnknown" not in incident["remedy"]
