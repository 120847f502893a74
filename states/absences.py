"""Why somebody does not hold his post, and what that means for tasks that wait for him."""

import datetime as dt
from enum import StrEnum

from states.standing import LegalStanding


class AbsenceKind(StrEnum):
    """The reason for an absence, as personnel files name it."""

    LEAVE = "leave"
    """*Cuti*: always with an end. Sickness or leave of more than a month may change the SKP (PP 30/2019 art 28(2)d)."""
    STUDY = "study"
    """*Tugas belajar* (art 43), legal standing 03."""
    SECONDMENT = "secondment"
    """*Penugasan di luar instansi*: to a friendly state, an international, professional or private body (art 44)."""
    UNPAID_LEAVE = "unpaid_leave"
    """*Cuti di luar tanggungan negara* (art 23), legal standing 02 or 13."""
    SUSPENDED = "suspended"
    """*Pemberhentian sementara* (art 23), legal standing 04."""
    STATE_OFFICIAL = "state_official"
    """*Pejabat negara*, or head or member of a non-structural body (art 23), legal standing 07."""
    PRE_RETIREMENT = "pre_retirement"
    """*Masa persiapan pensiun* (art 23), legal standing 20."""
    RETIRED = "retired"
    """*Pensiun*, legal standing 98 or 99."""
    DIED = "died"
    LEFT = "left"
    """Moved to another agency, or left the service."""


FINAL = frozenset({AbsenceKind.PRE_RETIREMENT, AbsenceKind.RETIRED, AbsenceKind.DIED, AbsenceKind.LEFT})
"""Absences from which nobody comes back."""

LEGAL_STANDINGS: dict[AbsenceKind, LegalStanding] = {
    AbsenceKind.STUDY: LegalStanding.STUDY_DUTY,
    AbsenceKind.UNPAID_LEAVE: LegalStanding.UNPAID_LEAVE,
    AbsenceKind.SUSPENDED: LegalStanding.SUSPENDED,
    AbsenceKind.STATE_OFFICIAL: LegalStanding.STATE_OFFICIAL,
    AbsenceKind.PRE_RETIREMENT: LegalStanding.PRE_RETIREMENT,
    AbsenceKind.RETIRED: LegalStanding.RETIRED,
    AbsenceKind.DIED: LegalStanding.CLOSED,
    AbsenceKind.LEFT: LegalStanding.CLOSED,
}
"""The legal standing that an absence gives; leave and secondment give none."""


def longer_than_a_month(start: dt.date, end: dt.date | None) -> bool:
    """Whether an absence from ``start`` to ``end``, exclusive, lasts more than a month (art 28(2)d)."""
    if end is None:
        return True
    month, year = (start.month % 12 + 1, start.year + start.month // 12)
    first_after = dt.date(year + month // 12, month % 12 + 1, 1)
    last = (first_after - dt.timedelta(days=1)).day
    return end > dt.date(year, month, min(start.day, last))
