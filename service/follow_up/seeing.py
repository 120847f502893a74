"""Whose results stand in a list for a personnel officer. Pure."""

import uuid

from content.sight.rules import Kind, Role, Sight
from content.sight.table import sight_of
from service.appraisals.result_shown import waits_to_be_seen
from service.follow_up.gathering import Gathered
from service.sight.seeing import is_delivered


def is_listed(found: Gathered, asker: uuid.UUID | None) -> bool:
    """Whether somebody's year stands in a list that ``asker`` reads; None for a file that an operator writes.

    Only what was handed over, and only where the scheme opens results to personnel officers. The asker's own result
    is left out until he has opened it himself: a list is no way to receive it.
    """
    appraisal = found.last.appraisal
    if not is_delivered(appraisal) or found.last.case.predicate is None:
        return False
    if asker == found.who.employee_id:
        return not waits_to_be_seen(appraisal)
    seen = sight_of(found.rules, Role.HR, Kind.RATING, appraisal.stage_of_work, delivered=True)
    return seen is Sight.VISIBLE
