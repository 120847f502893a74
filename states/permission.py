"""Who may do what: the one policy of API, pages and workflow validator. What is not granted is denied."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from states.appraisal import Appraisal
from states.commands import Command
from states.errors import (
    ConflictOfInterest,
    ContentMissing,
    DomainError,
    IllegalTransition,
    NobodyAbove,
    NotPermitted,
    ParameterInvalid,
)
from states.guards import GUARDS
from states.rule_context import RuleContext
from states.stages import Capacity
from states.table import PERMISSIONS, ROWS, UNOFFERED_TRIGGERS
from states.transition_context import TransitionContext
from states.triggers import Trigger

_PARAMETERS: dict[str, tuple[str, ...]] = {
    "legal_ground": ("ground",),
    "later_due_day": ("until",),
    "assignee_named": ("assignee", "assigned_capacity"),
    "assignee_valid": ("assignee", "assigned_capacity"),
    "rater_valid": ("assignee", "assigned_capacity"),
    "receipt_day": ("received_on",),
    "official_evidence": ("evidence",),
    "corrected_receipt_day": ("received_on",),
    "extension_with_a_basis": ("authority",),
    "dismissal_ground_listed": ("dismissal_ground",),
    "new_result": ("result",),
    "reopening_allowed": ("reopening_ground", "reference"),
}


_JUDGING = frozenset({Capacity.RATER, Capacity.RATER_SUPERIOR, Capacity.APPEALS_OFFICER})
"""Capacities in which nobody acts who declared a conflict of interest, nor anybody in his name."""

_JUDGES_NOBODY = frozenset({Trigger.ADOPT_CALENDAR})
"""What reaches everybody alike, the person who puts it on record among them: a decree."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a person may do now, and what must come with it."""

    trigger: Trigger
    capacity: Capacity
    needs_text: bool
    parameters: tuple[str, ...]


def refusal(context: TransitionContext) -> DomainError | None:
    """Why the command is refused, or None when it is allowed. The most general reason comes first."""
    appraisal, command = context.appraisal, context.command
    place = (appraisal.stage, command.trigger)
    rows = ROWS.get(place)
    if rows is None:
        return IllegalTransition(trigger=command.trigger, stage=appraisal.stage)
    own_case = command.actor == appraisal.employee
    if command.capacity not in PERMISSIONS[place] or (command.capacity is Capacity.EMPLOYEE and not own_case):
        return NotPermitted(trigger=command.trigger, stage=appraisal.stage, capacity=command.capacity)
    if own_case and command.capacity is not Capacity.EMPLOYEE and command.trigger not in _JUDGES_NOBODY:
        return ConflictOfInterest()
    if command.trigger is not Trigger.DECLARE_CONFLICT and _is_biased(command, appraisal):
        return ConflictOfInterest()
    for name in rows[0].requires:
        if (error := GUARDS[name](context)) is not None:
            return error
    if rows[0].needs_text and command.document is None:
        return ContentMissing(field="text", trigger=command.trigger)
    return None


def _is_biased(command: Command, appraisal: Appraisal) -> bool:
    acting = {command.actor, command.on_behalf_of}
    return command.capacity in _JUDGING and not acting.isdisjoint(appraisal.conflicted)


def allowed_actions(
    appraisal: Appraisal,
    actor: str,
    capacities: Iterable[Capacity],
    now: dt.datetime,
    rules: RuleContext,
) -> tuple[Action, ...]:
    """What ``actor`` may do now in any of the ``capacities``, in the order of the table.

    Texts and parameters are given later, so a missing one does not rule out an action; nor does a successor who is
    only looked for when the action is taken.
    """
    held = tuple(capacities)
    actions = []
    for (stage, trigger), rows in ROWS.items():
        if stage is not appraisal.stage or trigger in UNOFFERED_TRIGGERS:
            continue
        for capacity in held:
            context = TransitionContext(
                appraisal, Command(id="", trigger=trigger, capacity=capacity, actor=actor), now, rules
            )
            error = refusal(context)
            if error is None or isinstance(error, ContentMissing | ParameterInvalid | NobodyAbove):
                parameters = tuple(name for guard in rows[0].requires for name in _PARAMETERS.get(guard, ()))
                actions.append(Action(trigger, capacity, rows[0].needs_text, parameters))
    return tuple(actions)
