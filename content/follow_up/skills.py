"""How good somebody is at each skill, by whom it is said, and how far his own word and his superior's lie apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from pydantic import JsonValue

from content.follow_up.rules import SkillSource
from content.follow_up.skill_places import field_at, named_source, own_place
from content.parts import Values
from content.plan.library import family_of
from content.rating.rules import FieldPlace
from content.rules import ContentRules
from content.scales import Choice
from content.skills import fitting
from states.triggers import Trigger


class Standing(StrEnum):
    """What the sources say of a skill together."""

    WEAK = "weak"
    """One source says so, whatever the others say."""
    STRONG = "strong"
    """One source says so, and none says weak."""
    KNOWN = "known"
    """It was looked at, and is neither."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of somebody, as far as its reader may know it."""

    own: Values | None = None
    """The self-assessment as a filled form."""
    rating: Values | None = None
    meeting: Values | None = None
    """The form with which the result was handed over."""
    means: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Of closed surveys the mean of each skill, by input."""


@dataclass(frozen=True, slots=True)
class Because:
    """Why a skill counts as weak or strong."""

    source: Literal["rated", "input", "named"]
    standing: Standing
    step: str | None = None
    """Of ``rated``."""
    scale: str | None = None
    input: str | None = None
    mean: float | None = None
    limit: float | None = None
    """Of ``input``: a mean below it is weak, or from it on strong."""


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill of somebody."""

    choice: Choice
    own: str | None = None
    """The step of the self-assessment."""
    rated: str | None = None
    """The step of the superior."""
    scale: str | None = None
    """Of both steps, or of the one that is there."""
    gap: int | None = None
    """Steps by which the superior rates higher than the employee himself; below 0 lower. None where one is missing."""
    means: Mapping[str, float] = field(default_factory=dict)
    """By input."""
    because: tuple[Because, ...] = ()
    standing: Standing | None = None
    """None: nobody has looked at it."""

    @property
    def name(self) -> str:
        """How the skill is called in data."""
        return self.choice.name


def skills_of(rules: ContentRules, post: str, said: Said) -> tuple[Skill, ...]:
    """The skills that a post asks for, and those that were said without being asked, in the order of the list."""
    listed = rules.lists.get(rules.follow_up.weaknesses or rules.skills or "")
    if listed is None:
        return ()
    asked = {choice.name for choice in fitting(listed.choices, family_of(post, rules))}
    found = [_skill(choice, rules, said, asked=choice.name in asked) for choice in listed.choices]
    return tuple(skill for skill in found if skill.name in asked or skill.standing or skill.own)


def named(rules: ContentRules, filled: Values | None, standing: Standing) -> tuple[str, ...]:
    """The weaknesses or strengths that the form of a meeting names; none where it has only words for them."""
    source = next((each for each in sources(rules) if each.kind == "named"), None)
    place = None if source is None else _place_of(source, standing)
    return () if place is None else _chosen(filled, place)


def weak(skills: Iterable[Skill]) -> tuple[str, ...]:
    """The names of those that are weak."""
    return tuple(skill.name for skill in skills if skill.standing is Standing.WEAK)


def sources(rules: ContentRules) -> tuple[SkillSource, ...]:
    """Where a scheme reads strengths and weaknesses; where it says nothing, in the form of the meeting."""
    if rules.follow_up.sources:
        return rules.follow_up.sources
    implied = named_source(rules)
    return () if implied is None else (implied,)


def _skill(choice: Choice, rules: ContentRules, said: Said, *, asked: bool) -> Skill:
    own: str | None = None
    rated: str | None = None
    scale: str | None = None
    gap: int | None = None
    looked_at = False
    because: list[Because] = []
    means: dict[str, float] = {}
    for source in sources(rules):
        if source.kind == "rated" and source.place is not None:
            mine = _step(said.own, own_place(source, rules), choice.name)
            theirs = _step(said.rating, source.place, choice.name)
            of = field_at(source.place, Trigger.RATE, rules)
            if mine is not None or theirs is not None:
                own, rated, scale = own or mine, rated or theirs, scale or of
                gap = _gap(mine, theirs, source, rules) if gap is None else gap
            because += _of_rating(source, theirs, of)
        elif source.kind == "input" and source.input is not None:
            mean = said.means.get(source.input, {}).get(choice.name)
            if mean is not None:
                means[source.input] = mean
                because += _of_mean(source, mean)
        elif source.kind == "named":
            looked_at |= asked and _was_asked(source, said)
            because += _of_names(source, choice.name, said)
    known = looked_at or rated is not None or bool(means)
    return Skill(choice, own, rated, scale, gap, means, tuple(because), _together(because, known=known))


def _together(because: Iterable[Because], *, known: bool) -> Standing | None:
    said = {each.standing for each in because}
    for standing in (Standing.WEAK, Standing.STRONG):
        if standing in said:
            return standing
    return Standing.KNOWN if known else None


def _gap(own: str | None, rated: str | None, source: SkillSource, rules: ContentRules) -> int | None:
    """Steps between two of the same scale, whose best step is the first."""
    mine, theirs = own_place(source, rules), source.place
    if mine is None or theirs is None or own is None or rated is None:
        return None
    scale = field_at(theirs, Trigger.RATE, rules)
    if scale is None or scale != field_at(mine, Trigger.SUBMIT_SELF_ASSESSMENT, rules):
        return None
    names = rules.scales[scale].names
    return names.index(own) - names.index(rated) if own in names and rated in names else None


def _of_rating(source: SkillSource, step: str | None, scale: str | None) -> Iterator[Because]:
    if step is not None and step in source.weak:
        yield Because("rated", Standing.WEAK, step=step, scale=scale)
    if step is not None and step in source.strong:
        yield Because("rated", Standing.STRONG, step=step, scale=scale)


def _of_mean(source: SkillSource, mean: float) -> Iterator[Because]:
    if source.weak_below is not None and mean < source.weak_below:
        yield Because("input", Standing.WEAK, input=source.input, mean=mean, limit=source.weak_below)
    if source.strong_from is not None and mean >= source.strong_from:
        yield Because("input", Standing.STRONG, input=source.input, mean=mean, limit=source.strong_from)


def _of_names(source: SkillSource, skill: str, said: Said) -> Iterator[Because]:
    for standing in (Standing.WEAK, Standing.STRONG):
        place = _place_of(source, standing)
        if place is not None and any(skill in _chosen(form, place) for form in (said.meeting, said.rating)):
            yield Because("named", standing)


def _was_asked(source: SkillSource, said: Said) -> bool:
    """Whether a form was filled in that asks for names: what it does not name was looked at, too."""
    places = [place for place in (source.strengths, source.weaknesses) if place is not None]
    forms = [form for form in (said.meeting, said.rating) if form is not None]
    return any(place.section in form for form in forms for place in places)


def _place_of(source: SkillSource, standing: Standing) -> FieldPlace | None:
    return source.weaknesses if standing is Standing.WEAK else source.strengths


def _step(filled: Values | None, place: FieldPlace | None, skill: str) -> str | None:
    part = _inside(_inside(filled, None if place is None else place.section), skill)
    step = _inside(part, None if place is None else place.field)
    return step if isinstance(step, str) else None


def _chosen(filled: Values | None, place: FieldPlace) -> tuple[str, ...]:
    chosen = _inside(_inside(filled, place.section), place.field)
    if isinstance(chosen, str):
        return (chosen,)
    return tuple(str(each) for each in chosen) if isinstance(chosen, list) else ()


def _inside(value: JsonValue, name: str | None) -> JsonValue:
    return value.get(name) if isinstance(value, dict) and name is not None else None
