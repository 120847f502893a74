"""Links as evidence over HTTP, with whether they answered when they were added."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import pytest_asyncio

from service.api.app import create_app
from service.api.dependencies import Dependencies
from service.evidence.reaching import Links
from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import Service
from tests.service.api.filling import agency_with_forms
from tests.service.api.noted import Case, mistakes, new_case
from tests.service.evidence.pages import OK, failed, pages


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await agency_with_forms(service, "Kota Bertautan", employees=30)


@pytest_asyncio.fixture(loop_scope="session")
async def case(service: Service, agency: SmallAgency) -> Case:
    return await new_case(service, agency)


@asynccontextmanager
async def trying(case: Case, *hosts: str) -> AsyncIterator[Any]:
    """Adds links through a process whose settings name these hosts."""
    shared = Dependencies(case.service.database, case.service.engine, case.service.signer, links=Links(hosts))
    transport = httpx.ASGITransport(create_app(shared))
    async with httpx.AsyncClient(transport=transport, base_url="http://kinerja.test") as http:

        async def add(address: str, key: str = "link", **more: str) -> httpx.Response:
            return await http.post(
                f"/api/v1{case.path('evidence/links')}",
                json={"address": address, "title": "Laporan Maret", **more},
                headers=case.service.headers(case.employee, **{"Idempotency-Key": key}),
            )

        yield add


async def test_a_link_that_answers_is_added_as_reachable(case: Case) -> None:
    async with trying(case, "localhost") as add, pages({"HEAD /laporan": OK}) as serving:
        address = f"http://localhost:{serving.port}/laporan"
        answer = await add(address, item="h1")
    assert answer.status_code == 201
    added = answer.json()
    assert await case.listed("evidence") == [added]
    assert (added["title"], added["item"], added["file"]) == ("Laporan Maret", "h1", None)
    assert added["link"]["tried_at"] is not None
    del added["link"]["tried_at"]
    assert added["link"] == {
        "address": address,
        "state": "reachable",
        "state_name": "It answered when it was added",
    }


@pytest.mark.parametrize("answers", ({}, {"HEAD /": failed(500), "GET /": failed(500)}))
async def test_a_link_that_does_not_answer_is_added_all_the_same(
    case: Case, answers: dict[str, bytes]
) -> None:
    async with trying(case, "localhost") as add, pages(answers) as serving:
        answer = await add(f"http://localhost:{serving.port}/")
    assert (answer.status_code, answer.json()["link"]["state"]) == (201, "unreachable")


@pytest.mark.parametrize("host", ("localhost", "127.0.0.1", "[::1]", "169.254.169.254"))
async def test_a_link_into_a_network_that_is_not_open_is_added_untried(case: Case, host: str) -> None:
    async with trying(case) as add, pages({"HEAD /": OK}) as serving:
        answer = await add(f"http://{host}:{serving.port}/")
    assert (answer.status_code, answer.json()["link"]["state"]) == (201, "not_tried")
    assert serving.asked == []


@pytest.mark.parametrize(
    ("body", "wrong"),
    (
        ({}, {"/address", "/title"}),
        ({"address": "ftp://x.example/", "title": "x"}, {"/address"}),
        ({"address": "https://siti:rahasia@x.example/", "title": "x"}, {"/address"}),
        ({"address": "javascript:alert(1)", "title": "x"}, {"/address"}),
        ({"address": "https://x.example/" + "a" * 2_000, "title": "x"}, {"/address"}),
        ({"address": "https://127.0.0.1/", "title": " ", "item": 1}, {"/title", "/item"}),
        ({"address": "https://127.0.0.1/", "title": "x", "item": "h9"}, {"/item"}),
        ({"address": "https://127.0.0.1/", "title": "x", "kind": 1}, {"/kind"}),
    ),
)
async def test_every_field_that_is_wrong_is_named(case: Case, body: dict[str, Any], wrong: set[str]) -> None:
    assert set(mistakes(await case.post("evidence/links", body))) == wrong
    assert await case.kept() == 0


async def test_what_is_wrong_with_an_address_is_said_in_words(case: Case) -> None:
    refused = mistakes(await case.post("evidence/links", {"address": "laporan", "title": "x"}))
    assert refused["/address"].startswith("This must be an address that begins with https://")


async def test_the_same_request_again_adds_nothing(case: Case) -> None:
    async with trying(case) as add:
        first, again = await add("http://127.0.0.1/"), await add("http://127.0.0.1/")
        other = await add("http://127.0.0.1/lain")
    assert first.json() == again.json()
    mistakes(other, code="idempotency_key_reused")
    assert await case.kept() == 1


async def test_a_key_of_a_file_is_no_key_for_a_link(case: Case) -> None:
    await case.added(key="link")
    async with trying(case) as add:
        mistakes(await add("http://127.0.0.1/"), code="idempotency_key_reused")


async def test_a_link_is_no_file(case: Case) -> None:
    async with trying(case) as add:
        added = (await add("http://127.0.0.1/")).json()
    mistakes(await case.get(f"evidence/{added['id']}/file"), 404, "not_found")


async def test_a_link_is_withdrawn_like_a_file(case: Case) -> None:
    async with trying(case) as add:
        added = (await add("http://127.0.0.1/")).json()
    withdrawn = (await case.post(f"evidence/{added['id']}/withdraw", None)).json()
    assert (withdrawn["title"], withdrawn["link"]) == (None, None)


async def test_who_may_add_nothing_makes_the_service_try_nothing(case: Case) -> None:
    async with pages({"HEAD /": OK}) as serving:
        body = {"address": f"http://127.0.0.1:{serving.port}/", "title": "x"}
        mistakes(await case.post("evidence/links", body, by=case.agency.officer), 403, "not_yours_to_add")
        mistakes(await case.post("evidence/links", body, by=case.agency.head), 404, "not_found")
    assert serving.asked == []


async def test_addresses_do_not_come_into_the_log(case: Case) -> None:
    async with trying(case, "localhost") as add, pages({"HEAD /rahasia": OK}) as serving:
        await add(f"http://localhost:{serving.port}/rahasia")
    assert "rahasia" not in case.service.log.getvalue()
