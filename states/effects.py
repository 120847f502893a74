"""What a change of the organisation does to the appraisal of the person whom it is about. Pure."""

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
"""Stages in which the work is done and its result is being settled, by others than the employee for the most part."""

_WITHOUT_EMPLOYEE = frozenset({Stage.COUNTERSIGN, Stage.AGREED, Stage.OBJECTED, Stage.OBJECTION_REVIEW})
"""Result stages that go on without anything from the employee."""


def has_approved_plan(appraisal: Appraisal) -> bool:
    """Whether a plan was approved under which work has been done, that is not being rated yet."""
    return (
        appraisal.stage in (*PLANNED_STAGES, Stage.SELF_ASSESSMENT) or appraisal.plan_returns_to is not None
    )


def of_absence(appraisal: Appraisal, kind: AbsenceKind, *, long: bool, evaluate: bool) -> Trigger | None:
    """What an absence does to the own appraisal; None leaves it as it is.

    ``long`` tells of a leave that it lasts more than a month (PP 30/2019 art 28(2)d); other absences are long.
    Whoever comes back finds the clock where it stood; of those who do not, an appraisal that has not come to its
    rating is closed, or rated if ``evaluate`` and a plan was approved. After a death nothing goes on.
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
    """What the end of an absence does to the own appraisal: its clock runs on, unless a dispute holds it."""
    return Trigger.RESUME if appraisal.stage is Stage.SUSPENDED and not appraisal.disputed else None


def of_move(appraisal: Appraisal) -> Trigger | None:
    """What a move to another post does to the own appraisal (PP 30/2019 arts 24(3), 36).

    Under an approved plan the period closes and is rated by its own rater, and a new one begins. Without one,
    the plan is made with the new rater. A result that is being settled stays with those who settle it.
    """
    if appraisal.stage in RESULT_STAGES or appraisal.stage not in OPEN_STAGES:
        return None
    return Trigger.CLOSE_PERIOD if has_approved_plan(appraisal) else Trigger.NOTE_CHANGE
