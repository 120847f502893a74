"""Problems with changes of the organisation and their operations."""

from service.problems.base import Problem
from translations import mark as _


class ChangeNotPermitted(Problem):
    """Only personnel officers may request this change; an official may only delegate his own tasks."""

    code = "order_not_permitted"
    title = _("Order not permitted")
    status = 403
    message = (
        "Only the personnel officers may order this. As an official you may delegate your own tasks "
        "(appoint_substitute with the basis delegated)."
    )


class OperationEnded(Problem):
    """The state of the operation no longer allows this."""

    code = "operation_ended"
    title = _("Not possible any more")
    status = 409
    message = (
        "The operation stands where this is not possible. What has taken effect is ended by another change."
    )
