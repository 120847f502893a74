"""How a scheme comes from ratings to a predicate: data for the methods in `content.rating`."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field as Limits

from content.parts import Article, Name, Part, Words


class FieldPlace(Part):
    """A field of the rating form: of a group section, or of each part of a section."""

    section: Name
    field: Name


class MatrixMethod(Part):
    """Two ratings by judgement, results and behaviour, meet in one cell (PermenPANRB 6/2022)."""

    kind: Literal["matrix"]
    article: Article
    results: FieldPlace
    """Where the rating form holds the rating of the results."""
    behaviour: FieldPlace
    scale: Name
    """The scale of both."""
    cells: dict[Name, dict[Name, Name]]
    """Predicate by rating of the results, then by rating of the behaviour; every cell is given."""


class Band(Part):
    """A predicate for scores from ``at_least`` to below the next band."""

    predicate: Name
    at_least: float
    needs: FieldPlace | None = None
    """A yes of the rating form without which the next lower band applies: a confirmed innovation (art 41(5)a)."""


class PlanComponent(Part):
    """The achievement of the plan: each indicator's realisation against its target, weighed by result."""

    kind: Literal["plan"]
    name: Name
    label: Words
    realised: FieldPlace
    """Where the rating form holds what was realised, for each indicator."""
    weights: Name | None = None
    """The field of a result that holds its weight; absent: all weigh the same."""
    cap: Annotated[float, Limits(gt=0)] = 120
    """Highest achievement of one indicator in percent (art 29(6))."""
    target: Name = "target"
    """The target field of an indicator."""
    lower_is_better: Name | None = None
    """The yes/no field of an indicator that says that less is better; it is then mirrored at the target."""
    achievement: Name = "achievement"
    """The number field beside ``realised`` in which the rater sets the achievement in percent of what cannot be
    divided by: a target in words, or of 0. A form without qualitative targets needs no such field."""
    article: Article


class AverageComponent(Part):
    """The mean of the numbers that each part of a section got."""

    kind: Literal["average"]
    name: Name
    label: Words
    of: FieldPlace
    article: Article


class InputComponent(Part):
    """What others say, as a number of 0 to 120 from a closed input; it may be absent."""

    kind: Literal["input"]
    name: Name
    label: Words
    input: Name
    article: Article


Component: TypeAlias = Annotated[
    PlanComponent | AverageComponent | InputComponent, Limits(discriminator="kind")
]


class Weighting(Part):
    """The weights in percent by component. The first weighting whose components are all there applies."""

    article: Article
    weights: dict[Name, Annotated[float, Limits(gt=0, le=100)]]


class NumericMethod(Part):
    """A score from weighed components, and its band (PP 30/2019 art 41)."""

    kind: Literal["numeric"]
    article: Article
    components: Annotated[tuple[Component, ...], Limits(min_length=1, max_length=12)]
    weightings: Annotated[tuple[Weighting, ...], Limits(min_length=1, max_length=6)]
    """What is absent is not zero: a weighting that needs it does not apply, and the working names it."""
    cap: Annotated[float, Limits(gt=0)] = 120
    decimals: Annotated[int, Limits(ge=0, le=4)] = 2
    """The score is rounded half up to so many decimals before its band is looked up."""
    bands: Annotated[tuple[Band, ...], Limits(min_length=2, max_length=9)]
    """From the best to the worst; the last begins at 0."""


Method: TypeAlias = Annotated[MatrixMethod | NumericMethod, Limits(discriminator="kind")]


class ApartRating(Part):
    """Something rated beside the method and shown apart: process and effort. It never moves the predicate."""

    name: Name
    label: Words
    of: FieldPlace
    scale: Name


class Limit(Part):
    """What the distribution in a unit is expected to be for one or several predicates together."""

    predicates: Annotated[tuple[Name, ...], Limits(min_length=1)]
    at_least: Annotated[float, Limits(ge=0, le=100)] | None = None
    """Percent of the people rated."""
    at_most: Annotated[float, Limits(ge=0, le=100)] | None = None
    largest: bool = False
    """No other predicate has more people."""
    some: bool = False
    """At least one person."""


class DistributionRules(Part):
    """What the predicate of the organisation makes expect of its people: warnings, never a changed rating."""

    article: Article
    levels: Name
    """The scale of the organisation's predicate."""
    expected: dict[Name, tuple[Limit, ...]]
    """Limits by level of the organisation."""
    smallest_unit: Annotated[int, Limits(ge=1, le=1000)] = 10
    """In smaller units a limit is only shown, since whole people cannot meet it exactly."""


class Threshold(Part):
    """A step that is suggested for an achievement of ``at_least`` percent, up to below the next one."""

    step: Name
    at_least: Annotated[float, Limits(ge=0)]


class SuggestionRules(Part):
    """From the achievement of the plan to a step that the rater may take or leave: it never rates.

    No law gives such thresholds; a scheme without these rules suggests nothing.
    """

    article: Article
    achievement: PlanComponent
    """How the achievement is computed; ``realised`` names where the form that is at hand holds it."""
    scale: Name
    thresholds: Annotated[tuple[Threshold, ...], Limits(min_length=2, max_length=12)]
    """From the best to the worst; the last begins at 0."""


class RatingRules(Part):
    """Everything about a scheme's rating."""

    predicates: Name
    """The scale of the predicates."""
    method: Method
    apart: tuple[ApartRating, ...] = ()
    suggestion: SuggestionRules | None = None
    distribution: DistributionRules | None = None
    part_years: Literal["present_rater", "months", "longest"] = "present_rater"
    """How several periods of a year come to one predicate: by the present rater who considers the earlier ones
    (no silent average), by months on the numbers of the predicates, or by the longest period."""
