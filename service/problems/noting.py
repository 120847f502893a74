"""Problems with what somebody adds to a case in the year: entries and evidence."""

from service.problems.base import Problem
from translations import mark as _


class CaseClosed(Problem):
    """The case is final or cancelled; what belongs to it stays as it is."""

    code = "case_closed"
    title = _("Case closed")
    status = 409
    message = "This case is closed. Nothing is added to it or withdrawn from it any more."


class ResultRests(Problem):
    """A result rests on what is on file, and an objection to it is decided from that; nothing is taken from it."""

    code = "result_rests"
    title = _("A result rests on it")
    status = 409
    message = (
        "A result rests on what is on file, and an objection would be decided from it (PP 30/2019 art 59(3)). Nothing "
        "is withdrawn any more; add what puts it right."
    )


class CaseNotBegun(Problem):
    """The planning of the case has not opened yet."""

    code = "case_not_begun"
    title = _("Not begun yet")
    status = 409
    message = "The planning of this case has not opened yet. Add this once it has."


class TooMuchEvidence(Problem):
    """Somebody has added as much to one case as anybody may."""

    code = "too_much_evidence"
    title = _("Enough evidence")
    status = 409
    message = (
        "You have added {most} pieces of evidence to this case, and more are not taken. Put what belongs together "
        "into one file."
    )


class TooManyNotes(Problem):
    """Somebody has noted as much in one case as anybody may."""

    code = "too_many_notes"
    title = _("Enough notes")
    status = 409
    message = "You have noted {most} things in this case, and more are not taken. Note what belongs together at once."


class NotYoursToAdd(Problem):
    """The asker sees the case, but holds no capacity in which this is added to it."""

    code = "not_yours_to_add"
    title = _("Not yours to add")
    status = 403
    message = "This is added to the case by others: {capacities}."


class NotYoursToWithdraw(Problem):
    """Only its author withdraws something."""

    code = "not_yours_to_withdraw"
    title = _("Not yours to withdraw")
    status = 403
    message = "Only whoever added this may withdraw it."
