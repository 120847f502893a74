"""Problems with what follows from results, and with results of earlier years."""

from service.problems.base import Problem
from translations import mark as _


class ResultNotHandedOver(Problem):
    """Nothing follows from a result before the employee has it."""

    code = "result_not_handed_over"
    title = _("Result not handed over yet")
    status = 409
    message = "What follows from the result is shown once the result was handed over."
