"""What is missing in a filled form, as its reader is told."""

from collections.abc import Iterable

from content.forms.mistakes import Mistake
from service.forms.checking import FormRight
from service.forms.placing import place_in_words
from service.forms.schemas import Finding
from service.forms.wording import field_error
from service.problems.wording import finding_sentence
from translations import Locale


def shown_findings(mistakes: Iterable[Mistake], right: FormRight, locale: Locale) -> list[Finding]:
    """Each mistake with its place in words, in the order in which they were found."""
    return [_shown(mistake, right, locale) for mistake in mistakes]


def _shown(mistake: Mistake, right: FormRight, locale: Locale) -> Finding:
    error = field_error(mistake, names=right.names)
    return Finding(
        field=error.field,
        place=place_in_words(mistake.path, right.form, right.rules, locale),
        reason=mistake.reason,
        message=finding_sentence(error, locale),
    )
