"""Finds the scheme that an operator means."""

from pathlib import Path

from schemes.folder import read_folder
from schemes.loading import builtin_folder, builtin_names, builtin_system, load_system
from schemes.system import System
from service.cli.problems import CommandFailed
from translations import mark as _


def the_system(name: str) -> System:
    """The system with this name among those that come with kinerja, or the one at this path.

    Raises `CommandFailed` where there is neither, and `SchemeError` for a scheme with mistakes.
    """
    if name in builtin_names():
        return builtin_system(name)
    if not Path(name).exists():
        raise _unknown(name)
    return load_system(Path(name))


def texts_of(name: str) -> dict[str, str]:
    """The texts of the files of the scheme that comes with kinerja, or of the folder at this path, by their names.

    Raises `CommandFailed` where there is neither.
    """
    if name in builtin_names():
        with builtin_folder(name) as folder:
            return read_folder(folder)
    if not Path(name).is_dir():
        raise _unknown(name)
    return read_folder(Path(name))


def _unknown(name: str) -> CommandFailed:
    return CommandFailed(
        _("There is no scheme called {name}; known are {names}. Give one of them, or the path of your own."),
        name=name,
        names=", ".join(builtin_names()),
    )
