"""Loads a scheme file into a `Rulebook`, or says exactly what is wrong with it."""

from functools import lru_cache
from importlib import resources
from pathlib import Path

from schemes.checks import findings
from schemes.document import read_document
from schemes.periodic import write_out
from schemes.problems import SchemeError
from schemes.reading import model_of, read_text
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
    """The rules in ``text``; ``name`` is the file's name in errors.

    Raises `SchemeError` with every mistake found, each with its line, column, field and reason.
    """
    document = read_document(text, name)
    write_out(document)
    book = model_of(document, name, Rulebook)
    problems = [document.problem(path, reason) for path, reason in findings(book, automatic_triggers)]
    if problems:
        raise SchemeError(name, problems)
    return book


def load_scheme(path: Path) -> Rulebook:
    """The rules in the file at ``path``. Raises what `parse_scheme` raises, and OSError if it cannot be read."""
    return parse_scheme(read_text(path), path.name)


@lru_cache(maxsize=32)
def builtin_scheme(name: str) -> Rulebook:
    """A scheme that comes with the program, such as ``nasional``; always the same object."""
    if name not in builtin_names():
        raise UnknownScheme(name)
    return parse_scheme(
        resources.files("schemes").joinpath(f"{name}.yaml").read_text("utf-8"), f"{name}.yaml"
    )


def builtin_names() -> tuple[str, ...]:
    """The schemes that come with the program, in alphabetical order."""
    files = (entry.name for entry in resources.files("schemes").iterdir())
    return tuple(sorted(file.removesuffix(".yaml") for file in files if file.endswith(".yaml")))
