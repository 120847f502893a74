"""The kinds of fields that a form is made of. Each says what a valid value is; `content.forms.checking` applies it."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field as Limits

from content.parts import Name, Part, Words


class Source(StrEnum):
    """Things that stand in the case, which a form has a part for each of, or refers to."""

    RESULTS = "plan.results"
    """The rows of the plan in force: *rencana hasil kerja*."""
    INDICATORS = "plan.indicators"
    """Their indicators: *indikator kinerja individu*."""
    VALUES = "values"
    """The choices of the list that the scheme names as its values (BerAKHLAK)."""
    SKILLS = "skills"
    """The choices of the list that the scheme names as its skills, as far as the employee's post asks for them."""
    SUPERIOR_RESULTS = "superior.results"
    """The rows of the plan of the employee's rater."""
    EVIDENCE = "evidence"
    """What was handed in as evidence."""


class Condition(Part):
    """When a field is asked for: another field of the same group has one of these values."""

    field: Name
    among: Annotated[tuple[str | bool, ...], Limits(min_length=1, max_length=12)]


class _Field(Part):
    name: Name
    label: Words
    help: Words | None = None
    required: bool = True
    when: Condition | None = None
    """Absent: always asked for. A value for a field that is not asked for is a mistake."""


class TextField(_Field):
    """Words, in one line or several."""

    kind: Literal["text"]
    lines: Literal["one", "many"] = "many"
    shortest: Annotated[int, Limits(ge=0, le=4000)] = 1
    """Fewest characters, blanks around it not counted."""
    longest: Annotated[int, Limits(ge=1, le=4000)] = 2000


class NumberField(_Field):
    """A number, as JSON writes it."""

    kind: Literal["number"]
    at_least: float | None = None
    at_most: float | None = None
    decimals: Annotated[int, Limits(ge=0, le=4)] = 0
    unit: Words | None = None


class TargetField(_Field):
    """A target: ``{"number": 12, "unit": "dokumen"}``, or ``{"text": ...}`` where it is qualitative."""

    kind: Literal["target"]
    allows: Literal["number", "text", "both"] = "both"


class ChoiceField(_Field):
    """One step of a scale or one choice of a list, by its name; several as a list without repetition."""

    kind: Literal["choice"]
    of: Name
    """The name of the scale or list."""
    many: bool = False


class DayField(_Field):
    """A day, as ``2027-03-01``."""

    kind: Literal["day"]
    not_before: Name | None = None
    """A day field before it in the same part: the end of a period is not before its beginning."""


class YesNoField(_Field):
    """True or false."""

    kind: Literal["yes_no"]
    must_be: bool | None = None
    """Where only one answer lets somebody go on: a declaration."""


class ItemField(_Field):
    """Something that stands in the case, by its id; several as a list without repetition.

    For `Source.SUPERIOR_RESULTS` also ``"waiting"``: the superior's plan is not ready yet.
    """

    kind: Literal["item"]
    of: Source
    many: bool = False
    at_least: Annotated[int, Limits(ge=0, le=50)] = 1
    """Fewest items of a required field that takes several."""


class RowsField(_Field):
    """A list of rows inside a row. Each row has an ``id``, unique in the form; a missing one is given."""

    kind: Literal["rows"]
    fields: Annotated[tuple["PlainField", ...], Limits(min_length=1, max_length=30)]
    at_least: Annotated[int, Limits(ge=0, le=100)] = 0
    at_most: Annotated[int, Limits(ge=1, le=100)] = 30


PlainField: TypeAlias = Annotated[
    TextField | NumberField | TargetField | ChoiceField | DayField | YesNoField | ItemField,
    Limits(discriminator="kind"),
]
"""A field that holds one value, or some of one kind."""

Field: TypeAlias = Annotated[
    TextField | NumberField | TargetField | ChoiceField | DayField | YesNoField | ItemField | RowsField,
    Limits(discriminator="kind"),
]


def nested(fields: tuple[Field, ...]) -> Iterator[Field]:
    """The fields, and after each list of rows the fields of its rows."""
    for field in fields:
        yield field
        if isinstance(field, RowsField):
            yield from field.fields
