"""Indicators that fit somebody's post, as they may be taken over into a plan."""

from content.forms.fields import ChoiceField
from content.plan.fields import indicator_fields
from content.plan.library import indicators_for
from content.rules import ContentRules
from service.forms.definition import said, shown_choices
from service.forms.schemas import LibraryIndicatorShown
from service.wording import in_words
from translations import Locale

_ASPECT = "aspect"
"""The field of an indicator into which the aspect is taken over."""


def shown_library(post: str, rules: ContentRules, locale: Locale) -> list[LibraryIndicatorShown]:
    """The indicators of the job family of a post; none where no family fits."""
    aspects = {
        choice.name: choice.label
        for field in indicator_fields(rules)
        if isinstance(field, ChoiceField) and field.name == _ASPECT
        for choice in shown_choices(field.of, rules, locale)
    }
    return [
        LibraryIndicatorShown(
            name=indicator.name,
            aspect=indicator.aspect,
            aspect_name=aspects.get(indicator.aspect, indicator.aspect),
            indicator=in_words(indicator.indicator, locale),
            unit=said(indicator.unit, locale),
        )
        for indicator in indicators_for(post, rules)
    ]
