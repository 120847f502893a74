"""What is wrong with a field, in words."""

from content.parts import Words
from service.problems.base import FieldError
from service.wording import in_words
from translations import Locale, translate


def finding_sentence(finding: FieldError, locale: Locale) -> str:
    """The mistake in one field, in the language of its reader."""
    parameters = {
        name: in_words(value, locale) if isinstance(value, Words) else value
        for name, value in (finding.parameters or {}).items()
    }
    return translate(finding.message, locale, **parameters)
