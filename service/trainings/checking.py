"""Which trainings somebody may choose. Pure."""

from collections.abc import Iterable, Sequence

from content.rules import ContentRules
from service.problems import FieldError, Invalid
from service.trainings.schemas import NewTraining
from translations import mark as _

UNKNOWN_TRAINING = _("The scheme of this case offers no such training.")
CHOSEN_ALREADY = _("You have chosen this training already.")
UNKNOWN_WEAKNESS = _("The scheme of this case knows no such weakness.")
NOT_NAMED = _("This weakness was not named when the result was handed over.")


def refuse_unfit(
    rules: ContentRules, body: NewTraining, named: Sequence[str], standing: Iterable[str]
) -> None:
    """Raises `Invalid` for a training or a weakness that cannot be chosen; ``standing`` were chosen before."""
    errors = []
    if body.training not in {each.name for each in rules.follow_up.trainings}:
        errors.append(FieldError("/training", UNKNOWN_TRAINING))
    elif body.training in standing:
        errors.append(FieldError("/training", CHOSEN_ALREADY))
    if body.weakness is not None:
        if body.weakness not in rules.choices_of(rules.follow_up.weaknesses or ""):
            errors.append(FieldError("/weakness", UNKNOWN_WEAKNESS))
        elif named and body.weakness not in named:
            errors.append(FieldError("/weakness", NOT_NAMED))
    if errors:
        raise Invalid(errors=errors)
