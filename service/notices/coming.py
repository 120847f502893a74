"""The notices that a case will still cause if nobody acts on it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from states.agenda import running
from states.appraisal import Appraisal, Deadline
from states.provisional import provisional_years
from states.rule_context import RuleContext
from states.stages import CLOSED_STAGES, Capacity


@dataclass(frozen=True, slots=True)
class Coming:
    """A rung of a running deadline that is still to come."""

    at: dt.datetime
    """Business moment."""
    kind: str
    """reminder or escalation."""
    name: str
    due_on: dt.date
    provisional: tuple[int, ...]
    """The years without a decree on which the due day rests."""
    audience: tuple[Capacity, ...]
    """The capacities that will be told; their holders are looked up only at that moment."""


def coming(appraisal: Appraisal, rules: RuleContext) -> list[Coming]:
    """The coming rungs in the order of time, those of what is owed beside the stage too; none while nothing runs."""
    if appraisal.stage in CLOSED_STAGES:
        return []
    rungs = (rung for deadline in running(appraisal) for rung in _rungs(deadline, rules))
    return sorted(rungs, key=lambda rung: rung.at)


def _rungs(deadline: Deadline, rules: RuleContext) -> Iterator[Coming]:
    rule = rules.rule_named(deadline.rule)
    if rule is None:
        return
    provisional = provisional_years(
        rule, deadline.started_on, deadline.due_on, rules.book.counting, rules.calendar
    )
    for step in rules.steps(deadline)[deadline.passed :]:
        if step.kind != "lapse":
            yield Coming(step.at, step.kind, step.name, deadline.due_on, provisional, step.audience)
