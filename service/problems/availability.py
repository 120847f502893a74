"""Problems of the service itself and of the servers behind it."""

from collections.abc import Mapping
from typing import ClassVar

from service.problems.base import Problem
from translations import mark as _


class InternalProblem(Problem):
    """A fault of this service."""

    code = "internal"
    title = _("Internal fault")
    status = 500
    message = "Something went wrong here and has been logged; when you report it, give the id {request_id}."


class OutcomeUnknown(Problem):
    """The answer to a commit was lost or came too late: the change may or may not be on record."""

    code = "outcome_unknown"
    title = _("Outcome not known yet")
    status = 503
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "2"}
    message = "It is not known yet whether this was recorded. Repeat it with the same key: that is safe."


class Unavailable(Problem):
    """A server behind this one does not answer; nothing was changed."""

    code = "unavailable"
    title = _("Not available")
    status = 503
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "2"}
    message = "The service cannot answer at the moment. Try again shortly."
