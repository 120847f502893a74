"""The inputs of a rating, as a scheme describes them."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field as Limits

from content.parts import Article, Name, Part, Words

Reminders = Annotated[tuple[Annotated[int, Limits(ge=1, le=60)], ...], Limits(max_length=6)]
"""So many days before the last one somebody who has not answered is reminded."""


class DayOfYear(Part):
    """A day of the year that is appraised, or of the next one."""

    month: Annotated[int, Limits(ge=1, le=12)]
    day: Annotated[int, Limits(ge=1, le=28)]
    next_year: bool = False


class TextQuestion(Part):
    """A question that is answered in words."""

    name: Name
    label: Words
    help: Words | None = None
    longest: Annotated[int, Limits(ge=1, le=1500)] = 1000


class SurveyGroup(Part):
    """Who is asked: peers of the same level in the same unit (art 39(2)), or subordinates (art 39(3))."""

    name: Literal["peers", "subordinates"]
    at_most: Annotated[int, Limits(ge=3, le=30)] = 5
    """So many are invited by the rule; of more, some are drawn."""


class SurveyRules(Part):
    """A closed survey on each person (PP 30/2019 arts 39 and 40).

    Who answered and what was answered are kept apart, and nothing is shown of fewer than ``minimum`` answers.
    """

    kind: Literal["survey"]
    label: Words
    help: Words | None = None
    groups: Annotated[tuple[SurveyGroup, ...], Limits(min_length=1, max_length=2)]
    invited_by: Annotated[tuple[Literal["rule", "hr", "rater"], ...], Limits(min_length=1)] = ("rule", "hr")
    """Who invites: the rule of the groups by itself, HR, or the rater."""
    asks: Name
    """The list of which each choice is rated: the values, or skills."""
    scale: Name
    """The scale of the answers; each of its steps has a number."""
    texts: Annotated[tuple[TextQuestion, ...], Limits(max_length=2)] = ()
    """Shown in another order than they came, after the survey has closed, if the minimum was reached."""
    opens: DayOfYear
    days: Annotated[int, Limits(ge=3, le=90)] = 14
    """How many days it is open."""
    remind: Reminders = (7, 2)
    minimum: Annotated[int, Limits(ge=3, le=30)] = 3
    """Of fewer answers nothing is shown and nothing counts; a scheme may ask for more than three."""
    too_few: Literal["absent", "extend"] = "absent"
    """With too few answers on the last day the survey is absent, or is open once more for ``extend_days``."""
    extend_days: Annotated[int, Limits(ge=1, le=30)] = 7
    article: Article


class TeamRules(Part):
    """The result of a team that its members' files carry, by the days of their membership."""

    kind: Literal["team"]
    label: Words
    help: Words | None = None
    scale: Name
    """The scale of a team's result; each of its steps has a number."""
    due: DayOfYear
    remind: Reminders = (14, 3)
    article: Article


InputRules: TypeAlias = Annotated[SurveyRules | TeamRules, Limits(discriminator="kind")]
