"""Problems with the appointment at which a result is handed over."""

from service.problems.base import Problem
from translations import mark as _


class MeetingNotNow(Problem):
    """The case has no result that is still to be handed over."""

    code = "meeting_not_now"
    title = _("No result to hand over now")
    status = 409
    message = (
        "In the stage {stage} no appointment to hand over the result can be made, changed or cancelled. "
        "It can from the rating on, until the result is handed over."
    )
