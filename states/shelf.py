"""Regimes that this process has read already.

Scheme versions and calendars are immutable and addressed by key, so one that is on the shelf never changes.
"""

from states.appraisal import Appraisal
from states.regime import Regime

_SHELF: dict[tuple[str, str], Regime] = {}


def put(regime: Regime) -> None:
    """Keeps ``regime`` for the life of the process."""
    _SHELF[regime.book.key, regime.calendar.key] = regime


def find(appraisal: Appraisal) -> Regime | None:
    """The regime of ``appraisal``, if this process has read it."""
    return _SHELF.get((appraisal.rulebook, appraisal.calendar))
