"""The notices that a case will still cause if nobody acts on it."""

import datetime as dt
from dataclasses import dataclass

from states.agenda import running
from states.appraisal import Appraisal
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
    audience: tuple[Capacity, ...]
    """The capacities that will be told; their holders are looked up only at that moment."""


def coming(appraisal: Appraisal, rules: RuleContext) -> list[Coming]:
    """The coming rungs of all running deadlines in the order of time; none while no deadline runs."""
    if appraisal.stage in CLOSED_STAGES:
        return []
    rungs = (
        Coming(step.at, step.kind, step.name, deadline.due_on, step.audience)
        for deadline in running(appraisal)
        for step in rules.steps(deadline)[deadline.passed :]
        if step.kind != "lapse"
    )
    return sorted(rungs, key=lambda rung: rung.at)
