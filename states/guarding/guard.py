"""What a guard is, and what several of them say."""

import datetime as dt
from collections.abc import Callable

from states.errors import AlreadyRecorded, DomainError, IllegalTransition, TooEarly
from states.transition_context import TransitionContext

Guard = Callable[[TransitionContext], DomainError | None]
"""Why a command is refused; None lets it pass."""


def too_early(context: TransitionContext, day: dt.date | None) -> TooEarly:
    """The action is possible from ``day``; None where no day is known."""
    return TooEarly(trigger=context.command.trigger, date=day.isoformat() if day else "-")


def impossible(context: TransitionContext) -> IllegalTransition:
    """The stage knows the action, and its circumstances do not."""
    return IllegalTransition(trigger=context.command.trigger, stage=context.appraisal.stage)


def recorded(context: TransitionContext) -> AlreadyRecorded:
    """The fact is on record."""
    return AlreadyRecorded(trigger=context.command.trigger)
