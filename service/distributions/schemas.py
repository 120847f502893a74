import datetime as dt
import uuid
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from service.answer import Answer

LONGEST_REASON = 2000


def _said(reason: str) -> str:
    if "\0" in reason:
        raise PydanticCustomError("nul_character", "The text must not contain the character NUL")
    if not reason.strip():
        raise PydanticCustomError("string_too_short", "The text is empty")
    return reason.strip()


Reason = Annotated[str, Field(min_length=1, max_length=LONGEST_REASON), AfterValidator(_said)]


class NewLevel(BaseModel):
    """The predicate of a unit, to be set."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        use_attribute_docstrings=True,
        json_schema_extra={
            "examples": [{"level": "good", "reason": "Perjanjian kinerja tercapai 92 persen menurut LKjIP"}]
        },
    )

    level: Annotated[str, Field(max_length=40)]
    """A step of the scale that the scheme has for organisations."""
    reason: Reason
    """What it rests on."""


class NewReason(BaseModel):
    """Why the ratings of a unit are spread as they are."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        use_attribute_docstrings=True,
        json_schema_extra={
            "examples": [{"reason": "Seluruh pegawai memenuhi target pelayanan; tidak ada yang di bawah"}]
        },
    )

    reason: Reason


class LevelChoice(Answer):
    """A predicate that a unit may get."""

    level: str
    level_name: str
    meaning: str | None


class UnitLevelLine(Answer):
    """A predicate that the unit was given."""

    id: uuid.UUID
    level: str
    level_name: str
    reason: str
    set_by_id: uuid.UUID
    set_by: str
    set_at: dt.datetime
    """The real moment at which it was set."""


class UnitLevelPage(Answer):
    """The predicate of a unit in a cycle, and all that it was given before, the latest first."""

    cycle_id: uuid.UUID
    unit_id: uuid.UUID
    unit: str
    head: str | None
    """Who leads the unit, as far as the relations show it."""
    present: UnitLevelLine | None
    """The one that counts; null where none is set yet."""
    choices: list[LevelChoice]
    """From the best to the worst."""
    may_set: bool
    """Whether I may set it."""
    items: list[UnitLevelLine]
    next: str | None


class PredicateShare(Answer):
    """How many people have a predicate."""

    predicate: str
    predicate_name: str
    people: int
    percent: float
    """Of the people rated."""


class ExpectedLimit(Answer):
    """What the predicate of the unit makes expect, beside what is there."""

    predicates: list[str]
    """Counted together."""
    at_least: float | None
    """Percent of the people rated."""
    at_most: float | None
    largest: bool
    """No other predicate has more people."""
    some: bool
    """At least one person."""
    expected_in_words: str
    people: int
    percent: float
    verdict: str
    """met, not_met, or too_small: not met in a unit too small to tell."""
    verdict_name: str


class ReasonLine(Answer):
    """Why the ratings are spread as they are, in writing."""

    id: uuid.UUID
    reason: str
    given_by_id: uuid.UUID
    given_by: str
    given_at: dt.datetime


class UnitDistribution(Answer):
    """How the ratings of a unit are spread. It is a picture: no rating is changed by it."""

    cycle_id: uuid.UUID
    unit_id: uuid.UUID
    unit: str
    subunits: bool
    """Whether the people of all units below are counted as well."""
    level: str | None
    """The predicate of the unit; null where none is set, and nothing is expected."""
    level_name: str | None
    article: str | None
    """What the expectation rests on."""
    people: int
    """How many people have a predicate. My own counts once it was handed over to me."""
    on_other_scales: int
    """How many people beside them have a predicate that the scheme of this cycle does not know."""
    too_few: bool
    """So few people that I see only how many they are."""
    shares: list[PredicateShare]
    """By predicate, the best first."""
    limits: list[ExpectedLimit]
    warnings: list[str]
    """The limits that are not met, in sentences. They ask for a written reason and block nothing."""
    reason: ReasonLine | None
    """The written reason that was given last."""
    needs_reason: bool
    """There are warnings, and no reason was given since the unit got its predicate."""


class OrganisationLevel(Answer):
    """The predicate of the unit that somebody leads, beside his own case."""

    appraisal_id: uuid.UUID
    cycle_id: uuid.UUID
    unit_id: uuid.UUID
    unit: str
    level: str | None
    """Null where it is not set yet."""
    level_name: str | None
    set_at: dt.datetime | None
    article: str
    hint: str
    """What it means for the rating."""
