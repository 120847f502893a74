import sys

import pytest

from service.configuration.settings import Settings, load_settings
from service.runtime.environment import own_environment, server_environment
from service.runtime.own_processes import own_processes


def test_by_default_there_is_one_worker_for_each_queue() -> None:
    workers = own_processes().workers
    assert [worker.name for worker in workers] == ["worker-appraisal", "worker-notify"]
    assert workers[0].command == (sys.executable, "-m", "service.cli", "worker", "--queue", "appraisal")
    assert [worker.queue for worker in workers] == ["appraisal", "notify"]


def test_more_workers_get_names_of_their_own() -> None:
    names = [worker.name for worker in own_processes(3).workers]
    assert names[:3] == ["worker-appraisal", "worker-appraisal-2", "worker-appraisal-3"]
    assert len(set(names)) == 6


def test_no_worker_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="At least one worker"):
        own_processes(0)


def test_the_migration_runs_once_and_the_others_stay() -> None:
    processes = own_processes()
    assert processes.migrate.once
    assert not any(process.once for process in (processes.mailbox, processes.api, *processes.workers))


def test_a_child_sees_the_settings_and_no_other_variables_of_kinerja() -> None:
    settings = Settings(api_port=9000)
    environment = own_environment(
        settings, {"KINERJA_API_PORT": "1", "KINERJA_SMTP_URL": "smtp://x", "LANG": "id"}
    )
    assert load_settings(environment) == settings
    assert environment["LANG"] == "id"
    assert "KINERJA_SMTP_URL" not in environment


def test_an_embedded_server_sees_nothing_of_the_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KINERJA_SECRET", "TEMPORAL_ADDRESS", "PGPASSWORD"):
        monkeypatch.setenv(name, "hunter2")
    assert "hunter2" not in server_environment().values()
    assert server_environment()["TZ"] == "UTC"
