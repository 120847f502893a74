"""Prints the outcomes of a launch."""

from collections.abc import Sequence
from typing import Any

from service.cli.speaking import LOCALE, show_table, spoken
from service.launches.showing import shown_total
from store.launch.outcomes import Outcome
from store.launch.reading import ResultTotal
from translations import mark as _


def show_outcomes(name: str, result: dict[str, Any]) -> None:
    """Prints the counts of one launch, as its workflow returns them."""
    totals = [
        ResultTotal(Outcome.STARTED, "", result["started"]),
        ResultTotal(Outcome.ALREADY, "", result["already"]),
        *(ResultTotal(Outcome.SKIPPED, *each) for each in sorted(result["skipped"].items())),
        *(ResultTotal(Outcome.FAILED, *each) for each in sorted(result["failures"].items() or [("", 0)])),
    ]
    show_totals(name, totals)


def show_totals(name: str, totals: Sequence[ResultTotal]) -> None:
    """Prints how many people have each outcome."""
    rows: list[tuple[object, ...]] = []
    for total in totals:
        shown = shown_total(total, LOCALE.get())
        reason = f": {shown.reason_name}" if shown.reason else ""
        rows.append((f"{shown.outcome_name}{reason}", shown.people))
    show_table(spoken(_("Launch of {name}"), name=name), ("", spoken(_("People"))), rows)
