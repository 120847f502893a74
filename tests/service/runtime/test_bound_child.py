import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from service.runtime.bound_child import bound_command
from tests.service.runtime.processes import eventually, is_running

PARENT = """
import subprocess, sys, time, os
from service.runtime.bound_child import bound_command
command = bound_command(tuple(sys.argv[2:]), parent=os.getpid(), death_signal=int(sys.argv[1]))
print(subprocess.Popen(command, start_new_session=True).pid, flush=True)
time.sleep(60)
"""


def child_of_a_killed_parent(death_signal: int, *command: str) -> int:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(death_signal), *command], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    with parent, parent.stdout:
        child = int(parent.stdout.readline())
        assert eventually(lambda: Path(f"/proc/{child}/cmdline").read_bytes().startswith(command[0].encode()))
        parent.kill()
    return child


def test_a_child_ends_when_its_parent_is_killed() -> None:
    child = child_of_a_killed_parent(signal.SIGTERM, "sleep", "60")
    assert eventually(lambda: not is_running(child))


def test_the_child_gets_the_signal_that_was_chosen(tmp_path: Path) -> None:
    note = tmp_path / "note"
    script = f"trap 'echo interrupted > {note}; exit' INT; while :; do sleep 0.05; done"
    child = child_of_a_killed_parent(signal.SIGINT, "sh", "-c", script)
    assert eventually(lambda: not is_running(child))
    assert note.read_text() == "interrupted\n"


def test_a_child_whose_parent_is_already_gone_does_not_start() -> None:
    command = bound_command(("echo", "started"), parent=os.getppid(), death_signal=signal.SIGTERM)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")


def test_a_program_that_is_not_there_is_named() -> None:
    command = bound_command(("/no/such/program",), parent=os.getpid(), death_signal=signal.SIGTERM)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 127
    assert done.stderr == "/no/such/program cannot be started: No such file or directory\n"


@pytest.mark.parametrize("user", (None, "nobody"))
def test_the_child_runs_as_the_user_that_was_chosen(user: str | None) -> None:
    if os.geteuid() != 0:
        user = None
    command = bound_command(("id", "-un"), parent=os.getpid(), death_signal=signal.SIGTERM, user=user)
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
    myself = subprocess.run(("id", "-un"), capture_output=True, text=True, check=True).stdout
    assert done.stdout == (myself if user is None else f"{user}\n")
