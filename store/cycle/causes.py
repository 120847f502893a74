"""What a check before a launch can find, and what each finding means for the launch."""

from enum import StrEnum

from store.cycle.obstacles import EXEMPTIONS, NOTHING_TO_REPAIR, SkipReason


class Severity(StrEnum):
    """What a finding does to a launch."""

    EXEMPT = "exempt"
    """The law asks for no appraisal (PP 30/2019 art 23); nobody has to repair anything."""
    NOT_IN_SERVICE = "not_in_service"
    """The person has left; nobody has to repair anything."""
    BLOCKS = "blocks"
    """The launch passes the person over until somebody repairs the cause."""
    WARNS = "warns"
    """The launch goes on, but the case will go wrong or stand still later."""


class Concern(StrEnum):
    """What does not keep anybody out of a cycle, and is better mended before it begins."""

    LINE_ENDS = "line_ends"
    """Nobody in the line can rate; the personnel officers stand in."""
    RATER_AWAY = "rater_away"
    """The rater cannot act; somebody else does (PP 30/2019 art 46(3)-(4))."""
    NO_SUBSTITUTE = "no_substitute"
    """A rater is on leave and nobody is appointed for the time (*Plh.*)."""
    RATER_BELOW_PENGAWAS = "rater_below_pengawas"
    """A rater ranks below *pejabat pengawas* and rates without a letter of delegation (art 1(8))."""
    RATER_RETIRES = "rater_retires"
    """A rater reaches the age of retirement (*BUP*) during the year (UU 20/2023 art 55)."""
    CONTRACT_ENDS = "contract_ends"
    """A PPPK's contract ends before the year does (PP 49/2018 art 37)."""
    SPAN_OVER_LIMIT = "span_over_limit"
    """A rater has more people than can be rated with care."""
    VACANT_POST = "vacant_post"
    """A unit with people in which nobody present holds a structural post."""
    EMAIL_MISSING = "email_missing"
    """Notices cannot reach the person."""
    TWO_UNITS = "two_units"
    """The roster names the person in two units."""


Cause = SkipReason | Concern

CAUSES: tuple[Cause, ...] = (
    *(reason for reason in SkipReason if reason not in NOTHING_TO_REPAIR),
    *Concern,
    *(reason for reason in SkipReason if reason in NOTHING_TO_REPAIR),
)
"""Every cause, the most urgent first."""


def severity_of(cause: Cause) -> Severity:
    """What the cause does to a launch."""
    if isinstance(cause, Concern):
        return Severity.WARNS
    if cause in EXEMPTIONS:
        return Severity.EXEMPT
    return Severity.NOT_IN_SERVICE if cause in NOTHING_TO_REPAIR else Severity.BLOCKS
