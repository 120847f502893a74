"""The OpenAPI document says what the service does; thousands of invented requests never break it."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from service.accounts.tokens import TokenSigner
from service.api.app import create_app
from service.api.dependencies import Dependencies
from service.temporal.client import connect
from store.database import create_engine
from tests.service.api.conftest import SECRET, Service

EXAMPLES = 20
"""Of each operation; there are more than a hundred."""
PARTS = 4
"""The operations are tried in so many tests, since a test has a limit."""


@contextmanager
def live(service: Service) -> Iterator[str]:
    """The service on a port of its own in a thread of its own."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    config = uvicorn.Config(lambda: None, port=port, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    url = service.database.url.render_as_string(hide_password=False)
    address = service.engine.service_client.config.target_host
    namespace = service.engine.namespace

    async def serve() -> None:
        database = create_engine(url)
        client = await connect(address, namespace=namespace, lazy=True)
        config.app = create_app(Dependencies(database, client, TokenSigner(SECRET)))
        await server.serve()
        await database.dispose()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("part", range(PARTS))
async def test_no_invented_request_breaks_the_service(service: Service, part: int) -> None:
    appraisal, _ = await service.new_appraisal()
    headers = service.headers(service.agency.officer, **{"Idempotency-Key": "fuzz"})
    with live(service) as url:
        await asyncio.to_thread(_drive, url, headers, str(appraisal), part)


def _drive(url: str, headers: dict[str, str], appraisal: str, part: int) -> None:
    schema = schemathesis.openapi.from_url(f"{url}/openapi.json", wait_for_schema=20)
    for operation in islice(schema.get_all_operations(), part, None, PARTS):
        match operation:
            case Ok():
                _each(operation.ok(), headers, appraisal)
            case _:
                raise AssertionError(f"an operation cannot be read: {operation}")


def _each(operation: Any, headers: dict[str, str], appraisal: str) -> None:
    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    def drive(case: Any) -> None:
        if "appraisal_id" in (case.path_parameters or {}):
            case.path_parameters["appraisal_id"] = appraisal
        case.call_and_validate(
            headers=headers,
            checks=[not_a_server_error, content_type_conformance, response_schema_conformance],
        )

    drive()


async def test_every_problem_in_the_document_is_a_problem_document(service: Service) -> None:
    document = (await service.http.get("/openapi.json")).json()
    for path, operations in document["paths"].items():
        for operation in operations.values():
            for status, described in operation["responses"].items():
                if int(status) >= 400 and not path.startswith("/health"):
                    assert list(described["content"]) == ["application/problem+json"], (path, status)


async def test_every_operation_has_a_name_for_generated_clients(service: Service) -> None:
    document = (await service.http.get("/openapi.json")).json()
    names = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() for name in names)


async def test_the_body_of_an_action_is_documented_with_all_its_fields(service: Service) -> None:
    schemas = (await service.http.get("/openapi.json")).json()["components"]["schemas"]
    assert set(schemas["ActionRequest"]["properties"]) == {
        "assigned_capacity",
        "assignee",
        "authority",
        "capacity",
        "content",
        "dismissal_ground",
        "evidence",
        "ground",
        "predicate",
        "received_on",
        "reference",
        "reopening_ground",
        "result",
        "text",
        "until",
    }
    assert schemas["ActionRequest"]["additionalProperties"] is False
    named = {"RevisionGround", "Capacity", "DismissalGround", "ReopeningGround", "Written"}
    assert named <= set(schemas)


@pytest.mark.parametrize("path", ("/", "/openapi.json"))
async def test_the_way_in_is_open(service: Service, path: str) -> None:
    assert (await service.http.get(path)).status_code == 200
