"""Finds the files of the scheme from which an operator begins one."""

from pathlib import Path

from schemes.folder import read_folder
from schemes.loading import builtin_folder, builtin_names
from service.cli.problems import CommandFailed
from translations import mark as _


def texts_of(name: str) -> dict[str, str]:
    """The texts of the files of the scheme that comes with kinerja, or of the folder at this path, by their names.

    Raises `CommandFailed` where there is neither.
    """
    if name in builtin_names():
        with builtin_folder(name) as folder:
            return read_folder(folder)
    if not Path(name).is_dir():
        raise CommandFailed(
            _(
                "There is no scheme called {name}; known are {names}. Give one of them, or the path of your own."
            ),
            name=name,
            names=", ".join(builtin_names()),
        )
    return read_folder(Path(name))
