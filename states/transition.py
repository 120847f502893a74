"""One row of the table of transitions, and how rows are written."""

from collections.abc import Iterator
from dataclasses import dataclass

from states.stages import Capacity, Stage
from states.triggers import Trigger

Rows = Iterator[list["Transition"]]
"""Rows as a part of the table gives them."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: in ``source``, ``trigger`` by one of ``by`` leads to ``target``.

    ``when`` names the conditions that choose among rows of one trigger, ``requires`` the guards that refuse
    with a typed error. ``needs_text`` means that a document or a reason must come with the command.
    """

    trigger: Trigger
    source: Stage
    target: Stage
    by: frozenset[Capacity]
    when: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    needs_text: bool = False


def row_for(
    trigger: Trigger,
    sources: Stage | tuple[Stage, ...] | frozenset[Stage],
    target: Stage | None,
    by: Capacity | tuple[Capacity, ...],
    *,
    when: tuple[str, ...] = (),
    requires: tuple[str, ...] = (),
    text: bool = False,
) -> list[Transition]:
    """Rows for each source; a ``target`` of None stays in the source."""
    from_stages = (sources,) if isinstance(sources, Stage) else tuple(s for s in Stage if s in sources)
    capacities = frozenset((by,) if isinstance(by, Capacity) else by)
    return [
        Transition(trigger, source, target or source, capacities, when, requires, text)
        for source in from_stages
    ]


def settling(
    trigger: Trigger, source: Stage, by: Capacity, requires: tuple[str, ...] = ()
) -> Iterator[list[Transition]]:
    """Rows for each target: where the scheme has the settled result reported (art 51), it is not final before."""
    for target, condition in ((Stage.REPORTING, "report_owed"), (Stage.FINALISED, "no_report_owed")):
        yield row_for(trigger, source, target, by, when=(condition,), requires=requires, text=True)
