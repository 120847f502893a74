"""What a change of the organisation does to the case of the person concerned. Pure."""

from collections.abc import Collection, Mapping

from states.absences import FINAL, AbsenceKind
from states.appraisal import Appraisal
from states.stage_groups import OBJECTION_STAGES, PLANNED_STAGES
from states.stages import HOLDERS, OPEN_STAGES, Capacity, Stage
from states.triggers import RatingBasis, Trigger

RESULT_STAGES = frozenset(
    {
        Stage.RATING,
        Stage.MODERATION,
        Stage.FEEDBACK_MEETING,
        Stage.RESPONSE,
        Stage.COUNTERSIGN,
        Stage.AGREED,
        Stage.REPORTING,
        Stage.OBJECTED,
        Stage.OBJECTION_REVIEW,
    }
)
"""Stages in which the work is done and its result is being settled, mostly by others than the employee."""

OTHER_BASES: Mapping[AbsenceKind, RatingBasis] = {
    AbsenceKind.STUDY: RatingBasis.ACADEMIC_RECORD,
    AbsenceKind.SECONDMENT: RatingBasis.HOST_MATERIAL,
}
"""Absences in which the employee works or studies elsewhere, and is rated on that (PP 30/2019 arts 43 and 44)."""

_SETTLED = frozenset({Stage.AGREED, Stage.REPORTING})
"""Stages after which nothing can come to await the employee."""


def has_approved_plan(appraisal: Appraisal) -> bool:
    """Whether there is an approved plan whose work is not being rated yet."""
    return (
        appraisal.stage in (*PLANNED_STAGES, Stage.SELF_ASSESSMENT) or appraisal.plan_returns_to is not None
    )


def of_absence(
    appraisal: Appraisal,
    kind: AbsenceKind,
    *,
    long: bool,
    evaluate: bool,
    bases: Collection[RatingBasis] = (),
) -> Trigger | None:
    """What an absence does to the person's own case; None leaves it as it is.

    ``long`` says whether a leave lasts more than a month (PP 30/2019 art 28(2)d); other absences are long. ``bases``
    are those that the scheme of the case knows. An absence touches only what waits on the absent person: the rater's
    stages go on. If the person will not come back, a case before its rating is cancelled or, with ``evaluate`` and
    an approved plan, rated. A death cancels every open case but one whose result was received: that stands.
    """
    if appraisal.stage not in OPEN_STAGES:
        return None
    if kind is AbsenceKind.DIED:
        stands = appraisal.received_on is not None or appraisal.stage_of_work in OBJECTION_STAGES
        return None if stands else Trigger.CANCEL
    if kind in FINAL:
        return _of_leaving(appraisal, evaluate=evaluate)
    if (kind is AbsenceKind.LEAVE and not long) or appraisal.stage in (Stage.SUSPENDED, *_SETTLED):
        return None
    if kind in OTHER_BASES:
        return _of_other_basis(appraisal, OTHER_BASES[kind], bases)
    waits = HOLDERS[appraisal.stage] is Capacity.EMPLOYEE
    needs_no_plan = kind is not AbsenceKind.LEAVE and appraisal.stage not in RESULT_STAGES
    return Trigger.SUSPEND if waits or needs_no_plan else Trigger.NOTE_ABSENCE


def _of_other_basis(
    appraisal: Appraisal, basis: RatingBasis, bases: Collection[RatingBasis]
) -> Trigger | None:
    """The absence is rated on the other basis; a scheme that knows none lets the case stand still.

    What was done under an approved plan is rated by itself, and a new period begins (PP 30/2019 art 36).
    """
    if appraisal.stage in RESULT_STAGES:
        return None
    if basis not in bases:
        return Trigger.SUSPEND
    if appraisal.stage is Stage.SELF_ASSESSMENT or appraisal.basis is basis:
        return None
    planned = appraisal.basis is None and has_approved_plan(appraisal)
    return Trigger.CLOSE_PERIOD if planned else Trigger.FOLLOW_PATH


def _of_leaving(appraisal: Appraisal, *, evaluate: bool) -> Trigger | None:
    if appraisal.stage in RESULT_STAGES:
        return None
    if appraisal.suspension is not None and appraisal.suspension.source in RESULT_STAGES:
        return None if appraisal.disputed else Trigger.RESUME
    if evaluate and appraisal.suspension is None and has_approved_plan(appraisal):
        return Trigger.CLOSE_PERIOD
    return Trigger.CANCEL


def of_return(appraisal: Appraisal) -> Trigger | None:
    """What the end of an absence does to the person's own case; a dispute goes on stopping the clock.

    What was done elsewhere is rated, and a new period begins with a plan of its own (PP 30/2019 art 24(3)).
    """
    if appraisal.stage is Stage.SUSPENDED:
        return None if appraisal.disputed else Trigger.RESUME
    if appraisal.basis is not None and appraisal.stage is Stage.SECOND_HALF:
        return Trigger.CLOSE_PERIOD
    return Trigger.NOTE_RETURN if appraisal.away and appraisal.stage in OPEN_STAGES else None


def of_move(appraisal: Appraisal) -> Trigger | None:
    """What a move to another post does to the person's own case (PP 30/2019 arts 24(3), 36).

    With an approved plan the period closes, its own rater rates it, and a new period begins. Otherwise the
    plan is made with the new rater. A result that is being settled stays with those who settle it.
    """
    if appraisal.stage in RESULT_STAGES or appraisal.stage not in OPEN_STAGES:
        return None
    return Trigger.CLOSE_PERIOD if has_approved_plan(appraisal) else Trigger.NOTE_CHANGE
