"""How clients come to the engine that the settings name."""

import asyncio
from pathlib import Path

import pytest
from temporalio.client import TLSConfig

from service.configuration.settings import Settings, load_settings
from service.runtime.ports import any_free_port
from service.runtime.scratch import ScratchTemporal
from service.temporal import reaching
from service.temporal.reaching import EngineUnreachable, client_for, client_once_reachable, tls_of


def settings(**variables: str) -> Settings:
    return load_settings({f"KINERJA_{name}": value for name, value in variables.items()})


@pytest.fixture
def pem(tmp_path: Path) -> str:
    file = tmp_path / "any.pem"
    file.write_text("a certificate", "utf-8")
    return str(file)


@pytest.mark.engine
async def test_a_client_is_connected_to_the_namespace_of_the_settings(temporal: ScratchTemporal) -> None:
    client = await client_for(settings(TEMPORAL_ADDRESS=temporal.address))
    assert client.namespace == "default"
    assert await client.service_client.check_health()


async def test_an_engine_that_does_not_answer_is_named_with_the_reason() -> None:
    address = f"127.0.0.1:{any_free_port()}"
    with pytest.raises(EngineUnreachable, match=rf"{address} does not answer.*\(Connection refused\)"):
        await client_for(settings(TEMPORAL_ADDRESS=address))


async def test_a_lazy_client_needs_no_engine() -> None:
    client = await client_for(settings(TEMPORAL_ADDRESS="127.0.0.1:1"), lazy=True)
    assert client.namespace == "default"


async def test_settings_without_an_engine_are_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="with_running_servers"):
        await client_for(settings())


@pytest.mark.engine
async def test_a_worker_asks_again_until_the_engine_answers(
    temporal: ScratchTemporal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reaching, "_PAUSE_SECONDS", 0.05)
    port = any_free_port()
    waiting = asyncio.create_task(client_once_reachable(settings(TEMPORAL_ADDRESS=f"127.0.0.1:{port}")))
    await asyncio.sleep(0.3)
    assert not waiting.done()
    host, _, real = temporal.address.rpartition(":")

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection(host, int(real))
        await asyncio.gather(_pump(reader, there_writer), _pump(there_reader, writer))

    server = await asyncio.start_server(forward, "127.0.0.1", port)
    client = await asyncio.wait_for(waiting, 20)
    assert client.namespace == "default"
    server.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
    writer.close()


def test_a_plain_connection_is_not_protected() -> None:
    assert tls_of(settings(TEMPORAL_ADDRESS="a:1")) is False


def test_an_api_key_is_never_sent_in_the_clear() -> None:
    assert tls_of(settings(TEMPORAL_ADDRESS="a:1", TEMPORAL_API_KEY="k")) is True


def test_tls_may_be_asked_for_alone() -> None:
    assert tls_of(settings(TEMPORAL_ADDRESS="a:1", TEMPORAL_TLS="true")) is True


def test_certificate_and_key_make_it_mutual(pem: str) -> None:
    tls = tls_of(settings(TEMPORAL_ADDRESS="a:1", TEMPORAL_TLS_CERTIFICATE=pem, TEMPORAL_TLS_KEY=pem))
    assert isinstance(tls, TLSConfig)
    assert (tls.client_cert, tls.client_private_key) == (b"a certificate", b"a certificate")


def test_a_private_authority_and_another_server_name_are_passed_on(pem: str) -> None:
    tls = tls_of(
        settings(
            TEMPORAL_ADDRESS="a:1", TEMPORAL_TLS_AUTHORITY=pem, TEMPORAL_TLS_SERVER_NAME="temporal.example"
        )
    )
    assert isinstance(tls, TLSConfig)
    assert (tls.server_root_ca_cert, tls.domain) == (b"a certificate", "temporal.example")
