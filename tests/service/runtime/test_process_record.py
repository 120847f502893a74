import signal
import subprocess
from dataclasses import replace
from pathlib import Path

from service.runtime.process_record import ProcessRecord
from tests.service.runtime.processes import eventually, is_running


def test_a_recorded_process_is_stopped_by_its_signal(tmp_path: Path) -> None:
    note = tmp_path / "note"
    script = (
        f"trap 'echo interrupted > {note}; exit' INT; touch {tmp_path}/ready; while :; do sleep 0.05; done"
    )
    with subprocess.Popen(("sh", "-c", script), start_new_session=True) as process:
        assert eventually((tmp_path / "ready").exists)
        ProcessRecord.of(process.pid, signal.SIGINT).write(tmp_path / "shell.json")
        assert ProcessRecord.read(tmp_path / "shell.json").stop(grace_seconds=5)
        assert not is_running(process.pid)
    assert note.read_text() == "interrupted\n"


def test_a_process_that_ignores_its_signal_is_killed_with_its_children(tmp_path: Path) -> None:
    script = f"trap '' TERM; sleep 60 & echo $! > {tmp_path}/pid; while :; do sleep 0.1; done"
    with subprocess.Popen(("sh", "-c", script), start_new_session=True) as process:
        assert eventually(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text() != "")
        assert ProcessRecord.of(process.pid).stop(grace_seconds=0.3)
        assert not is_running(process.pid)
    assert eventually(lambda: not is_running(int((tmp_path / "pid").read_text())))


def test_another_process_that_got_the_same_number_is_left_alone() -> None:
    with subprocess.Popen(("sleep", "60")) as process:
        older = replace(ProcessRecord.of(process.pid), started=1_000_000_000.0)
        assert older.process() is None
        assert not older.stop(grace_seconds=1)
        assert process.poll() is None
        process.kill()


def test_a_process_that_has_ended_is_not_found() -> None:
    with subprocess.Popen(("sleep", "60")) as process:
        record = ProcessRecord.of(process.pid)
        process.kill()
        assert eventually(lambda: record.process() is None)
        assert not record.stop(grace_seconds=1)
