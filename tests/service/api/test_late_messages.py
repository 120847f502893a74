"""Readiness warns of messages that are late, and stays ready."""

from tests.fixtures.cases import plan_all
from tests.service.api.changes import drafting
from tests.service.api.conftest import Service


async def test_messages_that_are_late_are_a_warning_and_no_failure(service: Service) -> None:
    agency = await service.new_agency()
    await drafting(service, agency, agency.employee)
    await plan_all(service.database)
    await service.run("UPDATE message SET next_attempt_at = now() - interval '20 minutes'")
    answer = await service.http.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    (late,) = answer.json()["late"]
    assert (late["channel"], late["messages"], late["stuck"]) == ("email", 1, 0)


async def test_a_notice_that_no_relay_looks_at_is_a_warning(service: Service) -> None:
    agency = await service.new_agency()
    await drafting(service, agency, agency.employee)
    await service.run("UPDATE message SET state = 'cancelled'")
    await service.run("UPDATE notice SET created_at = now() - interval '1 hour' WHERE state = 'created'")
    answer = (await service.http.get("/health/ready")).json()
    assert (answer["late"], answer["unplanned"]) == ([], 1)
