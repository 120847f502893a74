"""PostgreSQL refuses to run as root. If kinerja runs as root, its database gets its own system user."""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

import structlog

from service.runtime.problems import RuntimeProblem

POSTGRES_USER = "pgserver"

_log = structlog.get_logger(__name__)


def database_user() -> str | None:
    """The system user for PostgreSQL, which is made if missing. None means the user of this process."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(POSTGRES_USER)
    except KeyError:
        _create_user()
    return POSTGRES_USER


def _create_user() -> None:
    program = shutil.which("useradd")
    if program is None:
        raise RuntimeProblem(
            f"PostgreSQL does not run as root and needs the system user {POSTGRES_USER!r}, which could "
            "not be made: there is no useradd. Make that user, or run kinerja as another user than root."
        )
    command = (program, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", POSTGRES_USER)
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    # Another kinerja may have made the user at the same moment.
    if done.returncode != 0 and POSTGRES_USER not in {entry.pw_name for entry in pwd.getpwall()}:
        raise RuntimeProblem(f"The system user {POSTGRES_USER!r} could not be made: {done.stderr.strip()}")
    _log.info("system_user_made", user=POSTGRES_USER)


def give(path: Path, user: str | None) -> None:
    """Makes `user` the owner of `path` and closes it to all other users."""
    path.chmod(0o700)
    if user is not None:
        entry = pwd.getpwnam(user)
        os.chown(path, entry.pw_uid, entry.pw_gid)


def open_the_way(path: Path, user: str | None) -> None:
    """Lets `user` reach `path`: everybody gets the right to pass through the directories above, not to list them."""
    if user is None:
        return
    for directory in path.absolute().parents:
        mode = stat.S_IMODE(directory.stat().st_mode)
        if not mode & stat.S_IXOTH:
            directory.chmod(mode | stat.S_IXOTH)
            _log.info(
                "directory_made_passable", directory=str(directory), why=f"{user} runs the database below it"
            )
