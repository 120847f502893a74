"""Names of what surveys say, and what is promised to whoever answers."""

from collections.abc import Mapping

from content.surveys.answers import AnswerMistake
from translations import mark as _

STATES: Mapping[str, str] = {
    "planned": _("planned"),
    "open": _("open"),
    "extended": _("open, extended"),
    "closed": _("closed"),
}
OUTCOMES: Mapping[str, str] = {
    "counted": _("counted"),
    "too_few": _("too few answers"),
    "case_over": _("the appraisal had ended"),
}
GROUPS: Mapping[str, str] = {
    "peers": _("peer"),
    "subordinates": _("subordinate"),
}
INVITERS: Mapping[str, str] = {
    "rule": _("by the rule of the scheme"),
    "hr": _("by a personnel officer"),
    "rater": _("by the rater"),
}
PROMISE = _(
    "Your answer is sealed at once. Nobody can see who answered what, personnel officers and operators included. "
    "It cannot be read back or changed, by you either. Only the whole is shown after the survey has closed, and "
    "only if at least {minimum} people have answered. Your words are shown as they are: do not write who you are."
)
MISTAKES: Mapping[AnswerMistake, str] = {
    AnswerMistake.MISSING: _("Everything that is asked needs an answer."),
    AnswerMistake.UNKNOWN_ITEM: _("The survey does not ask this."),
    AnswerMistake.UNKNOWN_STEP: _("The scale has no such step."),
    AnswerMistake.UNKNOWN_TEXT: _("The survey does not ask this."),
    AnswerMistake.TOO_LONG: _("Write at most {limit} characters."),
    AnswerMistake.TOO_MANY_BYTES: _("This text needs more room than a sealed answer has; shorten it."),
    AnswerMistake.UNPRINTABLE: _("This text has signs that cannot be printed."),
}
UNKNOWN_SURVEY = _("No scheme of this cycle has such a survey.")
NOT_OF_THE_GROUP = _("This person does not belong to this group.")
NOBODY = _("There is no such person in the agency.")
GROUP_NOT_ASKED = _("The survey does not ask this group.")
