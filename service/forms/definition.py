"""A form as its reader finds it: sections and fields with their words, and what may be chosen."""

from typing import Any

from content.forms.fields import (
    ChoiceField,
    DayField,
    Field,
    ItemField,
    NumberField,
    RowsField,
    TargetField,
    TextField,
    YesNoField,
)
from content.forms.form import EachSection, GroupSection, RowsSection
from content.parts import Words
from content.rules import ContentRules
from content.scales import Choice, Step
from service.forms.schemas import ChoiceShown, ConditionShown, FieldShown, SectionShown
from service.wording import in_words
from translations import Locale


def shown_section(
    section: GroupSection | RowsSection | EachSection, rules: ContentRules, locale: Locale
) -> SectionShown:
    """A section with its fields."""
    rows = section if isinstance(section, RowsSection) else None
    return SectionShown(
        kind=section.kind,
        name=section.name,
        label=in_words(section.label, locale),
        help=said(section.help, locale),
        fields=[shown_field(field, rules, locale) for field in section.fields],
        at_least=None if rows is None else rows.at_least,
        at_most=None if rows is None else rows.at_most,
        of=section.of if isinstance(section, EachSection) else None,
    )


def shown_field(field: Field, rules: ContentRules, locale: Locale) -> FieldShown:
    """A field with what belongs to its kind."""
    when = field.when
    return FieldShown(
        kind=field.kind,
        name=field.name,
        label=in_words(field.label, locale),
        help=said(field.help, locale),
        required=field.required,
        when=None if when is None else ConditionShown(field=when.field, among=list(when.among)),
        **_of_kind(field, rules, locale),
    )


def shown_choices(of: str, rules: ContentRules, locale: Locale) -> list[ChoiceShown]:
    """The steps of a scale, the best first, or the choices of a list."""
    if of in rules.scales:
        return [_shown_step(step, locale) for step in rules.scales[of].steps]
    listed = rules.lists.get(of)
    return [] if listed is None else [shown_choice(choice, locale) for choice in listed.choices]


def shown_choice(choice: Choice, locale: Locale) -> ChoiceShown:
    """One choice of a list."""
    return ChoiceShown(
        name=choice.name,
        label=in_words(choice.label, locale),
        meaning=said(choice.meaning, locale),
        guides=[in_words(guide, locale) for guide in choice.guides],
        group=said(choice.group, locale),
    )


def said(words: Words | None, locale: Locale) -> str | None:
    """A text of a scheme that may be absent."""
    return None if words is None else in_words(words, locale)


def _shown_step(step: Step, locale: Locale) -> ChoiceShown:
    return ChoiceShown(
        name=step.name, label=in_words(step.label, locale), meaning=said(step.meaning, locale), guides=[]
    )


def _of_kind(field: Field, rules: ContentRules, locale: Locale) -> dict[str, Any]:
    match field:
        case TextField():
            return {"lines": field.lines, "shortest": field.shortest, "longest": field.longest}
        case NumberField():
            return {
                "at_least": field.at_least,
                "at_most": field.at_most,
                "decimals": field.decimals,
                "unit": said(field.unit, locale),
            }
        case TargetField():
            return {"allows": field.allows}
        case ChoiceField():
            return {"many": field.many, "choices": shown_choices(field.of, rules, locale)}
        case YesNoField():
            return {"must_be": field.must_be}
        case DayField():
            return {"not_before": field.not_before}
        case ItemField():
            return {"of": field.of, "many": field.many, "at_least": field.at_least if field.many else None}
        case RowsField():
            inner = [shown_field(each, rules, locale) for each in field.fields]
            return {"at_least": field.at_least, "at_most": field.at_most, "fields": inner}
