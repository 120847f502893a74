from pathlib import Path
from typing import Annotated

import typer

from translations import mark as _

_COLUMNS = (_("Rule"), _("Length"), _("Unit"), _("On lapse"), _("Article"))


def check(
    path: Annotated[Path, typer.Argument(exists=True, help="A scheme: its folder, or one YAML file.")],
) -> None:
    """Check a scheme: every mistake is named with file, line, field and reason; exit code 1 if there is any.

    Example: kinerja scheme check daerah
    """
    from schemes.loading import load_scheme
    from service.cli.speaking import LOCALE, say, show_table, spoken

    book = load_scheme(path)
    say(_("{scheme} is in order: {title}"), scheme=book.key, title=book.title[LOCALE.get().value])
    rules = [rule for stage in book.stages.values() for rule in (stage.deadline, stage.after_receipt) if rule]
    show_table(
        spoken(_("Deadlines")),
        tuple(spoken(name) for name in _COLUMNS),
        [
            (
                rule.rule,
                f"{rule.date.day}-{rule.date.month}" if rule.date else rule.length,
                rule.unit.value,
                rule.on_lapse,
                rule.article,
            )
            for rule in rules
        ],
    )
