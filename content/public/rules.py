"""Feedback of the public on service units, as a scheme describes it (PermenPANRB 14/2017)."""

from typing import Annotated, Literal

from pydantic import Field as Limits

from content.inputs.rules import TextQuestion
from content.parts import Article, Name, Part, Words


class Category(Part):
    """What an index of ``at_least`` so much, up to below the next category, is called."""

    name: Name
    label: Words
    at_least: Annotated[float, Limits(ge=0, le=100)]


class PublicFeedbackRules(Part):
    """A form without sign-in for each service unit. Its answers are shown by period, and never by person."""

    label: Words
    help: Words | None = None
    elements: Name
    """The list of what is asked about: nine elements of the national survey."""
    scale: Name
    """The steps of an answer, each with its number: 1 to 4."""
    factor: Annotated[float, Limits(gt=0, le=100)] = 25
    """The index is the mean of the means of the elements, times this."""
    categories: Annotated[tuple[Category, ...], Limits(min_length=1, max_length=9)]
    """From the best to the worst; the last begins at the lowest index."""
    text: TextQuestion | None = None
    """Read and cleared by HR before anybody else sees it, and never shown with the name of a person."""
    period: Literal["month", "quarter", "half_year", "year"] = "quarter"
    minimum: Annotated[int, Limits(ge=3, le=1000)] = 3
    """A period with fewer answers is not shown."""
    improve_below: Annotated[float, Limits(ge=0, le=100)] = 76.61
    """An element whose mean times the factor is lower is an area to improve."""
    a_device: Annotated[int, Limits(ge=1, le=100)] = 1
    """Answers a day from one device for one unit."""
    an_address: Annotated[int, Limits(ge=1, le=100_000)] = 60
    """Answers a day from one network address for one unit: people at a counter share one."""
    article: Article
