"""What a change of the organisation does to the case of the person concerned. Pure."""

from states.absences import FINAL, AbsenceKind
from states.appraisal import Appraisal
from states.stages import OPEN_STAGES, Stage
from states.table import PLANNED_STAGES
from states.triggers import Trigger

RESULT_STAGES = frozenset(
    {
        Stage.RATING,
        Stage.MODERATION,
        Stage.FEEDBACK_MEETING,
        Stage.RESPONSE,
        Stage.COUNTERSIGN,
        Stage.AGREED,
        Stage.OBJECTED,
        Stage.OBJECTION_REVIEW,
    }
)
"""Stages in which the work is done and its result is being settled, mostly by others than the employee."""

_WITHOUT_EMPLOYEE = frozenset({Stage.COUNTERSIGN, Stage.AGREED, Stage.OBJECTED, Stage.OBJECTION_REVIEW})
"""Result stages that need nothing from the employee."""


def has_approved_plan(appraisal: Appraisal) -> bool:
    """Whether there is an approved plan whose work is not being rated yet."""
    return (
        appraisal.stage in (*PLANNED_STAGES, Stage.SELF_ASSESSMENT) or appraisal.plan_returns_to is not None
    )


def of_absence(appraisal: Appraisal, kind: AbsenceKind, *, long: bool, evaluate: bool) -> Trigger | None:
    """What an absence does to the person's own case; None leaves it as it is.

    ``long`` says whether a leave lasts more than a month (PP 30/2019 art 28(2)d); other absences are long.
    If the person will come back, the clock stops and keeps its remainder. If not, a case before its rating is
    cancelled or, with ``evaluate`` and an approved plan, rated. A death cancels every open case.
    """
    if appraisal.stage not in OPEN_STAGES:
        return None
    if kind is AbsenceKind.DIED:
        return Trigger.CANCEL
    if kind in FINAL:
        return _of_leaving(appraisal, evaluate=evaluate)
    if kind is AbsenceKind.LEAVE and not long:
        return None
    if appraisal.stage is Stage.SUSPENDED or appraisal.stage in _WITHOUT_EMPLOYEE:
        return None
    return Trigger.SUSPEND


def _of_leaving(appraisal: Appraisal, *, evaluate: bool) -> Trigger | None:
    if appraisal.stage in RESULT_STAGES:
        return None
    if appraisal.suspension is not None and appraisal.suspension.source in RESULT_STAGES:
        return None if appraisal.disputed else Trigger.RESUME
    if evaluate and appraisal.suspension is None and has_approved_plan(appraisal):
        return Trigger.CLOSE_PERIOD
    return Trigger.CANCEL


def of_return(appraisal: Appraisal) -> Trigger | None:
    """The end of an absence lets the clock of the person's own case run on, unless a dispute stops it."""
    return Trigger.RESUME if appraisal.stage is Stage.SUSPENDED and not appraisal.disputed else None


def of_move(appraisal: Appraisal) -> Trigger | None:
    """What a move to another post does to the person's own case (PP 30/2019 arts 24(3), 36).

    With an approved plan the period closes, its own rater rates it, and a new period begins. Otherwise the
    plan is made with the new rater. A result that is being settled stays with those who settle it.
    """
    if appraisal.stage in RESULT_STAGES or appraisal.stage not in OPEN_STAGES:
        return None
    return Trigger.CLOSE_PERIOD if has_approved_plan(appraisal) else Trigger.NOTE_CHANGE
