"""Problems with templates of messages."""

from service.problems.base import Problem
from translations import mark as _


class TemplateUnknown(Problem):
    """There is no template of messages with this name."""

    code = "template_unknown"
    title = _("Unknown template")
    status = 404
    message = "There is no template of this name. There are: {names}."
