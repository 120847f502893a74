"""What the engine knows about a case: its position on record, and when time acts on it next. Pure.

The engine follows the record and decides nothing. It gets only a sequence, a stage, a due day and a moment,
never content.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from states.agenda import agenda
from states.appraisal import Appraisal
from states.clock import Clock, wake_jitter
from states.rule_context import RuleContext
from states.stages import CLOSED_STAGES, Stage
from states.table import TABLE

STEPS: frozenset[tuple[Stage, Stage]] = frozenset((row.source, row.target) for row in TABLE) | frozenset(
    (stage, stage) for stage in Stage if stage not in CLOSED_STAGES
)
"""Steps between stages that the table allows, and steps within an open stage, such as reminders."""

WORKFLOW_PREFIX = "appraisal-"
"""The id of a case's workflow is this prefix and the id of the case; nothing else links the two."""

NOTHING = "-"
_MILLISECOND = dt.timedelta(milliseconds=1)
_SECOND = dt.timedelta(seconds=1)
_LONGEST_NUMBER = 10


@dataclass(frozen=True, slots=True)
class Position:
    """Where a case stands on record after ``sequence`` events."""

    sequence: int
    stage: Stage
    due_on: dt.date | None = None
    wake_at: dt.datetime | None = None
    """The next real moment at which time acts on the case, spread to avoid a rush; None when nothing will come."""

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to follow."""
        return self.stage in CLOSED_STAGES

    def to_text(self) -> str:
        """The position as short text, as histories keep it: ``3 plan_review 2026-01-31 2026-01-21T01:04:09Z``.

        Moments are rounded up to whole milliseconds; an absent value is a hyphen.
        """
        return f"{self.sequence} {self.stage.value} {self.due_on or NOTHING} {_moment_text(self.wake_at)}"

    @classmethod
    def from_text(cls, text: object) -> Self | None:
        """The position that `to_text` wrote; None for any other value, since anybody may send one."""
        words = text.split(" ") if isinstance(text, str) else []
        if len(words) != 4 or not _is_number(words[0]):
            return None
        sequence, stage, due, wake = words
        try:
            return cls(
                int(sequence),
                Stage(stage),
                None if due == NOTHING else dt.date.fromisoformat(due),
                None if wake == NOTHING else _aware(dt.datetime.fromisoformat(wake)),
            )
        except ValueError:
            return None


def step_text(after: int | None, position: Position) -> str:
    """A step as sent to the engine: the position, and the event ``after`` which it comes, if known."""
    return f"{position.to_text()} {NOTHING if after is None else after}"


def step_from_text(text: object) -> tuple[Position | None, int | None]:
    """The position and the event before it, as `step_text` wrote them; None for an unreadable part."""
    if not isinstance(text, str):
        return None, None
    position, _, after = text.rpartition(" ")
    return Position.from_text(position), int(after) if _is_number(after) else None


def position_of(appraisal: Appraisal, rules: RuleContext, clock: Clock, now: dt.datetime) -> Position:
    """Where ``appraisal`` stands at the business moment ``now``."""
    return Position(
        sequence=appraisal.sequence,
        stage=appraisal.stage,
        due_on=appraisal.deadline.due_on if appraisal.deadline else None,
        wake_at=wake_at(appraisal, rules, clock, now),
    )


def wake_at(appraisal: Appraisal, rules: RuleContext, clock: Clock, now: dt.datetime) -> dt.datetime | None:
    """The real moment at which the engine wakes the case next: a whole second, or millisecond in a rehearsal.

    Wakes of one legal instant are spread after it, never before it. A wake already due at the business moment
    ``now`` is not delayed, for example when planning is open already.
    """
    wake = agenda(appraisal, rules)
    if wake is None:
        return None
    moment = clock.real(wake)
    if wake > now:
        moment += wake_jitter(appraisal.id, wake, clock.wake_spread())
    return _rounded_up(moment, _MILLISECOND if clock.is_rehearsal else _SECOND)


def continues(known: Position, told: Position, after: int | None) -> bool:
    """Whether ``told`` directly follows ``known``, so that it can be accepted without reading the record."""
    return after == known.sequence < told.sequence and (known.stage, told.stage) in STEPS


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) < _LONGEST_NUMBER


def _rounded_up(moment: dt.datetime, unit: dt.timedelta) -> dt.datetime:
    past = dt.timedelta(microseconds=moment.microsecond) % unit
    return moment + (unit - past) if past else moment


def _moment_text(moment: dt.datetime | None) -> str:
    if moment is None:
        return NOTHING
    rounded = _rounded_up(moment, _MILLISECOND).astimezone(dt.UTC).replace(tzinfo=None)
    return rounded.isoformat(timespec="milliseconds" if rounded.microsecond else "seconds") + "Z"


def _aware(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment
