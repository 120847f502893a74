"""What cannot be read, or should not be, gets a precise problem document and changes nothing."""

import json
import uuid
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from service.api.middleware import MOST_BYTES
from tests.service.api.conftest import PLAN, Service


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def case(service: Service) -> tuple[uuid.UUID, uuid.UUID]:
    return await service.new_appraisal()


async def send(
    service: Service, case: tuple[uuid.UUID, uuid.UUID], content: Any, **headers: str
) -> httpx.Response:
    appraisal, employee = case
    return await service.http.post(
        f"/api/v1/appraisals/{appraisal}/actions/submit_plan",
        content=content,
        headers=service.headers(
            employee,
            **{"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex, **headers},
        ),
    )


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document, checked for all that every one must have."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = answer.json()
    assert document["code"] == code
    assert document["type"] == f"/problems/{code}"
    assert document["status"] == status
    assert document["title"]
    assert document["detail"]
    assert document["request_id"] == answer.headers["x-request-id"]
    return document


@pytest.mark.parametrize(
    ("content", "status", "code"),
    (
        (b"{", 400, "malformed_json"),
        (b"", 422, "content_missing"),
        (b"nonsense", 400, "malformed_json"),
        (b'{"text": "\xff"}', 400, "malformed_json"),
        (b'{"text": "\\ud800"}', 400, "malformed_json"),
        (b"[" * 5_000, 400, "malformed_json"),
        (b"[]", 422, "invalid"),
        (b"null", 422, "invalid"),
        (b'"text"', 422, "invalid"),
        (b"{}", 422, "content_missing"),
        (b'{"text": "   "}', 422, "content_missing"),
        (b'{"content": {}}', 422, "content_missing"),
    ),
)
async def test_a_body_that_is_no_plan_is_refused_and_nothing_changes(
    service: Service, case: tuple[uuid.UUID, uuid.UUID], content: bytes, status: int, code: str
) -> None:
    before = await service.value("SELECT sequence FROM appraisal WHERE id = :id", id=case[0])
    attempts = await service.attempts(case[0])
    problem(await send(service, case, content), status, code)
    stage = await service.value("SELECT stage FROM appraisal WHERE id = :id", id=case[0])
    after = await service.value("SELECT sequence FROM appraisal WHERE id = :id", id=case[0])
    assert stage in {"scheduled", "plan_drafting"}
    assert after - before <= 1
    assert await service.attempts(case[0]) == [*attempts, code]
    assert await service.value("SELECT count(*) FROM document WHERE appraisal_id = :id", id=case[0]) == 0


@pytest.mark.parametrize(
    ("body", "field"),
    (
        ({"text": 5}, "/text"),
        ({"text": "x" * 20_001}, "/text"),
        ({"text": "a\0b"}, "/text"),
        ({"content": [1]}, "/content"),
        ({"content": {"deep": {"nul\0": 1}}}, "/content"),
        ({"content": {"number": 10**400}}, "/content"),
        ({"until": "31-12-2026"}, "/until"),
        ({"until": "2026-02-30"}, "/until"),
        ({"until": 5}, "/until"),
        ({"until": "10000-01-01"}, "/until"),
        ({"received_on": "yesterday"}, "/received_on"),
        ({"ground": "because"}, "/ground"),
        ({"assignee": "budi"}, "/assignee"),
        ({"assigned_capacity": "king"}, "/assigned_capacity"),
        ({"capacity": "king"}, "/capacity"),
        ({"stage": "finalised"}, "/stage"),
        ({"a/b~c": 1}, "/a~1b~0c"),
    ),
)
async def test_a_wrong_field_is_named_by_a_json_pointer(
    service: Service, case: tuple[uuid.UUID, uuid.UUID], body: dict[str, Any], field: str
) -> None:
    document = problem(await send(service, case, json.dumps(body).encode()), 422, "invalid")
    assert [error["field"] for error in document["errors"]] == [field]
    assert document["errors"][0]["message"]


@pytest.mark.parametrize("number", (b"NaN", b"Infinity", b"1e999"))
async def test_a_number_that_is_none_is_refused(
    service: Service, case: tuple[uuid.UUID, uuid.UUID], number: bytes
) -> None:
    answer = await send(service, case, b'{"content": {"n": ' + number + b"}}")
    assert answer.status_code in {400, 422}, answer.text


async def test_a_declared_body_over_the_limit_is_not_read(
    service: Service, case: tuple[uuid.UUID, uuid.UUID]
) -> None:
    document = problem(await send(service, case, b"x" * (MOST_BYTES + 1)), 413, "body_too_large")
    assert "256" in document["detail"]


async def test_a_streamed_body_is_cut_off_at_the_limit(
    service: Service, case: tuple[uuid.UUID, uuid.UUID]
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(64):
            sent += 16_384
            yield b" " * 16_384

    problem(await send(service, case, endless()), 413, "body_too_large")
    assert "body_too_large" in await service.attempts(case[0])


async def test_another_media_type_is_refused(service: Service, case: tuple[uuid.UUID, uuid.UUID]) -> None:
    answer = await send(service, case, b"text=x", **{"Content-Type": "application/x-www-form-urlencoded"})
    problem(answer, 415, "media_type_unsupported")


@pytest.mark.parametrize(
    ("key", "code"),
    (
        (None, "idempotency_key_missing"),
        ("", "idempotency_key_missing"),
        ("x" * 81, "idempotency_key_invalid"),
        ("two words", "idempotency_key_invalid"),
        ("wake:3", "idempotency_key_invalid"),
        ("launch", "idempotency_key_invalid"),
    ),
)
async def test_a_key_is_needed_and_must_be_usable(
    service: Service, case: tuple[uuid.UUID, uuid.UUID], key: str | None, code: str
) -> None:
    appraisal, employee = case
    headers = {} if key is None else {"Idempotency-Key": key}
    answer = await service.post(employee, f"/appraisals/{appraisal}/actions/submit_plan", PLAN, **headers)
    problem(answer, 400, code)


@pytest.mark.parametrize(
    "path",
    (
        "/api/v1/nowhere",
        "/api/v1/appraisals/not-an-id",
        "/api/v1/appraisals/00000000-0000-0000-0000-000000000000",
        "/api/v1/people/00000000-0000-0000-0000-000000000000",
        "/api/v1/cycles/00000000-0000-0000-0000-000000000000",
        "/problems/unheard-of",
        "/mailbox",
    ),
)
async def test_an_address_that_leads_nowhere_is_one_kind_of_problem(service: Service, path: str) -> None:
    answer = await service.http.get(path, headers=service.headers(service.agency.officer))
    problem(answer, 404, "not_found")


async def test_an_unknown_action_leads_nowhere(service: Service, case: tuple[uuid.UUID, uuid.UUID]) -> None:
    problem(await service.act(case[1], case[0], "promote"), 404, "not_found")
    problem(await service.act(case[1], uuid.uuid4(), "submit_plan", PLAN), 404, "not_found")


async def test_a_wrong_method_is_told_which_are_right(service: Service) -> None:
    answer = await service.http.put("/api/v1/me", headers=service.headers(service.agency.officer))
    problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize(
    ("path", "field"),
    (
        ("/tasks?limit=0", "/limit"),
        ("/tasks?limit=201", "/limit"),
        ("/tasks?limit=many", "/limit"),
        ("/appraisals?stage=lost", "/stage"),
        ("/appraisals?cycle=7", "/cycle"),
        ("/appraisals?overdue=maybe", "/overdue"),
        ("/people?name=", "/name"),
        ("/people?name=%00", "/name"),
    ),
)
async def test_a_wrong_parameter_is_named(service: Service, path: str, field: str) -> None:
    document = problem(await service.get(service.agency.officer, path), 422, "invalid")
    assert [error["field"] for error in document["errors"]] == [field]


@pytest.mark.parametrize("path", ("/tasks", "/appraisals", "/people", "/cycles"))
@pytest.mark.parametrize("cursor", ("x", "e30", "WzFd", "bm9uc2Vuc2U", "WyJhIiwiYiJd", "%00"))
async def test_an_invented_cursor_is_refused(service: Service, path: str, cursor: str) -> None:
    problem(await service.get(service.agency.officer, f"{path}?cursor={cursor}"), 400, "cursor_invalid")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    (
        ({}, 422, "invalid"),
        ({"name": "", "year": 2027}, 422, "invalid"),
        ({"name": "x", "year": 1999}, 422, "invalid"),
        ({"name": "x", "year": 2099}, 422, "invalid"),
        ({"name": "a\0b", "year": 2027}, 422, "invalid"),
        ({"name": "x", "year": 2027, "scheme": "../../etc/passwd"}, 422, "invalid"),
        ({"name": "x", "year": 2027, "clock": []}, 422, "invalid"),
        ({"name": "2026", "year": 2026}, 409, "cycle_exists"),
    ),
)
async def test_a_cycle_that_cannot_be_is_refused(
    service: Service, body: dict[str, Any], status: int, code: str
) -> None:
    problem(await service.post(service.agency.officer, "/cycles", body), status, code)


@pytest.mark.parametrize(
    ("working_days", "field", "message"),
    (
        ({"week": "long"}, "/working_days/week", "This must be one of 'five_day' or 'six_day'."),
        ({"closed": "2027-03-01"}, "/working_days/closed", "This must be a list."),
        ({"closed": ["Maret"]}, "/working_days/closed/0", "This must be a date: YYYY-MM-DD."),
        ({"closed": [20270301]}, "/working_days/closed/0", "This must be a date: YYYY-MM-DD."),
        (
            {"closed": ["2027-03-01"], "working": ["2027-03-01"]},
            "/working_days/working/0",
            "This day is closed as well; leave it in one of the lists.",
        ),
        (
            {"working": ["2027-03-06"]},
            "/working_days/working/0",
            "This day lies outside the week that is worked; "
            "only a holiday or joint leave can be declared working.",
        ),
        (
            {"closed": ["2027-03-01", "2072-03-01"]},
            "/working_days/closed/1",
            "The calendar of this cycle covers the years 2026 to 2029; check this day.",
        ),
        ({"source": "a\0b"}, "/working_days/source", "This value cannot be used here."),
        ({"holidays": []}, "/working_days/holidays", "There is no such field."),
        (None, "/working_days", "This must be a JSON object."),
    ),
)
async def test_working_days_that_cannot_be_are_named_field_by_field(
    service: Service, working_days: Any, field: str, message: str
) -> None:
    body = {"name": "Hari kerja", "year": 2027, "working_days": working_days}
    refused = await service.post(service.agency.officer, "/cycles", body)
    problem(refused, 422, "invalid")
    assert refused.json()["errors"] == [{"field": field, "message": message}]


async def test_a_problem_is_explained_at_its_type_in_both_languages(service: Service) -> None:
    indonesian = await service.http.get("/problems/too_early")
    english = await service.http.get("/problems/too_early", headers={"Accept-Language": "en"})
    assert (indonesian.status_code, indonesian.headers["content-language"]) == (200, "id")
    assert "Terlalu awal" in indonesian.text
    assert "Too early" in english.text


async def test_every_problem_has_a_page(service: Service) -> None:
    from service.api.problems.endpoints import PROBLEMS

    for code in PROBLEMS:
        assert (await service.http.get(f"/problems/{code}")).status_code == 200


async def test_problems_are_read_in_indonesian_unless_english_is_asked_for(
    service: Service, case: tuple[uuid.UUID, uuid.UUID]
) -> None:
    appraisal, employee = case
    path = f"/api/v1/appraisals/{appraisal}/actions/rate"
    headers = {**service.headers(employee), "Idempotency-Key": "language"}
    english = await service.http.post(path, json={"text": "x"}, headers=headers)
    headers["Accept-Language"] = "id-ID,id;q=0.9,en;q=0.5"
    indonesian = await service.http.post(path, json={"text": "x"}, headers=headers)
    assert english.json()["detail"].startswith("The action “rate” is not possible in the stage “")
    assert indonesian.json()["detail"].startswith("Tindakan “nilai” tidak dapat dilakukan pada tahap “")
    assert indonesian.headers["content-language"] == "id"
