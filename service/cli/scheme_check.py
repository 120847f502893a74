from pathlib import Path
from typing import Annotated

import typer

from translations import mark as _


def check(
    path: Annotated[Path, typer.Argument(exists=True, help="A scheme: its folder, or one YAML file.")],
) -> None:
    """Check a scheme: every mistake is named with file, line, field and reason; exit code 1 if there is any.

    Example: kinerja scheme check daerah
    """
    from schemes.loading import load_system
    from service.cli.scheme_deadlines import show_deadlines
    from service.cli.speaking import LOCALE, say

    system = load_system(path)
    title = system.book.title.get(LOCALE.get().value) or system.book.title["id"]
    say(_("{scheme} is in order: {title}"), scheme=system.book.key, title=title)
    if system.content is not None:
        say(
            _("{forms} forms, {notes} kinds of notes, {families} job families, {trainings} trainings"),
            forms=len(system.content.forms),
            notes=len(system.content.entries),
            families=len(system.content.library),
            trainings=len(system.content.follow_up.trainings),
        )
    show_deadlines(system.book)
