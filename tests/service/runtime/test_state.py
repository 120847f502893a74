import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from service.configuration.settings import Settings
from service.runtime.addresses import Addresses
from service.runtime.problems import NothingServing, RuntimeProblem
from service.runtime.process_record import ProcessRecord
from service.runtime.state import RuntimeState, with_running_servers

ADDRESSES = Addresses(
    database_url="postgresql+asyncpg://kinerja:hunter2@127.0.0.1:40001/kinerja",
    temporal_address="127.0.0.1:40002",
    temporal_ui_url="http://127.0.0.1:40003",
    smtp_url="smtp://127.0.0.1:40004",
    api_url="http://127.0.0.1:40005",
)


def serving() -> RuntimeState:
    return RuntimeState(
        ports={"api": 40005},
        supervisor=ProcessRecord.of(os.getpid()),
        addresses=ADDRESSES,
        processes={"api": 123},
    )


def test_before_the_first_start_nothing_is_known(tmp_path: Path) -> None:
    assert RuntimeState.read(tmp_path) == RuntimeState()
    assert not RuntimeState.read(tmp_path).is_serving


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    serving().write(tmp_path)
    assert RuntimeState.read(tmp_path) == serving()
    assert RuntimeState.read(tmp_path).is_serving


def test_other_users_cannot_read_the_passwords(tmp_path: Path) -> None:
    serving().write(tmp_path)
    assert (tmp_path / "runtime.json").stat().st_mode & 0o777 == 0o600
    assert "hunter2" not in repr(serving())


def test_no_half_written_file_is_left(tmp_path: Path) -> None:
    serving().write(tmp_path)
    serving().write(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["runtime.json"]


@pytest.mark.parametrize("text", ("", "{", "[]", "{}", '{"ports": {}, "supervisor": 3}'))
def test_a_damaged_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "runtime.json").write_text(text)
    with pytest.raises(RuntimeProblem, match=r"runtime\.json cannot be read .* remove that file"):
        RuntimeState.read(tmp_path)


def test_other_commands_find_the_embedded_servers(tmp_path: Path) -> None:
    serving().write(tmp_path)
    settings = with_running_servers(Settings(state_directory=tmp_path))
    assert settings.database_url == SecretStr(ADDRESSES.database_url)
    assert settings.temporal_address == ADDRESSES.temporal_address
    assert settings.smtp_url == SecretStr(ADDRESSES.smtp_url)
    assert settings.public_address == ADDRESSES.api_url


def test_an_address_that_is_set_is_not_replaced(tmp_path: Path) -> None:
    serving().write(tmp_path)
    settings = with_running_servers(Settings(state_directory=tmp_path, temporal_address="cluster:7233"))
    assert settings.temporal_address == "cluster:7233"
    assert settings.database_url == SecretStr(ADDRESSES.database_url)


def test_with_every_address_set_nothing_needs_to_run(tmp_path: Path) -> None:
    settings = Settings(
        state_directory=tmp_path,
        database_url=SecretStr("postgresql://u@db/kinerja"),
        temporal_address="cluster:7233",
        smtp_url=SecretStr("smtp://mail"),
    )
    assert with_running_servers(settings) is settings


def test_a_server_that_was_killed_is_not_taken_for_a_running_one(tmp_path: Path) -> None:
    state = serving()
    assert state.supervisor is not None
    RuntimeState(
        supervisor=ProcessRecord(state.supervisor.pid, started=1_000_000_000.0), addresses=ADDRESSES
    ).write(tmp_path)
    with pytest.raises(NothingServing, match="kinerja serve"):
        with_running_servers(Settings(state_directory=tmp_path))


def test_a_server_that_is_still_starting_has_no_addresses_yet(tmp_path: Path) -> None:
    RuntimeState(supervisor=ProcessRecord.of(os.getpid())).write(tmp_path)
    with pytest.raises(NothingServing):
        with_running_servers(Settings(state_directory=tmp_path))
