"""What a launch can lead to for one person."""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of somebody."""

    STARTED = "started"
    ALREADY = "already"
    """The appraisal was running before the launch reached it."""
    SKIPPED = "skipped"
    """The launch did not try: `store.cycle.obstacles.SkipReason` says why."""
    FAILED = "failed"
    """The launch tried and failed: `FailReason` says why. The next launch tries again."""


RUNNING = (Outcome.STARTED, Outcome.ALREADY)
"""Outcomes that leave nothing to do."""


class FailReason(StrEnum):
    """Why an appraisal could not be started."""

    CALENDAR_UNKNOWN = "calendar_unknown"
    """No calendar can be made for the unit's time zone."""
