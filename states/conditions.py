"""Conditions that choose among the rows of one trigger. They never refuse; guards do."""

from collections.abc import Callable

from states.stages import RUNNING_STAGES, Stage
from states.table import PLANNED_STAGES
from states.transition_context import TransitionContext

Condition = Callable[[TransitionContext], bool]


def _plan_returns_to(stage: Stage) -> Condition:
    return lambda context: context.appraisal.plan_returns_to is stage


def _suspended_from(stage: Stage) -> Condition:
    def condition(context: TransitionContext) -> bool:
        suspension = context.appraisal.suspension
        return suspension is not None and suspension.source is stage

    return condition


def _check_ins_left(context: TransitionContext) -> int:
    return len(context.rules.book.check_ins) - context.appraisal.check_ins_done


CONDITIONS: dict[str, Condition] = {
    "check_in_ahead": lambda context: _check_ins_left(context) > 0,
    "no_check_in_ahead": lambda context: _check_ins_left(context) <= 0,
    "another_check_in_ahead": lambda context: _check_ins_left(context) > 1,
    "last_check_in": lambda context: _check_ins_left(context) <= 1,
    "moderated": lambda context: context.rules.book.moderation,
    "not_moderated": lambda context: not context.rules.book.moderation,
    **{f"plan_returns_to_{stage}": _plan_returns_to(stage) for stage in PLANNED_STAGES},
    **{f"suspended_from_{stage}": _suspended_from(stage) for stage in RUNNING_STAGES},
}
"""Every condition that the table may name."""
