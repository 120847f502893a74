"""What may be requested for many cases at once: changes of the organisation, extensions, other rules."""

import datetime as dt
import uuid
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter
from pydantic_core import PydanticCustomError

from states.absences import AbsenceKind
from states.stages import Stage

LONGEST_LIST = 5_000
"""The most people, units or cases that one change may list."""

EARLIEST_DAY, LATEST_DAY = dt.date(2000, 1, 1), dt.date(2100, 12, 31)
"""Each day between them has a moment in every zone."""


def _storable(value: str) -> str:
    """Refuses the character NUL, which the database cannot hold."""
    if "\0" in value:
        raise PydanticCustomError("nul_character", "The text must not contain the character NUL")
    return value


_Storable = AfterValidator(_storable)
_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000), _Storable]
_Authority = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), _Storable]
_Day = Annotated[dt.date, Field(ge=EARLIEST_DAY, le=LATEST_DAY)]


class ChangeKind(StrEnum):
    """The kinds of change."""

    EXTEND = "extend"
    REPLACE_OFFICIAL = "replace_official"
    APPOINT_SUBSTITUTE = "appoint_substitute"
    END_SUBSTITUTION = "end_substitution"
    ABSENCE = "absence"
    RETURN = "return"
    MOVE = "move"
    MERGE_UNITS = "merge_units"
    ADOPT_CALENDAR = "adopt_calendar"
    ADOPT_RULES = "adopt_rules"


class SubstitutionKind(StrEnum):
    """By what right somebody stands in for an official (PP 30/2019 art 46(1), (4)).

    *Plt.* and *Plh.* act by mandate (*mandat*, UU 30/2014 arts 14 and 34), whoever is delegated by *pendelegasian
    kewenangan*.
    """

    PLT = "plt"
    """*Plt.*: the post is vacant."""
    PLH = "plh"
    """*Plh.*: the official is away for a while."""
    DELEGATED = "delegated"
    """*Pendelegasian kewenangan* (PP 30/2019 art 46(1))."""


class DeadlineUnit(StrEnum):
    """The unit of an extension's length."""

    DAYS = "hari"
    WORKING_DAYS = "hari_kerja"


class _Change(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    reason: _Words
    """Why, in words; the employees concerned can read it."""
    authority: _Authority
    """Who decided it, by which letter."""


class _Dated(_Change):
    effective_on: _Day | None = None
    """First day on which the change holds; if left out, at once."""


class Extension(_Change):
    """More time for the running deadlines of some people, of a unit and all below it, or of a cycle."""

    kind: Literal[ChangeKind.EXTEND] = ChangeKind.EXTEND
    people: Annotated[tuple[uuid.UUID, ...], Field(max_length=LONGEST_LIST)] = ()
    unit: uuid.UUID | None = None
    cycle: uuid.UUID | None = None
    """With people or a unit: only their cases of this cycle."""
    stages: tuple[Stage, ...] = ()
    """Only deadlines of these stages; if left out, of all."""
    until: _Day | None = None
    """The new due day for all."""
    length: Annotated[int, Field(ge=1, le=180)] | None = None
    """Or this many units after each present due day."""
    unit_of_length: DeadlineUnit = DeadlineUnit.WORKING_DAYS


class ReplaceOfficial(_Dated):
    """A successor takes over an official's present and future tasks, for all of his people or some."""

    kind: Literal[ChangeKind.REPLACE_OFFICIAL] = ChangeKind.REPLACE_OFFICIAL
    official: uuid.UUID
    successor: uuid.UUID
    people: Annotated[tuple[uuid.UUID, ...], Field(max_length=LONGEST_LIST)] = ()
    """Only these of his people; if left out, all."""


class AppointSubstitute(_Dated):
    """Somebody stands in for an official for a period: Plt., Plh. or by delegation. ``authority`` is the letter."""

    kind: Literal[ChangeKind.APPOINT_SUBSTITUTE] = ChangeKind.APPOINT_SUBSTITUTE
    official: uuid.UUID
    substitute: uuid.UUID
    basis: SubstitutionKind
    until: _Day | None = None
    """Last day; only a Plt. may be appointed without one."""


class EndSubstitution(_Dated):
    """A substitution ends early."""

    kind: Literal[ChangeKind.END_SUBSTITUTION] = ChangeKind.END_SUBSTITUTION
    substitution: uuid.UUID


class Absence(_Dated):
    """Somebody is away for long, or has left for good."""

    kind: Literal[ChangeKind.ABSENCE] = ChangeKind.ABSENCE
    person: uuid.UUID
    absence: AbsenceKind
    until: _Day | None = None
    """Last day; leave needs one, an absence for good has none."""
    evaluate: bool = False
    """On leaving for good: rate the work under an approved plan, instead of cancelling the case."""
    successor: uuid.UUID | None = None
    """Who takes over the people whom the person rates, for good."""


class Return(_Dated):
    """Somebody is back before, or at, the end of an absence."""

    kind: Literal[ChangeKind.RETURN] = ChangeKind.RETURN
    person: uuid.UUID


class Move(_Dated):
    """Somebody moves to a post in another unit: a new period with a new rater begins (PP 30/2019 arts 24(3), 36)."""

    kind: Literal[ChangeKind.MOVE] = ChangeKind.MOVE
    person: uuid.UUID
    unit: uuid.UUID
    rater: uuid.UUID
    post: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), _Storable] = ""
    """The new post; if left out, the old one stays."""
    successor: uuid.UUID | None = None
    """Who takes over the people whom the person rates."""
    keeps_people: bool = False
    """He goes on rating these people."""


class MergeUnits(_Dated):
    """One unit takes over others, with all their people and the units below them."""

    kind: Literal[ChangeKind.MERGE_UNITS] = ChangeKind.MERGE_UNITS
    units: Annotated[tuple[uuid.UUID, ...], Field(min_length=1, max_length=200)]
    into: uuid.UUID


class AdoptCalendar(_Change):
    """A decree that changes working days reaches appraisals that run; ``authority`` is the decree.

    Zone and week of each appraisal's calendar stay.
    """

    kind: Literal[ChangeKind.ADOPT_CALENDAR] = ChangeKind.ADOPT_CALENDAR
    cycles: Annotated[tuple[uuid.UUID, ...], Field(max_length=100)] = ()
    """Only appraisals of these cycles; if left out, of all."""
    closed: Annotated[tuple[_Day, ...], Field(max_length=366)] = ()
    """Days on which nobody works any more, as in a file of working days."""
    working: Annotated[tuple[_Day, ...], Field(max_length=366)] = ()
    """Holidays or joint leave that are working days from now on."""
    decreed: Annotated[
        tuple[Annotated[int, Field(ge=EARLIEST_DAY.year, le=LATEST_DAY.year)], ...], Field(max_length=10)
    ] = ()
    """Years whose decree on public holidays this is, with its days in ``closed``: they are provisional no more."""


class AdoptRules(_Change):
    """Appraisals that are not rated yet go on by a newer version of their scheme."""

    kind: Literal[ChangeKind.ADOPT_RULES] = ChangeKind.ADOPT_RULES
    people: Annotated[tuple[uuid.UUID, ...], Field(max_length=LONGEST_LIST)] = ()
    unit: uuid.UUID | None = None
    """With all units below it."""
    cycle: uuid.UUID | None = None
    """With people or a unit: only their cases of this cycle. By itself: later launches of the cycle too."""
    scheme: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}@[1-9][0-9]{0,5}$")] | None = None
    """The version, such as ``nasional@3``; if left out, the newest of each appraisal's scheme."""


Change = Annotated[
    Extension
    | ReplaceOfficial
    | AppointSubstitute
    | EndSubstitution
    | Absence
    | Return
    | Move
    | MergeUnits
    | AdoptCalendar
    | AdoptRules,
    Field(discriminator="kind"),
]

CHANGE: TypeAdapter[Change] = TypeAdapter(Change)
"""Reads and writes any change."""
