"""Whether something may still be added to a case, or withdrawn from it."""

from service import policy
from service.appraisals.sight import Sight
from service.problems import CaseClosed, CaseNotBegun, ResultRests
from states.appraisal import Appraisal
from states.stage_groups import UNRATED_STAGES
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


def is_withdrawable(appraisal: Appraisal, *, own: bool) -> bool:
    """Whether its author may still withdraw what he added to a case; ``own`` says that it is his own case.

    An official takes nothing away on which the result of another rests. The employee takes back what is his, unless
    an objection is to be decided from it (PP 30/2019 art 59(3)).
    """
    if appraisal.stage in CLOSED_STAGES:
        return False
    return not policy.is_contested(appraisal) if own else appraisal.stage_of_work in UNRATED_STAGES


def refuse_unless_withdrawable(sight: Sight, *, own: bool) -> None:
    """Raises `CaseNotBegun`, `CaseClosed` and `ResultRests`."""
    refuse_unless_open(sight)
    if not is_withdrawable(sight.appraisal, own=own):
        raise ResultRests
