"""Conditions that choose among the rows of one trigger. They never refuse; guards do."""

from collections.abc import Callable

from states.motion import Motion
from states.stages import RUNNING_STAGES, Stage
from states.table import PLANNED_STAGES

Condition = Callable[[Motion], bool]


def _plan_returns_to(stage: Stage) -> Condition:
    return lambda motion: motion.appraisal.plan_returns_to is stage


def _suspended_from(stage: Stage) -> Condition:
    def condition(motion: Motion) -> bool:
        suspension = motion.appraisal.suspension
        return suspension is not None and suspension.source is stage

    return condition


def _check_ins_left(motion: Motion) -> int:
    return len(motion.regime.book.check_ins) - motion.appraisal.check_ins_done


CONDITIONS: dict[str, Condition] = {
    "check_in_ahead": lambda motion: _check_ins_left(motion) > 0,
    "no_check_in_ahead": lambda motion: _check_ins_left(motion) <= 0,
    "another_check_in_ahead": lambda motion: _check_ins_left(motion) > 1,
    "last_check_in": lambda motion: _check_ins_left(motion) <= 1,
    "moderated": lambda motion: motion.regime.book.moderation,
    "not_moderated": lambda motion: not motion.regime.book.moderation,
    **{f"plan_returns_to_{stage}": _plan_returns_to(stage) for stage in PLANNED_STAGES},
    **{f"suspended_from_{stage}": _suspended_from(stage) for stage in RUNNING_STAGES},
}
"""Every condition that the table may name."""
