"""Scripted people for rehearsals and for ``kinerja simulate``: who does what next, and when.

Pure and repeatable: the case's id and the stage's beginning fix every choice, so the same question has the
same answer until something happens.
"""

import datetime as dt
from dataclasses import dataclass

from states.appraisal import Appraisal
from states.commands import Command
from states.rule_context import RuleContext
from states.scripted.intentions import PLANS, Temperaments, duty, interruption
from states.scripted.pace import Pace
from states.scripted.temperament import USUAL_MIX, Dice, Temperament, temperament_of
from states.stages import Capacity
from states.table import ROWS
from states.triggers import DismissalGround, ReopeningGround, RevisionGround, Trigger

__all__ = ["USUAL_MIX", "PlannedAction", "Temperament", "next_action", "temperament_of"]


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """What somebody does next unless something else happens first."""

    trigger: Trigger
    capacity: Capacity
    at: dt.datetime
    """The moment in business time."""
    delay: dt.timedelta
    """The same moment, counted from the stage's beginning."""
    needs_text: bool
    until: dt.date | None = None
    received_on: dt.date | None = None
    ground: RevisionGround | None = None
    assigned_capacity: Capacity | None = None
    """For a reassignment: the capacity handed over. The caller chooses the successor."""
    dismissal_ground: DismissalGround | None = None
    reopening_ground: ReopeningGround | None = None
    reference: str | None = None

    def command(
        self,
        *,
        id: str,  # the field's name in Command
        actor: str,
        assignee: str | None = None,
        document: str | None = None,
    ) -> Command:
        """The command by ``actor``; a ``document`` is dropped if the action takes no text."""
        return Command(
            id=id,
            trigger=self.trigger,
            capacity=self.capacity,
            actor=actor,
            document=document if self.needs_text else None,
            until=self.until,
            received_on=self.received_on,
            ground=self.ground,
            assignee=assignee,
            assigned_capacity=self.assigned_capacity,
            result=document if self.trigger is Trigger.CHANGE_RESULT else None,
            authority=document if self.trigger is Trigger.EXTEND else None,
            dismissal_ground=self.dismissal_ground,
            reopening_ground=self.reopening_ground,
            reference=self.reference,
        )


def next_action(
    appraisal: Appraisal, temperaments: Temperaments, now: dt.datetime, rules: RuleContext
) -> PlannedAction | None:
    """What people do next in this stage, at ``now`` or later; None when only the clock or nobody is awaited.

    A capacity without a temperament is steady. A planned moment that has passed (the actor has just taken
    over) moves to the actor's next time at work.
    """
    plan = PLANS.get(appraisal.stage)
    if plan is None:
        return None
    dice = Dice(f"{appraisal.id}|{appraisal.revision}|{appraisal.stage}|{appraisal.entered_at.timestamp()}")
    pace = Pace(appraisal, rules, dice, rules.calendar.local_date(appraisal.entered_at))
    wish = interruption(pace) or plan(pace, temperaments)
    owed = duty(pace, temperaments) if appraisal.duties else None
    if owed is not None and (wish is None or owed.at < wish.at):
        wish = owed
    if wish is None:
        return None
    at = pace.not_before(wish.at, now)
    return PlannedAction(
        trigger=wish.trigger,
        capacity=wish.capacity,
        at=at,
        delay=at - appraisal.entered_at,
        needs_text=ROWS[appraisal.stage, wish.trigger][0].needs_text,
        until=wish.until,
        received_on=pace.entered_on if wish.trigger is Trigger.RECORD_RECEIPT else None,
        ground=wish.ground,
        assigned_capacity=wish.assigned_capacity,
        dismissal_ground=wish.dismissal_ground,
        reopening_ground=wish.reopening_ground,
        reference=wish.reference,
    )
