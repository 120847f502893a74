"""The outcomes of nudges."""

import uuid
from dataclasses import dataclass
from enum import StrEnum


class NudgeOutcome(StrEnum):
    """The outcome of a nudge about one appraisal."""

    NUDGED = "nudged"
    ALREADY_NUDGED = "already_nudged"
    """Somebody has nudged for the same task today."""
    OWN_TASK = "own_task"
    CLOSED = "closed"
    NOBODY_AWAITED = "nobody_awaited"
    """The appraisal waits for a day, not for a person."""
    NOBODY_RESPONSIBLE = "nobody_responsible"
    """The appraisal is in the queue of incidents."""
    NOT_PERMITTED = "not_permitted"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Nudged:
    """What came of it for one appraisal."""

    appraisal: uuid.UUID
    outcome: NudgeOutcome
    people: tuple[str, ...] = ()
    """The names of the people who were nudged, now or earlier."""
    by: str | None = None
    """Who had nudged them already."""
