"""One value of a filled form, as people read it."""

import datetime as dt

from pydantic import JsonValue

from content.forms.fields import ChoiceField, DayField, Field, ItemField, NumberField, TargetField, YesNoField
from content.forms.items import WAITING
from content.rules import ContentRules
from service.filled.titles import Titles
from service.wording import in_words
from translations import Locale, format_date, translate
from translations import mark as _

YES, NO = _("yes"), _("no")
_SEPARATORS = str.maketrans(",.", ".,")
WAITS = _("waiting for the superior's plan")


def value_in_words(
    field: Field, value: JsonValue, rules: ContentRules, titles: Titles, locale: Locale
) -> str:
    """The value as a text; empty for nothing and for rows. A value of another shape is shown as it stands."""
    match field, value:
        case _, None:
            return ""
        case ((ChoiceField() | ItemField()), list()):
            return ", ".join(_named(field, each, rules, titles, locale) for each in value)
        case ((ChoiceField() | ItemField()), str()):
            return _named(field, value, rules, titles, locale)
        case YesNoField(), bool():
            return translate(YES if value else NO, locale)
        case DayField(), str():
            return _day(value, locale)
        case NumberField(), _:
            unit = "" if field.unit is None else in_words(field.unit, locale)
            return f"{number(value, locale)} {unit}".strip()
        case TargetField(), {"text": str(words)}:
            return words
        case TargetField(), {"number": figure, **more}:
            return f"{number(figure, locale)} {more.get('unit') or ''}".strip()
        case _, (dict() | list()):
            return ""
        case _:
            return str(value)


def number(value: JsonValue, locale: Locale) -> str:
    """A number as it is written in the language: 1.250,5 in Indonesian. Anything else as it stands."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    # A file has some hundred numbers: Babel takes as long for them as all queries of the file together.
    whole = isinstance(value, float) and value.is_integer()
    text = f"{int(value) if whole else value:,}"
    return text.translate(_SEPARATORS) if locale is Locale.INDONESIAN else text


def label_of(rules: ContentRules, group: str, name: str, locale: Locale) -> str | None:
    """How a step of a scale or a choice of a list is called; None for a name that is not there."""
    scale, listing = rules.scales.get(group), rules.lists.get(group)
    members = scale.steps if scale is not None else () if listing is None else listing.choices
    return next((in_words(each.label, locale) for each in members if each.name == name), None)


def _named(
    field: ChoiceField | ItemField, value: JsonValue, rules: ContentRules, titles: Titles, locale: Locale
) -> str:
    name = str(value)
    if isinstance(field, ChoiceField):
        return label_of(rules, field.of, name, locale) or name
    return translate(WAITS, locale) if name == WAITING else titles.title(field.of, name)


def _day(value: str, locale: Locale) -> str:
    try:
        return format_date(dt.date.fromisoformat(value), locale, weekday=False)
    except ValueError:
        return value
