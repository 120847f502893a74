"""Loads a scheme, a folder or a single file, or says exactly what is wrong with it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from importlib import resources
from pathlib import Path

from schemes.checks import findings
from schemes.document import read_document
from schemes.files import PROCESS
from schemes.folder import parse_folder, read_folder
from schemes.periodic import write_out
from schemes.problems import SchemeError
from schemes.reading import model_of, read_text
from schemes.system import System
from states.rules import Rulebook
from states.table import AUTOMATIC_TRIGGERS as _CLOCK_TRIGGERS

AUTOMATIC_TRIGGERS: frozenset[str] = frozenset(trigger.value for trigger in _CLOCK_TRIGGERS)
"""What a scheme may let the clock do on lapse (``auto:<trigger>``)."""


class UnknownScheme(LookupError):
    """No scheme with this name comes with the program."""

    code = "unknown_scheme"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"scheme: {name!r} does not come with kinerja; known are {', '.join(builtin_names())}"
        )


def parse_scheme(
    text: str, name: str, *, automatic_triggers: frozenset[str] = AUTOMATIC_TRIGGERS
) -> Rulebook:
    """The rules of the process in ``text``; ``name`` is the file's name in errors.

    Raises `SchemeError` with every mistake found, each with its line, column, field and reason.
    """
    document = read_document(text, name)
    write_out(document)
    book = model_of(document, name, Rulebook)
    problems = [document.problem(path, reason) for path, reason in findings(book, automatic_triggers)]
    if problems:
        raise SchemeError(name, problems)
    return book


def parse_system(texts: Mapping[str, str], name: str) -> System:
    """The system in the ``texts`` of a folder called ``name``, by the names of the files.

    Raises `SchemeError` with every mistake of every file.
    """
    return parse_folder(texts, name, parse_scheme)


def load_system(path: Path) -> System:
    """The system in the folder at ``path``, or in the file there, which then says nothing of content.

    Raises `SchemeError` with every mistake of every file, and OSError if one cannot be read.
    """
    if path.is_dir():
        return parse_system(read_folder(path), path.name)
    return System(parse_scheme(read_text(path), path.name))


def load_scheme(path: Path) -> Rulebook:
    """The rules of the process of the scheme at ``path``. Raises what `load_system` raises."""
    return load_system(path).book


@lru_cache(maxsize=32)
def builtin_system(name: str) -> System:
    """A system that comes with the program, such as ``nasional``; always the same object."""
    with builtin_folder(name) as folder:
        return load_system(folder)


@contextmanager
def builtin_folder(name: str) -> Iterator[Path]:
    """The folder of a scheme that comes with the program. Raises `UnknownScheme`."""
    if name not in builtin_names():
        raise UnknownScheme(name)
    with resources.as_file(resources.files("schemes").joinpath(name)) as folder:
        yield folder


def builtin_scheme(name: str) -> Rulebook:
    """The rules of the process of a scheme that comes with the program; always the same object."""
    return builtin_system(name).book


def builtin_names() -> tuple[str, ...]:
    """The schemes that come with the program, in alphabetical order."""
    folders = (entry for entry in resources.files("schemes").iterdir() if entry.is_dir())
    return tuple(sorted(folder.name for folder in folders if folder.joinpath(PROCESS).is_file()))
