"""Conditions that choose among the rows of one trigger. They never refuse; guards do."""

from collections.abc import Callable

from states.adopting import check_ins_behind
from states.outcomes import SETTLED
from states.response_term import term_from
from states.stage_groups import PLANNED_STAGES
from states.stages import RUNNING_STAGES, Stage
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


def _check_ins_left_anew(context: TransitionContext) -> int:
    new = context.adopting
    return (
        0
        if new is None
        else len(new.book.check_ins) - check_ins_behind(context.appraisal, new, context.today)
    )


def _report_owed(context: TransitionContext) -> bool:
    return Stage.REPORTING in context.rules.book.stages


def _settled_by_objection(context: TransitionContext) -> bool:
    return context.appraisal.outcome in SETTLED


def _response_reopens(context: TransitionContext) -> bool:
    """A corrected receipt leaves days of the response that had been taken for over."""
    day = context.command.received_on
    term = None if day is None else term_from(context, day)
    return term is not None and term.by_law >= context.today


CONDITIONS: dict[str, Condition] = {
    "check_in_ahead": lambda context: _check_ins_left(context) > 0,
    "no_check_in_ahead": lambda context: _check_ins_left(context) <= 0,
    "another_check_in_ahead": lambda context: _check_ins_left(context) > 1,
    "last_check_in": lambda context: _check_ins_left(context) <= 1,
    "check_in_ahead_anew": lambda context: _check_ins_left_anew(context) > 0,
    "no_check_in_ahead_anew": lambda context: _check_ins_left_anew(context) <= 0,
    "on_a_plan": lambda context: context.appraisal.basis is None,
    "on_another_basis": lambda context: context.appraisal.basis is not None,
    "screened": lambda context: context.rules.book.plan_screening,
    "not_screened": lambda context: not context.rules.book.plan_screening,
    "delivered_to_employee": lambda context: context.appraisal.received_on is not None,
    "not_yet_delivered_to_employee": lambda context: context.appraisal.received_on is None,
    "countersigned": lambda context: context.appraisal.countersigned,
    "not_countersigned": lambda context: not context.appraisal.countersigned,
    "response_reopens": _response_reopens,
    "report_owed": _report_owed,
    "no_report_owed": lambda context: not _report_owed(context),
    "settled_by_objection": _settled_by_objection,
    "not_settled_by_objection": lambda context: not _settled_by_objection(context),
    "moderated": lambda context: context.rules.book.moderation,
    "not_moderated": lambda context: not context.rules.book.moderation,
    **{f"plan_returns_to_{stage}": _plan_returns_to(stage) for stage in PLANNED_STAGES},
    **{f"suspended_from_{stage}": _suspended_from(stage) for stage in RUNNING_STAGES},
}
"""Every condition that the table may name."""
