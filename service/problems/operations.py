"""Problems with changes of the organisation and their operations."""

from service.problems.base import Problem
from translations import mark as _


class ChangeNotPermitted(Problem):
    """A change that only personnel officers may have carried out; an official may delegate what is his own."""

    code = "order_not_permitted"
    title = _("Order not permitted")
    status = 403
    message = (
        "Only the personnel officers may order this. As an official you may delegate your own tasks "
        "(appoint_substitute with the basis delegated)."
    )


class OperationEnded(Problem):
    """The operation is in a state in which this is not possible any more."""

    code = "operation_ended"
    title = _("Not possible any more")
    status = 409
    message = (
        "The operation stands where this is not possible. What has taken effect is ended by another change."
    )
