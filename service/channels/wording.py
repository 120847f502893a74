"""What is said when a channel is paused or resumed."""

from collections.abc import Mapping
from enum import StrEnum

from translations import mark as _

LONGEST_REASON = 500


class Steered(StrEnum):
    """What became of a wish to pause or resume."""

    PAUSED = "paused"
    PAUSED_ALREADY = "paused_already"
    RESUMED = "resumed"
    OPEN_ALREADY = "open_already"


SAID: Mapping[Steered, str] = {
    Steered.PAUSED: _("{channel} is paused. What is being sent ends; everything else waits, and nothing is lost."),
    Steered.PAUSED_ALREADY: _("{channel} is paused already, for the reason that was given then."),
    Steered.RESUMED: _("{channel} goes on; what waited leaves now, each message at its own moment."),
    Steered.OPEN_ALREADY: _("{channel} is not paused."),
}  # fmt: skip
