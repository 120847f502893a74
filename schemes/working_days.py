"""Loads an agency's working days from a file, or says exactly what is wrong with it."""

from pathlib import Path

from schemes.document import read_document
from schemes.reading import model_of, read_text
from states.working_days import WorkingDays


def parse_working_days(text: str, name: str) -> WorkingDays:
    """The working days in ``text``; ``name`` is the file's name in errors.

    Raises `SchemeError` with every mistake found, each with its line, column, field and reason.
    """
    return model_of(read_document(text, name), name, WorkingDays)


def load_working_days(path: Path) -> WorkingDays:
    """The working days in the file at ``path``. Raises what `parse_working_days` raises, OSError if unreadable."""
    return parse_working_days(read_text(path), path.name)
