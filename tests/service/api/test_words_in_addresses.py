"""What stands in an address as a word is looked for, or refused by name; it never reaches the database as it came."""

import uuid
from typing import Any

import pytest
import pytest_asyncio
from fastapi import FastAPI

from service.api.app import create_app
from service.api.dependencies import Dependencies
from tests.service.api.conftest import Service

_READ_BY_NO_DATABASE = {"/api/v1/webhooks/whatsapp"}
"""Providers call these without a sign-in; what they send is compared only."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def ids(service: Service) -> dict[str, str]:
    """What stands in the places of paths."""
    appraisal, _employee = await service.new_appraisal()
    return {"appraisal_id": str(appraisal), "cycle_id": str(service.agency.cycle), "form": "plan"}


@pytest.fixture
def app(service: Service) -> FastAPI:
    return create_app(Dependencies(service.database, service.engine, service.signer))


def words_in(app: FastAPI) -> list[tuple[str, str]]:
    """The path and name of every parameter of a query that is any text."""
    found = []
    for path, operations in app.openapi()["paths"].items():
        if path in _READ_BY_NO_DATABASE:
            continue
        for parameter in operations.get("get", {}).get("parameters", ()):
            if parameter["in"] == "query" and _is_text(parameter["schema"]):
                found.append((path, parameter["name"]))
    return found


def _is_text(schema: dict[str, Any]) -> bool:
    kinds = [schema, *schema.get("anyOf", ())]
    return any(kind.get("type") == "string" and not kind.keys() & {"format", "enum"} for kind in kinds)


async def ask(service: Service, path: str, ids: dict[str, str], **parameters: str) -> Any:
    filled = path.format_map({name: str(uuid.uuid4()) for name in _places(path)} | ids)
    return await service.http.get(filled, params=parameters, headers=service.headers(service.agency.officer))


def _places(path: str) -> list[str]:
    return [part.partition("}")[0] for part in path.split("{")[1:]]


def test_there_are_words_to_look_at(app: FastAPI) -> None:
    words = words_in(app)
    assert ("/api/v1/appraisals/{appraisal_id}/entries", "item") in words
    assert ("/api/v1/people", "name") in words


async def test_the_character_nul_in_any_word_is_refused_and_breaks_nothing(
    service: Service, app: FastAPI, ids: dict[str, str]
) -> None:
    for path, name in words_in(app):
        answer = await ask(service, path, ids, **{name: "a\0b"})
        assert answer.status_code in (400, 404, 422), (path, name, answer.text)


async def test_a_refused_word_is_named(service: Service, ids: dict[str, str]) -> None:
    for path, name in (
        ("/api/v1/appraisals/{appraisal_id}/entries", "item"),
        ("/api/v1/appraisals/{appraisal_id}/entries", "kind"),
        ("/api/v1/appraisals/{appraisal_id}/evidence", "item"),
        ("/api/v1/people", "name"),
    ):
        answer = await ask(service, path, ids, **{name: "\0"})
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"] == [
            {"field": f"/{name}", "message": "The text must not contain the character NUL."}
        ]
