"""What keeps somebody out of a cycle, as one SQL expression for the launch and for whatever looks ahead of it."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import DateTime, bindparam

from states.absences import AbsenceKind
from states.standing import LegalStanding


class SkipReason(StrEnum):
    """Why somebody gets no appraisal."""

    UNPAID_LEAVE = "unpaid_leave"
    """*Cuti di luar tanggungan negara* (PP 30/2019 art 23)."""
    SUSPENDED = "suspended"
    """*Pemberhentian sementara* (art 23)."""
    STATE_OFFICIAL = "state_official"
    """*Pejabat negara* (art 23)."""
    PRE_RETIREMENT = "pre_retirement"
    """*Masa persiapan pensiun* (art 23)."""
    LEFT_SERVICE = "left_service"
    UNIT_MERGED = "unit_merged"
    """The unit was taken over by another one, and the person still stands in it."""
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
    LegalStanding.RETIRED: SkipReason.LEFT_SERVICE,
    LegalStanding.CLOSED: SkipReason.LEFT_SERVICE,
}
"""Legal standings (*kedudukan hukum*, SIASN codes) that need no plan and so no appraisal."""

ABSENT: dict[AbsenceKind, SkipReason] = {
    AbsenceKind.UNPAID_LEAVE: SkipReason.UNPAID_LEAVE,
    AbsenceKind.SUSPENDED: SkipReason.SUSPENDED,
    AbsenceKind.STATE_OFFICIAL: SkipReason.STATE_OFFICIAL,
    AbsenceKind.PRE_RETIREMENT: SkipReason.PRE_RETIREMENT,
    AbsenceKind.RETIRED: SkipReason.LEFT_SERVICE,
    AbsenceKind.DIED: SkipReason.LEFT_SERVICE,
    AbsenceKind.LEFT: SkipReason.LEFT_SERVICE,
}
"""Absences with the same effect. Leave and study are not among them: who is on them has an appraisal."""

WITHOUT_RATER = (
    SkipReason.OWN_SUPERIOR,
    SkipReason.SUPERIOR_UNKNOWN,
    SkipReason.SUPERIOR_LOOP,
    SkipReason.SUPERIOR_DAMAGED,
)
"""Why the roster gave no superior, where its import knows: equal to ``roster_finding.cause``."""

EXEMPTIONS = frozenset(EXEMPT.values())
"""Reasons that the law gives: nobody has to repair anything."""


def _cases(reasons: Iterable[tuple[str, SkipReason]]) -> str:
    return " ".join(f"WHEN '{value}' THEN '{reason}'" for value, reason in reasons)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


_IN_FORCE = "valid_from <= :moment AND (valid_until IS NULL OR valid_until > :moment)"
# A rater who is away is a warning and no obstacle: his superior steps in, and at the end of the line HR is told.
_HAS_RATER = "assigned_holder(person.id, 'rater', :moment) IS NOT NULL"

# The law comes first, as it leaves nothing to repair; a finding counts only while there is still no rater. The values
# stand in it themselves: to look them up in parameters, person by person, made a look ahead of a launch a tenth slower.
LAUNCH_OBSTACLE = f"""
    COALESCE(
        CASE person.legal_standing {_cases(EXEMPT.items())} END,
        (SELECT CASE absence.kind {_cases(ABSENT.items())} END
            FROM absence
            WHERE absence.person_id = person.id AND {_IN_FORCE}
                AND absence.kind IN ({_listed(ABSENT)})
            ORDER BY absence.valid_from DESC, absence.id LIMIT 1),
        CASE WHEN unit.merged_at <= :moment THEN '{SkipReason.UNIT_MERGED}'
            WHEN unit.zone = '' THEN '{SkipReason.NO_CALENDAR}' END,
        CASE WHEN NOT {_HAS_RATER} THEN COALESCE(
            (SELECT roster_finding.cause FROM roster_finding
                WHERE roster_finding.person_id = person.id AND roster_finding.cause IN ({_listed(WITHOUT_RATER)})
                ORDER BY roster_finding.found_at DESC, roster_finding.id LIMIT 1),
            '{SkipReason.NO_RATER}') END)
"""  # noqa: S608  # only constants are put in
"""The `SkipReason` of a person as text, or NULL for whoever can be launched.

An expression over rows ``person`` (with ``id`` and ``legal_standing``) and ``unit`` (``merged_at`` and ``zone``).
Its parameter is bound as `OBSTACLE_BINDS` says: ``moment``, of business time.
"""

OBSTACLE_BINDS = (bindparam("moment", type_=DateTime(timezone=True)),)
