"""The things of a case that evidence may be for."""

from content.forms.context import FormContext
from content.forms.fields import Source
from content.forms.items import items_of
from content.rules import ContentRules

_SOURCES = (Source.RESULTS, Source.INDICATORS, Source.VALUES, Source.SKILLS)


def is_item(item: str, rules: ContentRules | None, context: FormContext) -> bool:
    """Whether the plan in force has a result or an indicator with this id, or the scheme such a value or skill."""
    return rules is not None and any(item in items_of(source, rules, context) for source in _SOURCES)
