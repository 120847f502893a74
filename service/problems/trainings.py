"""Problems with the choice of trainings."""

from service.problems.base import Problem
from translations import mark as _


class NoResultYet(Problem):
    """Trainings are chosen after the result; it was not handed over yet."""

    code = "no_result_yet"
    title = _("No result yet")
    status = 409
    message = "Trainings are chosen after the result was handed over to you."
