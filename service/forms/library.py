"""Indicators that fit somebody's post, as they may be taken over into a plan."""

from content.forms.fields import ChoiceField
from content.plan.fields import indicator_fields
from content.plan.library import indicators_for
from content.rules import ContentRules
from service.forms.definition import said, shown_choices
from service.forms.schemas import LibraryIndicatorShown
from service.wording import in_words
from translations import Locale

_ASPECT, _SUBJECT = "aspect", "subject"
"""The fields of an indicator into which aspect and subject are taken over."""


def shown_library(post: str, rules: ContentRules, locale: Locale) -> list[LibraryIndicatorShown]:
    """The indicators of the job family of a post; none where no family fits."""
    aspects, subjects = (_labels(name, rules, locale) for name in (_ASPECT, _SUBJECT))
    return [
        LibraryIndicatorShown(
            name=indicator.name,
            aspect=indicator.aspect,
            aspect_name=aspects.get(indicator.aspect, indicator.aspect),
            subject=indicator.subject,
            subject_name=(
                None if indicator.subject is None else subjects.get(indicator.subject, indicator.subject)
            ),
            indicator=in_words(indicator.indicator, locale),
            unit=said(indicator.unit, locale),
        )
        for indicator in indicators_for(post, rules)
    ]


def _labels(name: str, rules: ContentRules, locale: Locale) -> dict[str, str]:
    """The labels of what may be chosen in a field of an indicator."""
    return {
        choice.name: choice.label
        for field in indicator_fields(rules)
        if isinstance(field, ChoiceField) and field.name == name
        for choice in shown_choices(field.of, rules, locale)
    }
