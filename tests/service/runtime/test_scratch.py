import asyncio
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine
from temporalio.client import Client
from temporalio.service import RPCError

from service.runtime.postgres import PostgresServer
from service.runtime.problems import RuntimeProblem
from service.runtime.scratch import ScratchPostgres, ScratchTemporal, scratch_postgres, scratch_temporal
from tests.service.runtime.processes import processes_on
from tests.service.runtime.sql import sql

WORKFLOW = "NobodyRunsThis"


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScratchPostgres]:
    directory = tmp_path_factory.mktemp("postgres")
    with scratch_postgres(directory) as server:
        yield server
    assert processes_on(directory) == []


@pytest.fixture(scope="module")
def temporal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScratchTemporal]:
    directory = tmp_path_factory.mktemp("temporal")
    with scratch_temporal(
        directory,
        ("--headless",),
        search_attributes={"Stage": "Keyword", "DueAt": "Datetime"},
        dynamic_configuration={"frontend.WorkflowTimeSkippingEnabled": True},
        namespace="kinerja",
    ) as server:
        yield server
    assert processes_on(directory) == []


async def test_the_owner_of_the_database_is_an_ordinary_role(
    postgres: ScratchPostgres,
) -> None:
    role = "FROM pg_roles WHERE rolname = current_user"
    assert await sql(postgres.url, f"SELECT rolsuper {role}") is False
    await sql(postgres.url, "CREATE DATABASE another", "DROP DATABASE another")


@pytest.mark.parametrize(
    ("name", "value"),
    (
        ("server_version_num", "18"),
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("shared_buffers", "128MB"),
        ("max_connections", "200"),
        ("TimeZone", "UTC"),
        ("server_encoding", "UTF8"),
        ("data_checksums", "on"),
        ("listen_addresses", "127.0.0.1"),
    ),
)
def test_the_server_is_set_up_to_lose_nothing(postgres: ScratchPostgres, name: str, value: str) -> None:
    assert postgres.server.run_sql(f"SHOW {name}").startswith(value)


async def test_a_wrong_password_is_refused_on_the_loopback_address(postgres: ScratchPostgres) -> None:
    wrong = f"postgresql+asyncpg://kinerja:wrong@127.0.0.1:{postgres.server.port}/kinerja"
    with pytest.raises(Exception, match="password authentication failed"):
        await sql(wrong, "SELECT 1")


async def test_the_local_socket_works_and_asks_for_the_password_too(postgres: ScratchPostgres) -> None:
    path = f"?host={postgres.server.socket_directory}&port={postgres.server.port}"
    through_socket = postgres.url.replace(f"127.0.0.1:{postgres.server.port}", "") + path
    assert await sql(through_socket, "SELECT inet_server_addr()") is None
    with pytest.raises(Exception, match="password authentication failed"):
        await sql(f"postgresql+asyncpg://kinerja:wrong@/kinerja{path}", "SELECT 1")


async def test_the_log_quotes_no_rows(postgres: ScratchPostgres) -> None:
    insert = "INSERT INTO person VALUES ('198701012010011001')"
    await sql(postgres.url, "CREATE TABLE person (nip text PRIMARY KEY)", insert)
    with pytest.raises(IntegrityError):
        await sql(postgres.url, insert)
    log = postgres.process.log.read_text()
    assert "duplicate key value" in log
    assert "198701012010011001" not in log


async def test_what_was_committed_survives_kill_9(postgres: ScratchPostgres) -> None:
    await sql(postgres.url, "CREATE TABLE survivor AS SELECT 42 AS answer")
    before = postgres.process.pid
    postgres.process.kill()
    assert not psutil.pid_exists(before)
    assert not postgres.server.is_ready()
    postgres.process.restart()
    assert await sql(postgres.url, "SELECT answer FROM survivor") == 42


def test_preparing_the_database_twice_changes_nothing(postgres: ScratchPostgres) -> None:
    url = postgres.url
    postgres.server.create_database()
    assert postgres.server.url == url


def test_a_refused_statement_is_told(postgres: ScratchPostgres) -> None:
    with pytest.raises(RuntimeProblem, match="syntax error"):
        postgres.server.run_sql("SELEKT 1")


def test_a_very_deep_directory_still_has_a_usable_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    with scratch_postgres(deep) as server:
        assert len(str(server.server.socket_directory)) < 90
        assert server.server.is_ready()
    server.server.socket_directory.rmdir()


def test_data_of_another_version_are_not_touched(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(RuntimeProblem, match=r"are of PostgreSQL 16, this is PostgreSQL 18.*pg_upgrade"):
        PostgresServer(tmp_path, 1).initialise()


def test_an_initialisation_that_was_cut_short_is_done_again(tmp_path: Path) -> None:
    (tmp_path / "data.new").mkdir()
    (tmp_path / "data.new" / "PG_VERSION").write_text("18\n")
    PostgresServer(tmp_path, 1).initialise()
    assert (tmp_path / "data" / "global" / "pg_control").exists()
    assert not (tmp_path / "data.new").exists()


def test_a_lock_whose_number_belongs_to_another_program_is_removed(tmp_path: Path) -> None:
    server = PostgresServer(tmp_path, 1)
    server.initialise()
    (tmp_path / "data" / "postmaster.pid").write_text(f"{psutil.Process().pid}\n")
    server.initialise()
    assert not (tmp_path / "data" / "postmaster.pid").exists()


async def test_the_engine_serves_the_namespace_and_its_search_attributes(temporal: ScratchTemporal) -> None:
    client = await Client.connect(temporal.address, namespace="kinerja")
    assert (await client.count_workflows("Stage = 'rating'")).count == 0
    assert temporal.server.is_ready()


async def test_an_attribute_that_was_not_registered_is_refused(temporal: ScratchTemporal) -> None:
    client = await Client.connect(temporal.address, namespace="kinerja")
    with pytest.raises(RPCError, match="Unknown"):
        await client.count_workflows("Unknown = 'x'")


async def test_what_the_engine_acknowledged_survives_kill_9(temporal: ScratchTemporal) -> None:
    client = await Client.connect(temporal.address, namespace="kinerja")
    await client.start_workflow(WORKFLOW, id="survivor", task_queue="nobody")
    temporal.process.kill()
    assert not temporal.server.is_ready()
    temporal.process.restart()
    client = await Client.connect(temporal.address, namespace="kinerja")
    description = await client.get_workflow_handle("survivor").describe()
    assert description.workflow_type == WORKFLOW


def test_a_queue_that_nobody_polls_is_told_so(temporal: ScratchTemporal) -> None:
    assert not temporal.server.is_polled("nobody")


def test_a_server_that_is_not_running_has_no_number(postgres: ScratchPostgres) -> None:
    postgres.process.kill()
    with pytest.raises(RuntimeError, match="postgres is not running"):
        _ = postgres.process.pid
    postgres.process.start()


async def test_a_clean_stop_does_not_wait_for_open_connections(tmp_path: Path) -> None:
    with scratch_postgres(tmp_path) as server:
        engine = create_async_engine(server.url)
        async with engine.connect() as connection:
            await asyncio.to_thread(server.process.stop)
            assert "database system is shut down" in server.process.log.read_text()
            with pytest.raises(DBAPIError):
                await connection.execute(text("SELECT 1"))
        await engine.dispose()
