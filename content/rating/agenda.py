"""What of a rating is to be talked about when it is handed over: all that is better or worse than expected."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from content.forms.context import FormContext
from content.forms.fields import Field, Source, TextField
from content.forms.form import EachSection, Form, GroupSection, Section
from content.forms.items import items_of
from content.parts import Values
from content.rating.judged import Judged, achievements_in, number_in, scale_of, step_in
from content.rating.outcome import Outcome
from content.rating.rules import FieldPlace, MatrixMethod, NumericMethod
from content.rules import ContentRules


class About(StrEnum):
    """Kinds of what is talked about, in the order in which they come up."""

    RESULT = "result"
    INDICATOR = "indicator"
    BEHAVIOUR = "behaviour"
    SKILL = "skill"
    CRITERION = "criterion"
    """Something that is rated once, beside results and behaviour."""


_ABOUT = {
    Source.RESULTS: About.RESULT,
    Source.INDICATORS: About.INDICATOR,
    Source.VALUES: About.BEHAVIOUR,
    Source.SKILLS: About.SKILL,
}
_ORDER = tuple(About)


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the agenda."""

    about: About
    item: str
    """The result, indicator, value or skill, by its id; of a criterion the name of its field."""
    judged: Judged
    reason: str | None


def agenda(
    form: Form, filled: Values, rules: ContentRules, plan: Values | None, outcome: Outcome | None
) -> tuple[Point, ...]:
    """The points of a filled rating form: results, behaviour, skills, then what is rated once, each in the order of
    the plan, of its list, and of the form.

    ``outcome`` is what followed from it: the achievement of indicators is in its working. The ratings of results and
    behaviour as a whole are points only where nothing is rated item by item.
    """
    method = None if rules.rating is None else rules.rating.method
    by_item = any(isinstance(section, EachSection) for section in form.sections)
    sums = (method.results, method.behaviour) if by_item and isinstance(method, MatrixMethod) else ()
    achievements = achievements_in(outcome)

    def judged(place: FieldPlace, field: Field, item: str, part: Values) -> Judged | None:
        value = part.get(field.name)
        if isinstance(method, NumericMethod):
            number = number_in(method, place, field, value, achievements.get(item))
            return number or step_in(field, value, rules)
        return None if place in sums else step_in(field, value, rules)

    points: list[Point] = []
    for section, item, part in _parts(form, filled, rules, FormContext(plan=plan)):
        about = _ABOUT[section.of] if isinstance(section, EachSection) else About.CRITERION
        for number, field in enumerate(section.fields):
            found = judged(FieldPlace(section=section.name, field=field.name), field, item, part)
            if found is not None and found.standing:
                reason = _reason(section.fields[number + 1 :], part, rules)
                points.append(Point(about, item or field.name, found, reason))
    return tuple(sorted(points, key=lambda point: _ORDER.index(point.about)))


def _parts(
    form: Form, filled: Values, rules: ContentRules, context: FormContext
) -> Iterator[tuple[Section, str, Values]]:
    """The parts that are rated, with what they are about. Rows that somebody adds are rated nowhere."""
    for section in form.sections:
        value = filled.get(section.name)
        if not isinstance(value, dict):
            continue
        if isinstance(section, GroupSection):
            yield section, "", value
        elif isinstance(section, EachSection):
            # The database keeps the parts in an order of its own.
            for item in dict.fromkeys((*_in_order(section.of, rules, context), *value)):
                part = value.get(item)
                if isinstance(part, dict):
                    yield section, item, part


def _in_order(source: Source, rules: ContentRules, context: FormContext) -> tuple[str, ...]:
    """All that may have a part: which skills a post asks for was told when the form was filled in."""
    if source is Source.SKILLS:
        return tuple(choice.name for choice in rules.skill_choices)
    return items_of(source, rules, context)


def _reason(following: tuple[Field, ...], part: Values, rules: ContentRules) -> str | None:
    """The first words after a rating, before the next step of a scale."""
    for field in following:
        if scale_of(field, rules) is not None:
            return None
        words = part.get(field.name)
        if isinstance(field, TextField) and isinstance(words, str) and words:
            return words
    return None
