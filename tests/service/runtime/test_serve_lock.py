import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.runtime.problems import AlreadyServing
from service.runtime.serve_lock import only_one

HOLDER = """
import sys, time
from pathlib import Path
from service.runtime.serve_lock import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_server_on_one_directory_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    with (
        only_one(tmp_path),
        pytest.raises(AlreadyServing, match=f"Process {os.getpid()} already serves from {tmp_path}"),
        only_one(tmp_path),
    ):
        pass


def test_the_directory_is_free_after_a_server_ended(tmp_path: Path) -> None:
    with only_one(tmp_path / "new"):
        pass
    with only_one(tmp_path / "new"):
        pass


def test_the_directory_is_free_after_a_server_was_killed(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    with holder, holder.stdout:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyServing, match=f"Process {holder.pid}"), only_one(tmp_path):
            pass
        holder.kill()
    with only_one(tmp_path):
        pass
