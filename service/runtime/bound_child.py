"""Becomes another program, which ends when the process that started it ends, even by kill -9.

Run as `python -I -S bound_child.py PARENT SIGNAL USER PROGRAM ARGUMENT...`. It is a program of its own for two
reasons. The kernel forgets the death signal when the user changes, so the signal must be set after that change
and before the program starts. And Python code in the forked child of a process with threads may hang.
"""

import ctypes
import os
import shutil
import sys

_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_SAME_USER = "-"


def bound_command(
    command: tuple[str, ...], *, parent: int, death_signal: int, user: str | None = None
) -> tuple[str, ...]:
    """The command that runs `command` as `user` and sends it `death_signal` when the process `parent` ends."""
    shim = (sys.executable, "-I", "-S", __file__)
    return (*shim, str(parent), str(int(death_signal)), user or _SAME_USER, *command)


def _become_user(name: str) -> None:
    import pwd

    entry = pwd.getpwnam(name)
    os.initgroups(name, entry.pw_gid)
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)


def _die_with(parent: int, death_signal: int) -> None:
    if sys.platform == "linux":
        library = ctypes.CDLL(None, use_errno=True)
        if library.prctl(_SET_PARENT_DEATH_SIGNAL, death_signal, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
    # The parent may have ended before the kernel was told.
    if os.getppid() != parent:
        sys.exit(1)


def main(arguments: list[str]) -> None:
    """Sets user and death signal, then becomes the program. Exits with 127 if the program cannot be started."""
    parent, death_signal, user, *command = arguments
    # The look-up comes before the change of user: the new user may not be allowed to read Python's library.
    program = shutil.which(command[0]) or command[0]
    if user != _SAME_USER:
        _become_user(user)
    _die_with(int(parent), int(death_signal))
    try:
        os.execv(program, command)  # noqa: S606 - the supervisor chose the program
    except OSError as error:
        sys.stderr.write(f"{command[0]} cannot be started: {error.strerror}\n")
        sys.exit(127)


if __name__ == "__main__":
    main(sys.argv[1:])
