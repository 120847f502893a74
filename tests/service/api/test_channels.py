"""Operators stop and resume channels over HTTP; personnel officers look."""

import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.fixtures.cases import plan_all
from tests.service.api.changes import drafting
from tests.service.api.conftest import Service

WHY = {"reason": "Server surel dipindahkan"}


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> AsyncIterator[SmallAgency]:
    """An agency whose director is an operator; what is paused is open again afterwards."""
    found = await service.new_agency()
    await service.run(
        "INSERT INTO role_grant (person_id, role, agency_id, granted_at) VALUES (:id, 'operator', :agency, now())",
        id=found.director,
        agency=found.agency,
    )
    yield found
    await service.run("DELETE FROM channel_pause")


async def channels(service: Service, person: uuid.UUID) -> dict[str, dict[str, Any]]:
    answer = await service.get(person, "/channels")
    assert answer.status_code == 200, answer.text
    return {each["channel"]: each for each in answer.json()["items"]}


async def test_all_channels_are_open_at_first(service: Service, agency: SmallAgency) -> None:
    found = await channels(service, agency.director)
    assert list(found) == ["email", "whatsapp", "telegram", "webhook"]
    assert {each["paused"] for each in found.values()} == {False}
    assert found["email"]["channel_name"] == "E-mail"


async def test_an_operator_pauses_a_channel_with_a_reason(service: Service, agency: SmallAgency) -> None:
    answer = await service.post(agency.director, "/channels/email/pause", WHY)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["changed"] is True
    assert told["said"].startswith("E-mail is paused. What is being sent ends")
    line = (await channels(service, agency.officer))["email"]
    assert line == told["channel"]
    assert (line["paused"], line["pause_reason"]) == (True, "Server surel dipindahkan")
    assert line["paused_by"].startswith("Director ")


async def test_pausing_and_resuming_twice_is_harmless_and_says_so(
    service: Service, agency: SmallAgency
) -> None:
    said = []
    for what in ("pause", "pause", "resume", "resume"):
        answer = await service.post(agency.director, f"/channels/telegram/{what}", WHY)
        assert answer.status_code == 200, answer.text
        said.append((answer.json()["changed"], answer.json()["channel"]["paused"]))
    assert said == [(True, True), (False, True), (True, False), (False, False)]


async def test_it_is_shown_how_much_waits(service: Service, agency: SmallAgency) -> None:
    before = (await channels(service, agency.officer))["email"]
    await drafting(service, agency, agency.employee)
    await plan_all(service.database)
    after = (await channels(service, agency.officer))["email"]
    assert after["waiting"] == before["waiting"] + 1
    assert after["oldest_due"] is not None


@pytest.mark.parametrize("who", ("employee", "rater", "head"))
async def test_others_neither_see_nor_steer_channels(service: Service, agency: SmallAgency, who: str) -> None:
    person = getattr(agency, who)
    answers = [
        await service.get(person, "/channels"),
        await service.post(person, "/channels/email/pause", WHY),
        await service.post(person, "/channels/email/resume"),
        await service.post(person, "/channels/pigeon/resume"),
    ]
    assert {(each.status_code, each.json()["code"]) for each in answers} == {(403, "operator_only")}


async def test_a_personnel_officer_may_look_and_not_steer(service: Service, agency: SmallAgency) -> None:
    assert (await service.get(agency.officer, "/channels")).status_code == 200
    for what in ("pause", "resume"):
        answer = await service.post(agency.officer, f"/channels/email/{what}", WHY)
        assert (answer.status_code, answer.json()["code"]) == (403, "operator_only")
    assert (await channels(service, agency.officer))["email"]["paused"] is False


@pytest.mark.parametrize("name", ("inbox", "pigeon", "EMAIL"))
async def test_what_is_no_channel_with_a_provider_is_not_found(
    service: Service, agency: SmallAgency, name: str
) -> None:
    for what in ("pause", "resume"):
        answer = await service.post(agency.director, f"/channels/{name}/{what}", WHY)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("body", "field", "says"),
    (
        ({}, "/reason", "needed"),
        ({"reason": "  "}, "/reason", "empty"),
        ({"reason": "a\0b"}, "/reason", "NUL"),
        ({"reason": "x" * 501}, "/reason", "500"),
        ({"reason": 7}, "/reason", "text"),
        ({**WHY, "until": "tomorrow"}, "/until", "no such field"),
    ),
)
async def test_a_pause_needs_a_reason(
    service: Service, agency: SmallAgency, body: dict[str, Any], field: str, says: str
) -> None:
    answer = await service.post(agency.director, "/channels/email/pause", body)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert says in error["message"]
    assert (await channels(service, agency.director))["email"]["paused"] is False


async def test_nobody_steers_without_a_sign_in(service: Service) -> None:
    assert (await service.http.post("/api/v1/channels/email/pause", json=WHY)).status_code == 401
    assert (await service.http.get("/api/v1/channels")).status_code == 401


async def test_the_reason_of_a_pause_is_not_logged(service: Service, agency: SmallAgency) -> None:
    await service.post(agency.director, "/channels/email/pause", {"reason": "rahasia-dapur"})
    assert "rahasia-dapur" not in service.log.getvalue()
