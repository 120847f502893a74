"""Problems with surveys."""

from service.problems.base import Problem
from translations import mark as _


class SurveyNotOpen(Problem):
    """It is answered before it opens."""

    code = "survey_not_open"
    title = _("Survey not open yet")
    status = 409
    message = "This survey is not open yet."


class SurveyClosed(Problem):
    """It is answered, or somebody is invited, after it closed."""

    code = "survey_closed"
    title = _("Survey closed")
    status = 409
    message = "This survey is closed."


class SurveyAnsweredAlready(Problem):
    """Somebody answers a second time."""

    code = "survey_answered_already"
    title = _("Already answered")
    status = 409
    message = "You have answered this survey already. Nobody can read or change an answer, you included."


class NotYoursToInvite(Problem):
    """The scheme lets others invite."""

    code = "not_yours_to_invite"
    title = _("Not yours to invite")
    status = 403
    message = "The scheme of this case lets others invite to the survey."
