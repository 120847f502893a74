"""Problems with the feedback of the public."""

from service.problems.base import Problem
from translations import mark as _


class NoPublicFeedback(Problem):
    """No scheme of the agency asks the public."""

    code = "no_public_feedback"
    title = _("The public is not asked")
    status = 409
    message = "The scheme of the newest cycle of this agency does not ask the public about its services."


class FormClosed(Problem):
    """The form of a unit takes no answers at present."""

    code = "form_closed"
    title = _("Form closed")
    status = 410
    message = "This form is closed at present. Nothing was counted."


class FormExpired(Problem):
    """The form was opened too long ago, or what it carries is not ours."""

    code = "form_expired"
    title = _("Form too old")
    status = 409
    message = "This form was opened too long ago. Nothing was counted. Open it again and send it once more."


class TooManyAnswers(Problem):
    """The device, or all from one address, have answered as often as they may on one day."""

    code = "too_many_answers"
    title = _("Answered today already")
    status = 429
    message = (
        "As many answers as are taken on one day have come from this network. Nothing was counted. "
        "Try again tomorrow, or with another connection."
    )

    def __init__(self, *, device: bool, retry_after: int) -> None:
        if device:
            self.message = _(
                "This service was rated with this device today. Thank you; it can be rated again tomorrow."
            )
        super().__init__()
        self.retry_after = retry_after


class TextDecided(Problem):
    """Somebody has cleared or refused the text otherwise before."""

    code = "text_decided"
    title = _("Decided before")
    status = 409
    message = "This text was cleared or refused before. Nothing was changed."


class NotAForm(Problem):
    """The body is no form of a page."""

    code = "not_a_form"
    title = _("Not a form of this page")
    status = 415
    message = "Send the form of this page (application/x-www-form-urlencoded)."


class FormUnreadable(Problem):
    """The body keeps to no encoding of forms."""

    code = "form_unreadable"
    title = _("The form cannot be read")
    status = 400
    message = "What was sent cannot be read as a form. Nothing was counted. Open the form again."
