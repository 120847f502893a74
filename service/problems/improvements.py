"""Problems with times to improve."""

from service.problems.base import Problem
from translations import mark as _


class OwnImprovement(Problem):
    """A personnel officer would put the outcome of his own time to improve on record."""

    code = "own_improvement"
    title = _("Not in your own matter")
    status = 403
    message = "This is about your own result. Another personnel officer puts the outcome on record."
