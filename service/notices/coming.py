"""What a case will still write about by itself, if nothing happens to it."""

import datetime as dt
from dataclasses import dataclass

from states.appraisal import Appraisal
from states.provisional import provisional_years
from states.rule_context import RuleContext
from states.stages import CLOSED_STAGES, Capacity


@dataclass(frozen=True, slots=True)
class Coming:
    """A rung of the running deadline that has not been reached."""

    at: dt.datetime
    """Business moment."""
    kind: str
    """reminder or escalation."""
    name: str
    due_on: dt.date
    provisional: tuple[int, ...]
    """The years without a decree on which the due day rests."""
    audience: tuple[Capacity, ...]
    """Who is to be told; who holds these capacities is looked up only then."""


def coming(appraisal: Appraisal, rules: RuleContext) -> list[Coming]:
    """The rungs to come in the order of time; none while no deadline runs."""
    deadline = appraisal.deadline
    if deadline is None or appraisal.stage in CLOSED_STAGES:
        return []
    rule = rules.running_rule(appraisal)
    provisional: tuple[int, ...] = ()
    if rule is not None:
        provisional = provisional_years(
            rule, deadline.started_on, deadline.due_on, rules.book.counting, rules.calendar
        )
    return [
        Coming(step.at, step.kind, step.name, deadline.due_on, provisional, step.audience)
        for step in rules.steps(appraisal)[deadline.passed :]
        if step.kind != "lapse"
    ]
