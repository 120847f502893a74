"""What is wrong with a filled form, in sentences that say what to do."""

from collections.abc import Iterable, Mapping

from content.forms.fields import Source
from content.forms.mistakes import Mistake, Path, Reason
from service.forms.naming import Names
from service.problems import FieldError
from service.problems.pointers import json_pointer
from translations import mark as _

REASONS: Mapping[str, str] = {
    Reason.MISSING: _("This is still missing; fill it in."),
    Reason.UNKNOWN: _("The form has no such part; leave it out."),
    Reason.NOT_ASKED: _("This is not asked for with the present answers; leave it empty."),
    Reason.WRONG_TYPE: _("This value cannot be used here."),
    Reason.UNPRINTABLE: _("The text has signs that cannot be shown; type it anew."),
    Reason.ONE_LINE: _("This must be one line."),
    Reason.TOO_SHORT: _("Write at least {least} characters; there are {length}."),
    Reason.TOO_LONG: _("Write at most {most} characters; there are {length}."),
    Reason.TOO_SMALL: _("The number must be at least {least}."),
    Reason.TOO_LARGE: _("The number must be at most {most}."),
    Reason.TOO_PRECISE: _("Write at most {decimals} digits after the decimal point."),
    Reason.NOT_A_DAY: _("This must be a date: YYYY-MM-DD."),
    Reason.TOO_EARLY: _("This day must not be before “{field}”."),
    Reason.NOT_A_CHOICE: _("Choose from “{of}”."),
    Reason.NO_SUCH_ITEM: _("There is no such thing in this appraisal any more; choose again."),
    Reason.REPEATED: _("This stands here twice; keep it once."),
    Reason.TOO_FEW_ITEMS: _("Choose at least {least}; there are {count}."),
    Reason.TOO_FEW_ROWS: _("Write at least {least} rows; there are {count}."),
    Reason.TOO_MANY_ROWS: _("Write at most {most} rows; there are {count}."),
    Reason.WRONG_ID: _(
        "The id of a row has 1 to 40 small letters, digits and hyphens; leave it out to get one."
    ),
    Reason.MUST_BE: _("Without this answer nobody can go on: {value}."),
    Reason.TARGET_WITHOUT_UNIT: _("A target that is a number needs its unit, such as documents or percent."),
    Reason.SUPERIOR_NOT_READY: _(
        "The plan of your rater is not set yet. Say that you wait for it, where that can be chosen; "
        "else submit once it is set."
    ),
    Reason.SUPERIOR_READY: _("The plan of your rater is set now; choose the result that this supports."),
    Reason.SUM_WRONG: _("“{field}” adds up to {sum} and must add up to {expected}."),
    Reason.NOT_EACH_HAS: _("One row here must have “{value}” as “{field}”."),
    Reason.NONE_HAS: _("At least one row of “{rows}” must have “{value}” as “{field}”."),
    # How many there are is not said: of what only two may see, nobody else learns a count.
    Reason.TOO_FEW_NOTED: _("“{entry}” must be noted at least {least} times before."),
    Reason.PREDICATE_WRONG: _("This predicate is not the one that follows from the ratings."),
    Reason.TOO_MUCH: _("This is more than a form can hold; shorten it."),
    Reason.TOO_DEEP: _("Lists stand in lists more than {most} levels deep; a form has fewer."),
}
"""The sentence for each reason."""

_CLOSER: Mapping[tuple[Reason, str, str], str] = {
    (Reason.WRONG_TYPE, "expected", "text"): _("This must be a text."),
    (Reason.WRONG_TYPE, "expected", "number"): _("This must be a number."),
    (Reason.WRONG_TYPE, "expected", "yes_no"): _("This must be true or false."),
    (Reason.WRONG_TYPE, "expected", "target"): _("This must be a target: a number with its unit, or words."),
    (Reason.WRONG_TYPE, "expected", "list"): _("This must be a list."),
    (Reason.WRONG_TYPE, "expected", "object"): _("This must be a JSON object."),
    (Reason.WRONG_TYPE, "expected", "id"): _("This must be the id of a row: a text."),
    (Reason.TOO_PRECISE, "decimals", "0"): _("This must be a whole number."),
    (Reason.MUST_BE, "value", "true"): _("You can go on only if you confirm this."),
    (Reason.MUST_BE, "value", "false"): _("You can go on only if the answer to this is no."),
    (Reason.NO_SUCH_ITEM, "of", Source.RESULTS): _("The plan in force has no such result; choose again."),
    (Reason.NO_SUCH_ITEM, "of", Source.INDICATORS): _(
        "The plan in force has no such indicator; choose again."
    ),
    (Reason.NO_SUCH_ITEM, "of", Source.VALUES): _("There is no such value; choose again."),
    (Reason.NO_SUCH_ITEM, "of", Source.SKILLS): _(
        "There is no such skill, or this post does not ask for it; choose again."
    ),
    (Reason.NO_SUCH_ITEM, "of", Source.SUPERIOR_RESULTS): _(
        "The plan of your rater has no such result; choose again."
    ),
    (Reason.NO_SUCH_ITEM, "of", Source.EVIDENCE): _("There is no such evidence; choose again."),
}
"""A more exact sentence for a reason whose parameter has a certain value."""

_OF_FAMILY: Mapping[Reason, str] = {
    Reason.NOT_EACH_HAS: _("“{family}”: one row here must have “{value}” as “{field}”."),
    Reason.NONE_HAS: _("“{family}”: at least one row of “{rows}” must have “{value}” as “{field}”."),
}
"""The sentence for what is asked of a job family only: that it is, explains why others need not."""

_FOLLOWING = _("From the ratings follows “{predicate}”: name that one, or change the ratings.")


def field_errors(
    mistakes: Iterable[Mistake], prefix: Path = ("content",), *, names: Names | None = None
) -> list[FieldError]:
    """Each mistake as a sentence with a JSON pointer, below ``prefix``. With ``names``, things have their labels."""
    return [field_error(mistake, prefix, names=names) for mistake in mistakes]


def field_error(mistake: Mistake, prefix: Path = ("content",), *, names: Names | None = None) -> FieldError:
    """One mistake as a sentence with its place."""
    parameters = mistake.parameters if names is None else names.said(mistake.parameters)
    return FieldError(json_pointer((*prefix, *mistake.path)), sentence_of(mistake), parameters)


def sentence_of(mistake: Mistake) -> str:
    """The message for a mistake, to be translated."""
    if mistake.reason is Reason.PREDICATE_WRONG and "predicate" in mistake.parameters:
        return _FOLLOWING
    if "family" in mistake.parameters and mistake.reason in _OF_FAMILY:
        return _OF_FAMILY[mistake.reason]
    for (reason, name, value), sentence in _CLOSER.items():
        if mistake.reason is reason and mistake.parameters.get(name) == value:
            return sentence
    return REASONS[mistake.reason]
