"""What keeps somebody out of a cycle, as one SQL expression for the launch and for the check before it."""

from enum import StrEnum

from sqlalchemy import ARRAY, DateTime, Text, bindparam
from sqlalchemy.dialects.postgresql import JSONB

from states.absences import AbsenceKind
from states.standing import LegalStanding


class SkipReason(StrEnum):
    """Why somebody gets no appraisal."""

    UNPAID_LEAVE = "unpaid_leave"
    """*Cuti di luar tanggungan negara*: no SKP (PP 30/2019 art 23)."""
    SUSPENDED = "suspended"
    """*Pemberhentian sementara*: no SKP (art 23)."""
    STATE_OFFICIAL = "state_official"
    """*Pejabat negara*, or head or member of a non-structural body: no SKP (art 23)."""
    PRE_RETIREMENT = "pre_retirement"
    """*Masa persiapan pensiun*: no SKP (art 23)."""
    LEFT_SERVICE = "left_service"
    """Service has ended, so there is nobody to appraise; art 23 does not speak of it."""
    UNIT_MERGED = "unit_merged"
    """Another unit took over the person's unit, and the person was not moved."""
    NO_CALENDAR = "no_calendar"
    """The unit has no time zone, so nothing says when its days end."""
    OWN_SUPERIOR = "own_superior"
    SUPERIOR_UNKNOWN = "superior_unknown"
    SUPERIOR_LOOP = "superior_loop"
    SUPERIOR_DAMAGED = "superior_damaged"
    """The number of the superior cannot be read."""
    NO_RATER = "no_rater"
    """The roster names no superior: somebody outside the agency rates, or a line is missing."""


EXEMPT: dict[LegalStanding, SkipReason] = {
    LegalStanding.UNPAID_LEAVE: SkipReason.UNPAID_LEAVE,
    LegalStanding.SUSPENDED: SkipReason.SUSPENDED,
    LegalStanding.STATE_OFFICIAL: SkipReason.STATE_OFFICIAL,
    LegalStanding.UNPAID_LEAVE_EXTENDED: SkipReason.UNPAID_LEAVE,
    LegalStanding.PRE_RETIREMENT: SkipReason.PRE_RETIREMENT,
}
"""Legal standings (*kedudukan hukum*, SIASN codes) that need no plan, and so no appraisal (PP 30/2019 art 23)."""

GONE: dict[LegalStanding, SkipReason] = {
    LegalStanding.RETIRED: SkipReason.LEFT_SERVICE,
    LegalStanding.CLOSED: SkipReason.LEFT_SERVICE,
}
"""Legal standings of people who are not in service."""

ABSENT: dict[AbsenceKind, SkipReason] = {
    AbsenceKind.UNPAID_LEAVE: SkipReason.UNPAID_LEAVE,
    AbsenceKind.SUSPENDED: SkipReason.SUSPENDED,
    AbsenceKind.STATE_OFFICIAL: SkipReason.STATE_OFFICIAL,
    AbsenceKind.PRE_RETIREMENT: SkipReason.PRE_RETIREMENT,
    AbsenceKind.RETIRED: SkipReason.LEFT_SERVICE,
    AbsenceKind.DIED: SkipReason.LEFT_SERVICE,
    AbsenceKind.LEFT: SkipReason.LEFT_SERVICE,
}
"""Absences with the same effect. Whoever is on leave (art 28(2)d), studies (43) or works elsewhere (44) is rated."""

WITHOUT_RATER = (
    SkipReason.OWN_SUPERIOR,
    SkipReason.SUPERIOR_UNKNOWN,
    SkipReason.SUPERIOR_LOOP,
    SkipReason.SUPERIOR_DAMAGED,
)
"""Why the roster gave no superior, as far as the import knows. The values are those of ``roster_finding.cause``."""

EXEMPTIONS = frozenset(EXEMPT.values())
"""Reasons that the law gives, those of PP 30/2019 art 23 alone."""

NOTHING_TO_REPAIR = EXEMPTIONS | frozenset(GONE.values())
"""Reasons after which nobody has to do anything."""


_IN_FORCE = "valid_from <= :moment AND (valid_until IS NULL OR valid_until > :moment)"
# A rater who is away is a warning, not an obstacle: his superior steps in, and where the line ends HR is told.
_HAS_RATER = "assigned_holder(person.id, 'rater', :moment) IS NOT NULL"

# The law comes first, as it leaves nothing to repair; a finding counts only while there is still no rater.
LAUNCH_OBSTACLE = f"""
    COALESCE(
        :exempt ->> person.legal_standing,
        (SELECT :absent ->> absence.kind FROM absence
            WHERE absence.person_id = person.id AND {_IN_FORCE} AND :absent ->> absence.kind IS NOT NULL
            ORDER BY absence.valid_from DESC, absence.id LIMIT 1),
        CASE WHEN unit.merged_at <= :moment THEN :unit_merged WHEN unit.zone = '' THEN :no_calendar END,
        CASE WHEN NOT {_HAS_RATER} THEN COALESCE(
            (SELECT roster_finding.cause FROM roster_finding
                WHERE roster_finding.person_id = person.id AND roster_finding.cause = ANY(:without_rater)
                ORDER BY roster_finding.found_at DESC, roster_finding.id LIMIT 1),
            :no_rater) END)
"""  # noqa: S608  # put together from the constants above, all values are bound
"""The `SkipReason` of a person as text, or NULL if the person can be launched.

An expression over rows ``person`` (with ``id`` and ``legal_standing``) and ``unit`` (``merged_at`` and ``zone``).
`OBSTACLE_BINDS` binds its parameters. The caller gives only ``moment``, in business time.
"""

OBSTACLE_BINDS = (
    bindparam("moment", type_=DateTime(timezone=True)),
    bindparam("exempt", EXEMPT | GONE, type_=JSONB()),
    bindparam("absent", ABSENT, type_=JSONB()),
    bindparam("unit_merged", SkipReason.UNIT_MERGED, type_=Text()),
    bindparam("no_calendar", SkipReason.NO_CALENDAR, type_=Text()),
    bindparam("without_rater", WITHOUT_RATER, type_=ARRAY(Text())),
    bindparam("no_rater", SkipReason.NO_RATER, type_=Text()),
)
