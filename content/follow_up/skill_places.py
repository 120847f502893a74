"""Where the forms of a scheme say something of skills."""

from collections.abc import Iterator

from content.follow_up.rules import SkillSource
from content.forms.fields import ChoiceField, Field, ItemField, Source
from content.forms.form import EachSection, GroupSection, Section
from content.rating.rules import FieldPlace
from content.rules import ContentRules
from states.triggers import Trigger

STRENGTHS, WEAKNESSES = "strengths", "weaknesses"
"""How the form of a meeting calls the fields that name them, where the scheme gives no source."""


def named_source(rules: ContentRules) -> SkillSource | None:
    """The group of the meeting's form that names strengths or weaknesses by choices; None where none does."""
    for section, field in _fields(Trigger.DELIVER_RESULT, rules):
        if isinstance(section, GroupSection) and isinstance(field, ChoiceField) and field.name == WEAKNESSES:
            names = {each.name for each in section.fields if isinstance(each, ChoiceField | ItemField)}
            weaknesses = FieldPlace(section=section.name, field=WEAKNESSES)
            strengths = FieldPlace(section=section.name, field=STRENGTHS) if STRENGTHS in names else None
            return SkillSource(kind="named", strengths=strengths, weaknesses=weaknesses)
    return None


def own_place(source: SkillSource, rules: ContentRules) -> FieldPlace | None:
    """Where the self-assessment says what the rating says at ``source.place``; None where it does not."""
    if source.own is not None or source.place is None:
        return source.own
    if field_at(source.place, Trigger.SUBMIT_SELF_ASSESSMENT, rules) is not None:
        return source.place
    scale = field_at(source.place, Trigger.RATE, rules)
    for section, field in _fields(Trigger.SUBMIT_SELF_ASSESSMENT, rules):
        skills = isinstance(section, EachSection) and section.of is Source.SKILLS
        if skills and isinstance(field, ChoiceField) and field.of == scale:
            return FieldPlace(section=section.name, field=field.name)
    return None


def field_at(place: FieldPlace, trigger: Trigger, rules: ContentRules) -> str | None:
    """The scale or list of the choice at a place of a form; None where there is no such choice."""
    for section, field in _fields(trigger, rules):
        if (section.name, field.name) == (place.section, place.field) and isinstance(field, ChoiceField):
            return field.of
    return None


def _fields(trigger: Trigger, rules: ContentRules) -> Iterator[tuple[Section, Field]]:
    found = rules.form_for(trigger)
    for section in () if found is None else found[1].sections:
        for field in section.fields:
            yield section, field
