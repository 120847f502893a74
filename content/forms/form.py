"""A form: sections of fields, and what must hold between them."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field as Limits

from content.forms.fields import Field, Source
from content.parts import Name, Part, Words
from states.triggers import RatingBasis, Trigger


class GroupSection(Part):
    """Fields that are filled in once: ``{"overall": {"results": "above"}}``."""

    kind: Literal["group"]
    name: Name
    label: Words
    help: Words | None = None
    fields: Annotated[tuple[Field, ...], Limits(min_length=1, max_length=40)]


class RowsSection(Part):
    """Rows that somebody adds: ``{"results": [{"id": "h1", ...}]}``."""

    kind: Literal["rows"]
    name: Name
    label: Words
    help: Words | None = None
    fields: Annotated[tuple[Field, ...], Limits(min_length=1, max_length=40)]
    at_least: Annotated[int, Limits(ge=0, le=100)] = 0
    at_most: Annotated[int, Limits(ge=1, le=100)] = 30


class EachSection(Part):
    """The same fields for each thing of a source: ``{"behaviour": {"adaptif": {"rating": "above"}}}``."""

    kind: Literal["each"]
    name: Name
    label: Words
    help: Words | None = None
    of: Literal[Source.RESULTS, Source.INDICATORS, Source.VALUES, Source.SKILLS]
    fields: Annotated[tuple[Field, ...], Limits(min_length=1, max_length=40)]


Section: TypeAlias = Annotated[GroupSection | RowsSection | EachSection, Limits(discriminator="kind")]


class SumCheck(Part):
    """The numbers of one field of all rows of a section add up: weights to 100."""

    kind: Literal["sum"]
    section: Name
    field: Name
    equals: float
    article: str | None = None


class EachHasCheck(Part):
    """Each row of a section has at least one inner row with a value: every result its quantity (art 10(3))."""

    kind: Literal["each_has"]
    section: Name
    rows: Name
    field: Name
    value: str
    families: tuple[Name, ...] = ()
    """Job families of the library to whose posts it applies; none: to everybody."""
    article: str | None = None


class SomeHasCheck(Part):
    """At least one inner row of all has a value: a budget indicator among those of a head (arts 14(4), 16(2))."""

    kind: Literal["some_has"]
    section: Name
    rows: Name
    field: Name
    value: str
    posts: tuple[str, ...] = ()
    """Echelons to whose holders it applies; none: to everybody."""
    families: tuple[Name, ...] = ()
    """Job families of the library to whose posts it applies; none: to everybody. With ``posts``, both must fit."""
    article: str | None = None


class NotedCheck(Part):
    """At least so many entries of a kind were noted in the year: observations by the superior. In a shorter period as
    many as its share of the year, and at least one.
    """

    kind: Literal["noted"]
    entry: Name
    at_least: Annotated[int, Limits(ge=1, le=366)]
    article: str | None = None


Check: TypeAlias = Annotated[
    SumCheck | EachHasCheck | SomeHasCheck | NotedCheck, Limits(discriminator="kind")
]


class Form(Part):
    """What somebody fills in for one action."""

    label: Words
    trigger: Literal[
        Trigger.SUBMIT_PLAN,
        Trigger.SUBMIT_CHECK_IN,
        Trigger.REVIEW_CHECK_IN,
        Trigger.SUBMIT_SELF_ASSESSMENT,
        Trigger.RATE,
        Trigger.DELIVER_RESULT,
    ]
    """The action that hands it in."""
    basis: RatingBasis | None = None
    """For a rating that rests on something else than a plan (PP 30/2019 arts 43 and 44): a form of its own."""
    article: str | None = None
    sections: Annotated[tuple[Section, ...], Limits(min_length=1, max_length=20)]
    checks: Annotated[tuple[Check, ...], Limits(max_length=20)] = ()
