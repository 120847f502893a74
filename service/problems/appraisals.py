"""Problems with an action on an appraisal, beside the refusals of the core."""

from collections.abc import Mapping
from typing import ClassVar

from service.problems.base import Problem
from translations import mark as _


class ChangeOnly(Problem):
    """A trigger that is part of a change of the organisation."""

    code = "ordered_only"
    title = _("Part of a change of the organisation")
    status = 409
    message = "This is part of a change of the organisation. Order the change at /api/v1/operations instead."


class NotedOnly(Problem):
    """A trigger that only the service itself fires, to record what it knows about a receipt."""

    code = "noted_only"
    title = _("Noted by the service itself")
    status = 409
    message = "The service notes this itself, when the employee opens the result or a provider reports on its notice."


class Busy(Problem):
    """Others keep writing the same case; nothing was changed."""

    code = "case_busy"
    title = _("Others act on it now")
    status = 503
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "1"}
    message = "Others act on this case at this moment. Nothing was changed; repeat it with the same key."
