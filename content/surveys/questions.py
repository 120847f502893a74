"""What a survey asks, by the rules of a version of a scheme, which never changes."""

from dataclasses import dataclass

from content.inputs.rules import SurveyRules
from content.rules import ContentRules
from content.scales import Choice, Scale
from content.skills import skills_for

GROUPS = ("peers", "subordinates")
"""All groups that may be asked, in the order in which a ballot numbers them."""


class NoSuchSurvey(LookupError):
    """A scheme has no survey of this name, or not what it asks for."""


@dataclass(frozen=True, slots=True)
class Questions:
    """A survey with what it asks."""

    name: str
    rules: SurveyRules
    items: tuple[Choice, ...]
    scale: Scale

    @property
    def numbers(self) -> tuple[float, ...]:
        """What the steps count, in the order of the scale."""
        return tuple(float(step.number or 0) for step in self.scale.steps)


def questions_of(content: ContentRules | None, name: str, post: str = "") -> Questions:
    """The questions of a survey about the holder of a post: of skills those that the post asks for.

    Without a post they are those of everybody. Raises `NoSuchSurvey`.
    """
    rules = None if content is None else content.inputs.get(name)
    if content is None or not isinstance(rules, SurveyRules):
        raise NoSuchSurvey(name)
    try:
        listed = content.lists[rules.asks].choices
        items = skills_for(post, content) if rules.asks == content.skills else listed
        return Questions(name, rules, items, content.scales[rules.scale])
    except KeyError as error:
        raise NoSuchSurvey(name) from error


def surveys_in(content: ContentRules | None) -> dict[str, SurveyRules]:
    """The surveys of a scheme by name."""
    inputs = {} if content is None else content.inputs
    return {name: rules for name, rules in inputs.items() if isinstance(rules, SurveyRules)}
