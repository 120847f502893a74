"""Checks which appraisals somebody may nudge about, and how often."""

import datetime as dt
import math
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from service import policy
from service.nudges.outcome import NudgeOutcome
from service.problems import TooManyNudges
from states.stages import CLOSED_STAGES, Capacity
from store.nudge.asking import AskedCase

MOST_AN_HOUR = 200
"""The most nudges of one supervisor in an hour; personnel officers have no limit."""

HOUR = dt.timedelta(hours=1)


@dataclass(slots=True)
class Checked:
    """The appraisals of a request: those that may be nudged about, and the others with the reason."""

    permitted: list[uuid.UUID] = field(default_factory=list)
    refused: dict[uuid.UUID, NudgeOutcome] = field(default_factory=dict)


def checked(asked: Iterable[uuid.UUID], cases: Mapping[uuid.UUID, AskedCase]) -> Checked:
    """Sorts the requested appraisals by whether the asker may nudge about them."""
    found = Checked()
    for appraisal in asked:
        refused = _refused(cases.get(appraisal))
        if refused is None:
            found.permitted.append(appraisal)
        else:
            found.refused[appraisal] = refused
    return found


def _refused(case: AskedCase | None) -> NudgeOutcome | None:
    if case is None or not case.held:
        return NudgeOutcome.NOT_FOUND
    if case.stage in CLOSED_STAGES:
        return NudgeOutcome.CLOSED
    if case.awaited is None:
        return NudgeOutcome.NOBODY_AWAITED
    awaited = Capacity(case.awaited)
    if Capacity.EMPLOYEE in case.held and awaited is Capacity.EMPLOYEE:
        return NudgeOutcome.OWN_TASK
    if not policy.may_nudge(case.held, awaited):
        # An asker's own task is always reported as that, not as a missing permission.
        return NudgeOutcome.OWN_TASK if case.awaited in case.held else NudgeOutcome.NOT_PERMITTED
    return None


def refuse_too_many(moments: Sequence[dt.datetime], fresh: int, now: dt.datetime) -> None:
    """Raises `TooManyNudges`. ``moments`` are all nudges of the last hour; the last ``fresh`` of them are new."""
    surplus = len(moments) - MOST_AN_HOUR
    if surplus <= 0:
        return
    before = moments[: len(moments) - fresh]
    # Wait until the oldest surplus nudges are an hour old; a request larger than the limit waits for all.
    wait = before[min(surplus, len(before)) - 1] + HOUR - now if before else HOUR
    seconds = max(math.ceil(wait.total_seconds()), 1)
    raise TooManyNudges(most=MOST_AN_HOUR, left=max(MOST_AN_HOUR - len(before), 0), retry_after=seconds)
