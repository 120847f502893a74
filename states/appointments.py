"""What ends an appointment to hand over a result without anybody cancelling it. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from states.events import Acted, Event
from states.stages import Capacity, Stage
from states.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Ending:
    """Why nobody comes to an appointment that still lies ahead."""

    at: dt.datetime
    """The business moment; what was held by then stays as it was."""
    actor: str | None
    """Whoever caused it; None for the clock."""
    still_with: str | None = None
    """The rater from now on: what he made himself stands. None where no appointment stands."""


_ENDS_ALL = frozenset({Trigger.CANCEL, Trigger.RETURN_SELF_ASSESSMENT, Trigger.RETURN_RATING, Trigger.REOPEN})
"""There is no case any more, or no result to be handed over at that hour."""

_HANDS_OVER = frozenset(
    {Trigger.REASSIGN, Trigger.DECLARE_CONFLICT, Trigger.NOTE_CHANGE, Trigger.ANSWER_DISPUTE}
)

_WAITING_FOR_THE_RATER = frozenset(
    {Stage.RATING, Stage.MODERATION, Stage.FEEDBACK_MEETING, Stage.COUNTERSIGN, Stage.SUSPENDED}
)
"""Stages in which a result may still have to be handed over: who rates matters to an appointment."""


def endings_of(events: Iterable[Event]) -> tuple[Ending, ...]:
    """What of these events ends an appointment. A result that was handed over ends none: the meeting was that."""
    found = (_of_act(event) for event in events if isinstance(event, Acted))
    return tuple(ending for ending in found if ending is not None)


def _of_act(event: Acted) -> Ending | None:
    # The superior who signs in the place of a silent rater hands the result over by that.
    signed_above = event.trigger is Trigger.COUNTERSIGN and event.target is Stage.RESPONSE
    if event.trigger in _ENDS_ALL or signed_above:
        return Ending(event.at, event.actor)
    if event.assignee is not None and _hands_over_the_rating(event):
        return Ending(event.at, event.actor, still_with=event.assignee)
    return None


def _hands_over_the_rating(event: Acted) -> bool:
    # Only an answer to a dispute names no capacity: it is about the rater alone.
    of_rater = event.assigned_capacity in (None, Capacity.RATER)
    return event.trigger in _HANDS_OVER and event.source in _WAITING_FOR_THE_RATER and of_rater
