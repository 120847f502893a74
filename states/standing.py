"""The legal standing of a person (*kedudukan hukum*), in the codes of the national personnel exchange (SIASN)."""

from enum import StrEnum


class LegalStanding(StrEnum):
    """Legal standing of a civil servant; some need no SKP, and so no appraisal (PP 30/2019 art 23).

    Codes are text with a leading zero.
    """

    ACTIVE = "01"
    """*Aktif*."""
    UNPAID_LEAVE = "02"
    """*Cuti di luar tanggungan negara* (CLTN)."""
    STUDY_DUTY = "03"
    """*Tugas belajar* (art 43): the person is appraised, and holds no post meanwhile."""
    SUSPENDED = "04"
    """*Pemberhentian sementara*."""
    STATE_OFFICIAL = "07"
    """*Pejabat negara*, or head or member of a non-structural body."""
    UNPAID_LEAVE_EXTENDED = "13"
    """*Perpanjangan CLTN*."""
    DISCIPLINE = "15"
    """*Hukuman disiplin*: appraised like anybody else."""
    PRE_RETIREMENT = "20"
    """*Masa persiapan pensiun* (MPP)."""
    INACTIVE = "52"
    """*Tidak aktif*."""
    RETIRED = "98"
    """*Mencapai batas usia pensiun* (BUP)."""
    CLOSED = "99"
    """*Pensiun* or otherwise out of service: the file is closed."""


UNAVAILABLE = frozenset(
    {
        LegalStanding.UNPAID_LEAVE,
        LegalStanding.STUDY_DUTY,
        LegalStanding.SUSPENDED,
        LegalStanding.STATE_OFFICIAL,
        LegalStanding.UNPAID_LEAVE_EXTENDED,
        LegalStanding.PRE_RETIREMENT,
        LegalStanding.RETIRED,
        LegalStanding.CLOSED,
    }
)
"""Legal standings in which somebody holds no post, so that no task waits for him."""

FOR_GOOD = frozenset({LegalStanding.PRE_RETIREMENT, LegalStanding.RETIRED, LegalStanding.CLOSED})
"""Legal standings from which nobody comes back."""

ENDED_BY_RETURN = UNAVAILABLE - FOR_GOOD
"""Legal standings that end with the absence: a person who comes back is active again."""
