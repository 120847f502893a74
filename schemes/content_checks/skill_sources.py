"""What must hold in the places from which strengths and weaknesses are read."""

from collections.abc import Iterator

from content.follow_up.rules import SkillSource
from content.forms.fields import ChoiceField, Field, ItemField, Source
from content.forms.form import EachSection, Form, Section
from content.inputs.rules import SurveyRules
from content.rating.rules import FieldPlace
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.naming import not_one_of
from schemes.content_checks.rate_forms import fields_at, place_findings, rate_forms
from schemes.document import Path
from states.triggers import Trigger

_BELONGS: dict[str, tuple[str, ...]] = {
    "rated": ("place", "own", "weak", "strong"),
    "input": ("input", "weak_below", "strong_from"),
    "named": ("strengths", "weaknesses"),
}
"""Which fields say something of which kind of source."""
_SAYING = {
    "rated": ("weak", "strong"),
    "input": ("weak_below", "strong_from"),
    "named": ("weaknesses", "strengths"),
}


def skill_findings(content: ContentRules) -> Iterator[Finding]:
    """Every source says something, of the things of the list, in a place that the forms and surveys have."""
    rules = content.follow_up
    if rules.weaknesses is None:
        for name, given in (("sources", rules.sources), ("programme", rules.programme)):
            if given:
                yield (
                    ("follow_up", name),
                    "needs the list of strengths and weaknesses: give follow_up.weaknesses",
                )
        return
    for at, source in enumerate(rules.sources):
        here: Path = ("follow_up", "sources", at)
        for kind, names in _BELONGS.items():
            for name in names if kind != source.kind else ():
                if getattr(source, name) not in (None, ()):
                    yield (*here, name), f"says nothing of a source that is {source.kind}; remove it"
        if all(getattr(source, name) in (None, ()) for name in _SAYING[source.kind]):
            yield here, f"says nothing; give {' or '.join(_SAYING[source.kind])}"
        match source.kind:
            case "rated":
                yield from _rated(here, source, content)
            case "input":
                yield from _input(here, source, content)
            case "named":
                yield from _named(here, source, content)


def _rated(here: Path, source: SkillSource, content: ContentRules) -> Iterator[Finding]:
    forms = rate_forms(content)
    if source.place is None:
        yield (*here, "place"), "is required: the field that has a step for each skill"
        return
    yield from place_findings((*here, "place"), source.place, forms)
    for section, field in fields_at(source.place, forms):
        if not _is_of_the_list(section, content):
            listed = content.follow_up.weaknesses
            yield (*here, "place", "section"), f"{section.name!r} has no part for each thing of {listed}"
        steps = _steps(field, content)
        if not steps:
            yield (*here, "place", "field"), f"{field.name!r} is not a choice of one step of a scale"
            return
        for name in ("weak", "strong"):
            for at, step in enumerate(getattr(source, name)):
                if step not in steps:
                    yield (*here, name, at), not_one_of(step, steps, "steps of the scale")
    for at, step in enumerate(source.strong):
        if step in source.weak:
            yield (*here, "strong", at), f"{step!r} makes a weakness already"
    if source.own is not None:
        own = _forms(content, Trigger.SUBMIT_SELF_ASSESSMENT)
        yield from place_findings((*here, "own"), source.own, own)


def _input(here: Path, source: SkillSource, content: ContentRules) -> Iterator[Finding]:
    rules = content.inputs.get(source.input or "")
    if rules is None:
        yield (*here, "input"), not_one_of(source.input or "", content.inputs, "inputs")
    elif not isinstance(rules, SurveyRules) or rules.asks != content.follow_up.weaknesses:
        listed = content.follow_up.weaknesses
        yield (*here, "input"), f"{source.input!r} is no survey that asks for each thing of {listed}"
    low, high = source.weak_below, source.strong_from
    if low is not None and high is not None and low > high:
        yield (*here, "weak_below"), f"{low:g} is more than strong_from, {high:g}"


def _named(here: Path, source: SkillSource, content: ContentRules) -> Iterator[Finding]:
    forms = rate_forms(content) | _forms(content, Trigger.DELIVER_RESULT)
    for name, place in (("strengths", source.strengths), ("weaknesses", source.weaknesses)):
        if place is not None:
            yield from _named_place((*here, name), place, forms, content)


def _named_place(
    here: Path, place: FieldPlace, forms: dict[str, Form], content: ContentRules
) -> Iterator[Finding]:
    listed = content.follow_up.weaknesses
    sections = {section.name: section for form in forms.values() for section in form.sections}
    found = [field for _section, field in fields_at(place, forms)]
    if place.section not in sections:
        yield (*here, "section"), not_one_of(place.section, sections, "sections of rating and meeting")
    elif not found:
        names = [field.name for field in sections[place.section].fields]
        yield (*here, "field"), not_one_of(place.field, names, "fields of this section")
    for field in found:
        of_skills = isinstance(field, ItemField) and field.of is Source.SKILLS and content.skills == listed
        if not of_skills and not (isinstance(field, ChoiceField) and field.of == listed):
            yield (*here, "field"), f"{field.name!r} is no choice of {listed}"


def _is_of_the_list(section: Section, content: ContentRules) -> bool:
    lists = {Source.SKILLS: content.skills, Source.VALUES: content.values}
    return isinstance(section, EachSection) and lists.get(section.of) == content.follow_up.weaknesses


def _steps(field: Field, content: ContentRules) -> tuple[str, ...]:
    if not isinstance(field, ChoiceField) or field.many or field.of not in content.scales:
        return ()
    return content.scales[field.of].names


def _forms(content: ContentRules, trigger: Trigger) -> dict[str, Form]:
    return {name: form for name, form in content.forms.items() if form.trigger is trigger}
