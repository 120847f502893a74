import asyncio
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker

from service.configuration.settings import Settings
from service.runtime.health import Unhealthy, check_api, check_mailbox
from service.runtime.mailbox import start_mailbox
from service.runtime.ports import any_free_port
from service.runtime.probes import READINESS_PATH, answers_http, answers_smtp
from service.runtime.scratch import ScratchTemporal, scratch_temporal
from service.runtime.worker_health import check_worker
from tests.service.runtime.processes import eventually


class Answering(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path.endswith(READINESS_PATH) else 404)
        self.end_headers()


class Unready(Answering):
    status = 503


@pytest.fixture(params=(Answering, Unready), ids=("ready", "unready"))
def api(request: pytest.FixtureRequest) -> Iterator[tuple[int, bool]]:
    with ThreadingHTTPServer(("127.0.0.1", 0), request.param) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server.server_address[1], request.param is Answering
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def temporal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScratchTemporal]:
    with scratch_temporal(tmp_path_factory.mktemp("health")) as server:
        yield server


@activity.defn
async def nothing() -> None:
    """Does nothing."""


async def test_an_api_is_healthy_when_it_says_that_it_is_ready(api: tuple[int, bool]) -> None:
    port, ready = api
    settings = Settings(api_host="0.0.0.0", api_port=port)  # noqa: S104
    if ready:
        await check_api(settings)
    else:
        with pytest.raises(Unhealthy, match=f"127.0.0.1:{port} is not ready"):
            await check_api(settings)


def test_a_path_before_the_api_is_kept(api: tuple[int, bool]) -> None:
    port, ready = api
    assert answers_http(f"http://127.0.0.1:{port}/kinerja/") is ready


async def test_an_api_that_is_not_there_is_unhealthy() -> None:
    with pytest.raises(Unhealthy):
        await check_api(Settings(api_port=any_free_port()))


async def test_a_mailbox_is_healthy_while_it_takes_mail(tmp_path: Path) -> None:
    server = await start_mailbox("127.0.0.1", 0, tmp_path / "mail")
    port = server.sockets[0].getsockname()[1]
    async with server:
        await check_mailbox(Settings(mailbox_host="0.0.0.0", mailbox_port=port))  # noqa: S104
    with pytest.raises(Unhealthy, match=f"127.0.0.1:{port} does not answer"):
        await check_mailbox(Settings(mailbox_port=port))


async def test_a_port_that_says_nothing_is_no_mailbox() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert not await asyncio.to_thread(answers_smtp, "127.0.0.1", silent.getsockname()[1])


async def test_a_worker_is_healthy_while_it_polls_its_queue(temporal: ScratchTemporal) -> None:
    client = await Client.connect(temporal.address)
    with pytest.raises(Unhealthy, match="queue 'notify'"):
        await check_worker(client, "notify")
    async with Worker(client, task_queue="notify", activities=[nothing]):
        assert await asyncio.to_thread(eventually, lambda: temporal.server.is_polled("notify"))
        await check_worker(client, "notify")
        with pytest.raises(Unhealthy, match="No worker of elsewhere"):
            await check_worker(client, "notify", host="elsewhere")
        with pytest.raises(Unhealthy, match="queue 'appraisal'"):
            await check_worker(client, "appraisal")


async def test_a_worker_is_unhealthy_while_the_engine_is_away(tmp_path: Path) -> None:
    with scratch_temporal(tmp_path) as server:
        client = await Client.connect(server.address)
        server.process.kill()
        with pytest.raises(Unhealthy, match="The engine does not answer"):
            await check_worker(client, "notify")
