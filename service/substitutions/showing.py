"""A substitution, in the language of its reader."""

import datetime as dt

from service.relations.wording import basis_name, substitution_state_name
from service.substitutions.schemas import SubstitutionLine
from states.operations.agency_time import AgencyTime
from store.substitution.reading import Substitution
from translations import Locale

_INSTANT = dt.timedelta(milliseconds=2)
"""The tolerance for a substitution that begins at once: it begins slightly before the moment of its operation."""


def shown_substitution(row: Substitution, time: AgencyTime, locale: Locale) -> SubstitutionLine:
    """One substitution, with its days in the agency's time zone."""
    first_day = time.day_of(row.valid_from + _INSTANT)
    ends = None if row.valid_until is None else time.day_of(row.valid_until - _INSTANT)
    return SubstitutionLine(
        id=row.id,
        kind=row.kind,
        kind_name=basis_name(row.kind, locale),
        state=row.state,
        state_name=substitution_state_name(row.state, locale),
        official_id=row.official_id,
        official=row.official,
        substitute_id=row.substitute_id,
        substitute=row.substitute,
        first_day=first_day,
        last_day=None if ends is None else max(first_day, ends),
        letter=row.letter,
        reason=row.reason,
        operation_id=row.operation_id,
    )
