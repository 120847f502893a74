"""The API as a process of its own."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.api.serving import serve_api, server
from service.configuration.settings import SettingsError, load_settings
from service.runtime.ports import any_free_port
from tests.service.api.conftest import SECRET, Service

COMMAND = (
    "from service.configuration.settings import load_settings; from service.api.serving import run_api; "
    "from service.configuration.structured_logging import configure_logging; "
    "configure_logging('json'); run_api(load_settings())"
)


@contextmanager
def process(
    database: str, engine: str, namespace: str, state: Path
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    port = any_free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KINERJA_")},
        "KINERJA_DATABASE_URL": database,
        "KINERJA_TEMPORAL_ADDRESS": engine,
        "KINERJA_TEMPORAL_NAMESPACE": namespace,
        "KINERJA_SECRET": SECRET,
        "KINERJA_API_PORT": str(port),
        "KINERJA_STATE_DIRECTORY": str(state),
    }
    running = subprocess.Popen(
        [sys.executable, "-c", COMMAND], env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        yield f"http://127.0.0.1:{port}", running
    finally:
        if running.poll() is None:
            running.kill()
        running.wait()
        assert running.stderr is not None
        running.stderr.close()


async def answer_of(url: str, headers: dict[str, str] | None = None) -> httpx.Response:
    """The first answer of a process that is starting."""
    async with httpx.AsyncClient() as http:
        for _ in range(300):
            try:
                return await http.get(url, headers=headers)
            except httpx.TransportError:
                await asyncio.sleep(0.05)
    raise AssertionError(f"{url} does not answer")


async def test_the_process_serves_until_it_is_told_to_stop(service: Service, tmp_path: Path) -> None:
    database = service.database.url.render_as_string(hide_password=False)
    engine = service.engine.service_client.config.target_host
    with process(database, engine, service.engine.namespace, tmp_path) as (url, running):
        assert (await answer_of(f"{url}/health/ready")).json() == {
            "status": "ok",
            "missing": [],
            "late": [],
            "unplanned": 0,
            "following": {"cases": 0, "oldest": None, "seconds": 0.0, "overdue_wakes": 0},
        }
        me = await answer_of(f"{url}/api/v1/me", service.headers(service.agency.officer))
        assert (me.status_code, me.json()["roles"]) == (200, ["hr"])
        assert "server" not in me.headers
        mailbox = await answer_of(f"{url}/api/v1/mailbox")
        assert (mailbox.status_code, mailbox.json()) == (200, {"items": []})
        assert (await answer_of(f"{url}/mailbox")).status_code == 200
        running.send_signal(signal.SIGTERM)
        _, log = await asyncio.to_thread(running.communicate, timeout=20)
        assert running.returncode in {0, -signal.SIGTERM}
        assert "Traceback" not in log
        assert '"event": "request"' in log


async def test_the_process_starts_while_everything_behind_it_is_away(tmp_path: Path) -> None:
    nowhere = f"127.0.0.1:{any_free_port()}"
    database = f"postgresql://kinerja@{nowhere}/kinerja"
    with process(database, nowhere, "default", tmp_path) as (url, _):
        ready = await answer_of(f"{url}/health/ready")
        assert (ready.status_code, ready.json()["missing"]) == (503, ["database", "engine"])


async def test_without_servers_the_settings_that_are_missing_are_named(tmp_path: Path) -> None:
    settings = load_settings({"KINERJA_STATE_DIRECTORY": str(tmp_path)})
    with pytest.raises(SettingsError, match="KINERJA_DATABASE_URL and KINERJA_TEMPORAL_ADDRESS"):
        await serve_api(settings)


@pytest.mark.parametrize(
    ("proxies", "seen"), ((None, "127.0.0.1"), ("10.0.0.0/8", "127.0.0.1"), ("127.0.0.0/8", "203.0.113.9"))
)
async def test_a_header_names_the_address_only_where_the_proxy_is_known(
    proxies: str | None, seen: str
) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        body = scope["client"][0].encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})

    given = {} if proxies is None else {"KINERJA_TRUSTED_PROXIES": proxies}
    port = any_free_port()
    serving = server(app, load_settings({**given, "KINERJA_API_PORT": str(port)}))
    running = asyncio.create_task(serving.serve())
    try:
        answer = await answer_of(f"http://127.0.0.1:{port}/", {"X-Forwarded-For": "203.0.113.9"})
    finally:
        serving.should_exit = True
        await running
    assert answer.text == seen
