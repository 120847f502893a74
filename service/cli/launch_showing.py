"""How the outcomes of a launch are printed."""

from collections.abc import Sequence
from typing import Any

from service.cli.speaking import LOCALE, show_table, spoken
from service.cycles.wording import outcome_name, reason_name
from store.launch.outcomes import Outcome
from store.launch.reading import ResultTotal
from translations import mark as _


def show_outcomes(name: str, result: dict[str, Any]) -> None:
    """The numbers of one launch, as its workflow gives them."""
    totals = [
        ResultTotal(Outcome.STARTED, "", result["started"]),
        ResultTotal(Outcome.ALREADY, "", result["already"]),
        *(ResultTotal(Outcome.SKIPPED, *each) for each in sorted(result["skipped"].items())),
        *(ResultTotal(Outcome.FAILED, *each) for each in sorted(result["failures"].items() or [("", 0)])),
    ]
    show_totals(name, totals)


def show_totals(name: str, totals: Sequence[ResultTotal]) -> None:
    """How many people came to what."""
    locale = LOCALE.get()
    rows: list[tuple[object, ...]] = [
        (
            outcome_name(each.outcome, locale)
            + (f": {reason_name(each.reason, locale)}" if each.reason else ""),
            each.people,
        )
        for each in totals
    ]
    show_table(spoken(_("Launch of {name}"), name=name), ("", spoken(_("People"))), rows)
