"""An empty database and an engine that knows nothing are made ready, any number of times."""

import uuid
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest, RemoveSearchAttributesRequest
from temporalio.client import Client

from activities.search_attributes import REGISTRATION, UNIT
from service.runtime.scratch import ScratchTemporal
from service.temporal.client import connect
from service.temporal.registration import register_namespace, register_search_attributes
from store.database import autocommit, create_engine
from tests.fixtures.servers import Template
from tests.service.cli.conftest import CommandLine

pytestmark = [pytest.mark.database, pytest.mark.engine]


@pytest.fixture
async def empty_url(template: Template) -> AsyncIterator[str]:
    name = f"empty_{uuid.uuid4().hex}"
    maker = create_engine(template.url)
    async with autocommit(maker).connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    yield template.url_of(name)
    async with autocommit(maker).connect() as connection:
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await maker.dispose()


async def test_a_database_without_tables_is_pointed_out_until_it_is_migrated(
    kinerja: CommandLine, empty_url: str
) -> None:
    before = await kinerja("cycle", "list", DATABASE_URL=empty_url)
    assert (before.code, "kinerja migrate" in before.err) == (1, True)
    assert (await kinerja("migrate", DATABASE_URL=empty_url)).code == 0
    assert (await kinerja("cycle", "list", DATABASE_URL=empty_url)).code == 0


async def test_migrating_twice_is_harmless(kinerja: CommandLine) -> None:
    for _ in range(2):
        answer = await kinerja("migrate")
        assert answer.code == 0
        assert "newest tables" in answer.out
        assert "knows every search attribute" in answer.out


async def test_a_search_attribute_that_the_engine_lacks_is_added(client: Client) -> None:
    await client.operator_service.remove_search_attributes(
        RemoveSearchAttributesRequest(namespace=client.namespace, search_attributes=[UNIT.name])
    )
    assert await register_search_attributes(client) == [UNIT.name]
    assert await register_search_attributes(client) == []
    known = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace)
    )
    assert known.custom_attributes.keys() >= REGISTRATION.keys()


async def test_an_engine_that_does_not_answer_is_named(kinerja: CommandLine) -> None:
    answer = await kinerja("migrate", TEMPORAL_ADDRESS="127.0.0.1:1")
    assert (answer.code, "127.0.0.1:1 does not answer" in answer.err) == (1, True)


async def test_a_namespace_that_the_engine_lacks_is_made_and_can_be_used_at_once(
    temporal: ScratchTemporal,
) -> None:
    newcomer = await connect(temporal.address, namespace=f"baru-{uuid.uuid4().hex[:8]}")
    assert await register_namespace(newcomer) is True
    assert (await newcomer.count_workflows()).count == 0
    assert await register_search_attributes(newcomer) == list(REGISTRATION)
    assert await register_namespace(newcomer) is False
