import os
import pwd
import stat
from pathlib import Path

from service.runtime.system_user import POSTGRES_USER, database_user, give, open_the_way


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_root_needs_another_user_for_the_database() -> None:
    user = database_user()
    assert user == (POSTGRES_USER if os.geteuid() == 0 else None)
    if user is not None:
        assert pwd.getpwnam(user).pw_uid != 0


def test_what_is_given_to_a_user_is_closed_to_all_others(tmp_path: Path) -> None:
    user = database_user()
    give(tmp_path, user)
    assert mode(tmp_path) == 0o700
    assert tmp_path.stat().st_uid == (os.geteuid() if user is None else pwd.getpwnam(user).pw_uid)


def test_directories_above_the_data_may_be_passed_but_not_listed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    open_the_way(closed / "data", POSTGRES_USER)
    assert mode(closed) == 0o701


def test_directories_stay_closed_when_the_database_runs_as_the_same_user(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    open_the_way(closed / "data", None)
    assert mode(closed) == 0o700
