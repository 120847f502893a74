"""Problems with nudges."""

from service.problems.base import Problem
from translations import mark as _


class TooManyNudges(Problem):
    """A supervisor has nudged, or would nudge, more often than is allowed."""

    code = "too_many_nudges"
    title = _("Too many nudges")
    status = 429
    message = "At most {most} nudges in an hour, and {left} are left. Nobody was nudged. Ask fewer, or later."

    def __init__(self, *, most: int, left: int, retry_after: int) -> None:
        super().__init__(most=str(most), left=str(left))
        self.retry_after = retry_after
