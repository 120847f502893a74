"""What a launch can come to for one person."""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of somebody."""

    STARTED = "started"
    ALREADY = "already"
    """The appraisal ran before the launch came to it."""
    SKIPPED = "skipped"
    """Nobody tried: `store.cycle.obstacles.SkipReason` says why."""
    FAILED = "failed"
    """It was tried in vain: `FailReason` says why. The next launch tries again."""


RUNNING = (Outcome.STARTED, Outcome.ALREADY)
"""Outcomes that leave nothing to do."""


class FailReason(StrEnum):
    """Why an appraisal could not be started."""

    CALENDAR_UNKNOWN = "calendar_unknown"
    """No calendar can be made for the unit's time zone."""
