"""Problems with the choice of trainings."""

from service.problems.base import Problem
from translations import mark as _


class EmployeeOnly(Problem):
    """Somebody else than the employee would choose."""

    code = "employee_only"
    title = _("For the employee only")
    status = 403
    message = "Only the employee himself chooses his trainings and takes a choice back."


class NoResultYet(Problem):
    """Trainings are chosen after the result; it was not handed over yet."""

    code = "no_result_yet"
    title = _("No result yet")
    status = 409
    message = "Trainings are chosen after the result was handed over to you."
