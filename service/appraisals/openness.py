"""Whether something may still be added to a case, or withdrawn from it."""

from service.appraisals.sight import Sight
from service.problems import CaseClosed, CaseNotBegun
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
