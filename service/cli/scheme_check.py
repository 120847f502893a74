from pathlib import Path
from typing import Annotated

import typer

from translations import mark as _

_COLUMNS = (_("Rule"), _("Length"), _("Unit"), _("On lapse"), _("Article"))


def check(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A scheme, YAML in UTF-8.")],
) -> None:
    """Check a scheme file: every mistake is named with line, field and reason; exit code 1 if there is any.

    Example: kinerja scheme check daerah.yaml
    """
    from schemes.loading import load_scheme
    from service.cli.speaking import LOCALE, say, show_table, spoken

    book = load_scheme(file)
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
