"""Whether something may still be added to a case, or withdrawn from it."""

from service import policy
from service.appraisals.sight import Sight
from service.problems import CaseClosed, CaseNotBegun, ObjectionUndecided
from states.appraisal import Appraisal
from states.stages import CLOSED_STAGES, Stage


def refuse_unless_open(sight: Sight) -> None:
    """Raises `CaseNotBegun` before the day on which the planning opens, and `CaseClosed` after the end."""
    appraisal = sight.appraisal
    if appraisal.stage in CLOSED_STAGES:
        raise CaseClosed
    if appraisal.stage_of_work is not Stage.SCHEDULED:
        return
    # On that day the record may still say so for some minutes: the wakes of many cases are spread.
    if appraisal.opens_on is None or sight.rules.calendar.local_date(sight.now) < appraisal.opens_on:
        raise CaseNotBegun


def is_withdrawable(appraisal: Appraisal) -> bool:
    """Whether what belongs to a case may still be withdrawn from it by its author."""
    return appraisal.stage not in CLOSED_STAGES and not policy.is_contested(appraisal)


def refuse_unless_withdrawable(sight: Sight) -> None:
    """Raises `CaseNotBegun`, `CaseClosed`, and `ObjectionUndecided`: nobody takes from the file what the official who
    decides an objection is to decide from.
    """
    refuse_unless_open(sight)
    if policy.is_contested(sight.appraisal):
        raise ObjectionUndecided
