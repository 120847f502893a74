"""Prints for commands: results to standard output, progress and complaints to standard error."""

from contextvars import ContextVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from translations import Locale, translate

LOCALE: ContextVar[Locale] = ContextVar("locale", default=Locale.INDONESIAN)
"""The language of this command, chosen by ``--language``."""


def out() -> Console:
    """The console for results. It never cuts text, so that output can be searched and piped."""
    return Console(soft_wrap=True, highlight=False, markup=False)


def err() -> Console:
    """The console for progress and complaints."""
    return Console(stderr=True, soft_wrap=True, highlight=False, markup=False)


def spoken(message: str, /, **parameters: object) -> str:
    """The message in the language of this command."""
    return translate(message, LOCALE.get(), **parameters)


def say(message: str, /, **parameters: object) -> None:
    """Prints a translated line to standard output."""
    out().print(spoken(message, **parameters))


def complain(message: str, /, **parameters: object) -> None:
    """Prints a translated line to standard error."""
    err().print(spoken(message, **parameters))


def show_table(title: str, columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """Prints a table under a title; numbers are right-aligned. Title and columns are already translated."""
    table = Table(title=title, title_justify="left")
    for number, column in enumerate(columns):
        right = bool(rows) and isinstance(rows[0][number], int | float)
        table.add_column(column, justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(highlight=False, markup=False, width=None).print(table)


def progress_bar() -> Progress:
    """A progress bar on standard error, so that it never reaches a pipe."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
