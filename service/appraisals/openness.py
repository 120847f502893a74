"""Whether something may still be added to a case, or withdrawn from it."""

from service.problems import CaseClosed, CaseNotBegun
from states.appraisal import Appraisal
from states.stages import CLOSED_STAGES, Stage


def refuse_unless_open(appraisal: Appraisal) -> None:
    """Raises `CaseNotBegun` before the planning opens, and `CaseClosed` after the end."""
    if appraisal.stage_of_work is Stage.SCHEDULED:
        raise CaseNotBegun
    if appraisal.stage in CLOSED_STAGES:
        raise CaseClosed
