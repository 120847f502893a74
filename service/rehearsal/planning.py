"""Plans what scripted people do with a case."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from service.rehearsal.people import Ensemble
from states.rule_context import RuleContext
from states.scripted.behaviour import PlannedAction, next_action
from states.stages import Capacity
from states.triggers import Trigger
from store.cycle.rehearsing import RehearsedCase

Plan = Callable[[RehearsedCase, dt.datetime, RuleContext], PlannedAction | None]
"""The next action on a case, planned at a business moment. None if only the clock, or nobody, is awaited."""

_EXTENDED_BY = 10
"""An extension that comes late lasts at least this many working days from now."""


def usual_plan(ensemble: Ensemble) -> Plan:
    """Everybody acts by temperament. A person who was kept from acting in time acts at once."""

    def plan(case: RehearsedCase, now: dt.datetime, rules: RuleContext) -> PlannedAction | None:
        appraisal = case.appraisal
        # Planned from the stage's beginning: seconds that a server is away are days of business time here.
        action = next_action(appraisal, ensemble.temperaments(case), appraisal.entered_at, rules)
        if action is None or action.until is None or action.at >= now:
            return action
        until = rules.calendar.add_working_days(rules.calendar.local_date(now), _EXTENDED_BY)
        return replace(action, until=max(until, action.until))

    return plan


def replacing(case: RehearsedCase, capacity: Capacity, now: dt.datetime) -> PlannedAction:
    """The action at ``now`` by which HR replaces the holder of ``capacity``."""
    return PlannedAction(
        trigger=Trigger.REASSIGN,
        capacity=Capacity.HR,
        at=now,
        delay=now - case.appraisal.entered_at,
        needs_text=True,
        assigned_capacity=capacity,
    )
