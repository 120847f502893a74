"""Gathers the rows of deadlines that begin, lapse and end with the events of one decision."""

import datetime as dt
from dataclasses import dataclass, field

from states.appraisal import Appraisal, Deadline
from states.codec import Json
from states.events import Acted, Event, Lapsed
from states.rule_context import RuleContext

STAGE = ""
"""In the column ``duty``: what the stage itself awaits."""


@dataclass(slots=True)
class DeadlineRows:
    """The deadlines of the stage and of each duty, event by event."""

    begun: list[Json] = field(default_factory=list)
    """New rows."""
    stopped: dict[str, Json] = field(default_factory=dict)
    """By duty: what became of the deadline that ran before."""

    def add(self, event: Event, previous: Appraisal, after: Appraisal, rules: RuleContext) -> None:
        """Takes in the next event, which leads from ``previous`` to ``after``; ``rules`` are those of ``after``."""
        if isinstance(event, Lapsed):
            self._running(_lapsed(event, after))["lapsed_at"] = event.at.isoformat()
        elif isinstance(event, Acted):
            before, now = _deadlines(previous), _deadlines(after)
            for duty in sorted(before.keys() | now.keys()):
                if now.get(duty) is not before.get(duty):
                    self._running(duty)["ended_sequence"] = after.sequence
                    self._begin(duty, event, previous, after, rules)

    def _running(self, duty: str) -> Json:
        """The row that runs now: one of this decision, or the one that ran before it."""
        for row in reversed(self.begun):
            if row["duty"] == duty and row["ended_sequence"] is None:
                return row
        return self.stopped.setdefault(duty, {"duty": duty, "ended_sequence": None, "lapsed_at": None})

    def _begin(
        self, duty: str, event: Acted, previous: Appraisal, after: Appraisal, rules: RuleContext
    ) -> None:
        deadline = _deadlines(after).get(duty)
        rule = None if deadline is None else rules.rule_named(deadline.rule)
        if deadline is None or rule is None:
            return
        before = event.due_before if duty == STAGE else _moved_from(duty, deadline, previous)
        self.begun.append(
            {
                "duty": duty,
                "sequence": after.sequence,
                "rule": rule.rule,
                "unit": rule.unit.value,
                "article": rule.article,
                "statutory": rule.statutory,
                "started_on": deadline.started_on.isoformat(),
                "due_on": deadline.due_on.isoformat(),
                "statutory_on": deadline.statutory_on.isoformat() if deadline.statutory_on else None,
                "due_before": before.isoformat() if before else None,
                "lapsed_at": None,
                "ended_sequence": None,
            }
        )


def _deadlines(appraisal: Appraisal) -> dict[str, Deadline]:
    stage = {} if appraisal.deadline is None else {STAGE: appraisal.deadline}
    return stage | {duty.kind.value: duty.deadline for duty in appraisal.duties}


def _lapsed(event: Lapsed, after: Appraisal) -> str:
    for duty, deadline in _deadlines(after).items():
        if deadline.rule == event.rule:
            return duty
    return STAGE


def _moved_from(duty: str, deadline: Deadline, previous: Appraisal) -> dt.date | None:
    """The day that the deadline of a duty had before; None if the duty begins."""
    kept = previous.suspension.duties if previous.suspension else ()
    for each in (*previous.duties, *kept):
        before = each.deadline
        if each.kind.value == duty and (before.rule, before.started_on) == (
            deadline.rule,
            deadline.started_on,
        ):
            return None if before.due_on == deadline.due_on else before.due_on
    return None
