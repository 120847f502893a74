"""An agency's rules as values: what `schemes` loads from YAML and the core applies."""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
)

from states.receipt_evidence import Evidence
from states.stages import Capacity, Stage
from states.triggers import DismissalGround, RatingBasis


class Unit(StrEnum):
    """The unit in which the law counts a deadline; rules mix units, so each keeps its own."""

    CALENDAR_DAYS = "hari"
    WORKING_DAYS = "hari_kerja"
    MONTHS = "bulan"
    FIXED_DATE = "tanggal"


class StartEvent(StrEnum):
    """What sets a deadline running."""

    STAGE_ENTERED = "stage_entered"
    RECEIPT = "receipt"
    LAPSE = "lapse"
    """The last day of the term that has lapsed (PP 30/2019 art 50)."""


class RungKind(StrEnum):
    """What a rung does: remind the holder before the due day, or escalate after it."""

    REMINDER = "reminder"
    ESCALATION = "escalation"


class Rule(BaseModel):
    """Base of everything a scheme file says: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _without(data: dict[str, Any], model: BaseModel, *names: str) -> dict[str, Any]:
    """``data`` without the fields ``names`` that are at their default: a scheme that says nothing of a thing is
    stored as it was before there was anything to say.
    """
    fields = type(model).model_fields
    return {
        name: value
        for name, value in data.items()
        if name not in names or getattr(model, name) != fields[name].default
    }


class YearlyDate(Rule):
    """A day of the appraisal year, or of a year after it (``year_offset`` 1 is the next January)."""

    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]
    year_offset: Annotated[int, Field(ge=0, le=1)] = 0

    def in_year(self, year: int) -> dt.date:
        """The date for a case of ``year``; 29-31 fall back to the month's last day."""
        target = year + self.year_offset
        first_of_next = dt.date(target + self.month // 12, self.month % 12 + 1, 1)
        return dt.date(target, self.month, min(self.day, (first_of_next - dt.timedelta(days=1)).day))


class Rung(Rule):
    """One step of a ladder, counted from the due day at a local time of day."""

    name: Annotated[str, Field(min_length=1, max_length=24)]
    kind: RungKind
    days: Annotated[int, Field(ge=-90, le=90)]
    """Signed distance from the due day: negative before, positive after."""
    unit: Literal[Unit.CALENDAR_DAYS, Unit.WORKING_DAYS] = Unit.WORKING_DAYS
    audience: tuple[Capacity, ...]


class Ladder(Rule):
    """Reminders before and escalations after a due day (*tangga pengingat dan eskalasi*)."""

    at: dt.time
    rungs: tuple[Rung, ...]


class DeadlineRule(Rule):
    """One deadline as data, with the article that it comes from."""

    rule: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
    unit: Unit
    length: Annotated[int, Field(ge=1, le=366)] | None = None
    """Number of units; absent for a fixed date."""
    date: YearlyDate | None = None
    """The fixed date; absent for the other units."""
    starts: StartEvent = StartEvent.STAGE_ENTERED
    minimum_working_days: Annotated[int, Field(ge=0, le=60)] = 0
    """At least this many working days from the start, so that a past fixed date does not give a
    deadline that has lapsed already (after a send-back, say)."""
    article: Annotated[str, Field(min_length=3)]
    statutory: bool
    """True if set by law; False if set by the agency where the law is silent."""
    ladder: str
    on_lapse: Annotated[str, Field(pattern=r"^(wait|escalate|auto:[a-z_]+)$")]

    @property
    def automatic_trigger(self) -> str | None:
        """The trigger that the clock fires on lapse, if the scheme lets it."""
        return self.on_lapse.removeprefix("auto:") if self.on_lapse.startswith("auto:") else None


class StageRule(Rule):
    """A scheme's rules for one stage."""

    opens_next: YearlyDate | None = None
    """For the stages that wait on the clock (scheduled, second_half): the next stage's opening date."""
    deadline: DeadlineRule | None = None
    after_receipt: DeadlineRule | None = None
    """Response only: the deadline that replaces the first once receipt is evidenced."""
    later_period: DeadlineRule | None = None
    """Plan only: the deadline in a period that began within the year (PP 30/2019 art 24(3))."""
    closed_period: DeadlineRule | None = None
    """Rating only: the deadline of a period that was closed within the year (art 36)."""

    @model_serializer(mode="wrap")
    def _without_what_is_absent(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return _without(serialise(self), self, "later_period", "closed_period")

    @property
    def rules(self) -> Iterator[tuple[str, DeadlineRule]]:
        """The deadlines of the stage, each with the name of its field."""
        for name in ("deadline", "after_receipt", "later_period", "closed_period"):
            if (rule := getattr(self, name)) is not None:
                yield name, rule


class DeemedAfter(Rule):
    """How long after evidenced delivery a result counts as received without any act of the employee."""

    unit: Literal[Unit.CALENDAR_DAYS, Unit.WORKING_DAYS]
    length: Annotated[int, Field(ge=1, le=90)]


class ReceiptRule(Rule):
    """What counts as the receipt of a result (domain: the date must be evidenced)."""

    starts_with: Literal[Evidence.SEEN, Evidence.ACKNOWLEDGED] = Evidence.ACKNOWLEDGED
    """The weakest act of the employee that begins the days of the response."""
    deemed_after: DeemedAfter | None = None
    """Absent: receipt is never deemed."""
    article: Annotated[str, Field(min_length=3)] | None = None
    """What the agency rests the deeming on; wanted where ``deemed_after`` is given."""
    answer: DeadlineRule | None = None
    """How soon HR answers an employee who disputes a receipt on record. Absent: nobody can dispute one."""

    @model_serializer(mode="wrap")
    def _without_what_is_absent(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return _without(serialise(self), self, "answer")


class StatementRule(Rule):
    """How both sides are asked for an explanation (PP 30/2019 art 59(3)): a term of its own for each."""

    employee: DeadlineRule
    rater: DeadlineRule


class ObjectionRule(Rule):
    """How an objection is examined and decided, where PP 30/2019 art 59 leaves it to the agency."""

    statements: StatementRule | None = None
    """Absent: the officer himself puts on record that a side was heard."""
    dismissal_grounds: tuple[DismissalGround, ...] | None = None
    """The only grounds on which an objection is inadmissible; absent: any that is given in words."""
    acting_official_decides: bool = True
    """Whether a Plt. or Plh. decides in his official's place; otherwise the next level up does."""


class ExtensionRule(Rule):
    """How far a term that the law sets may be extended (PP 30/2019 knows no extension of its own)."""

    unit: Literal[Unit.CALENDAR_DAYS, Unit.WORKING_DAYS]
    at_most: Annotated[int, Field(ge=1, le=366)]
    """Units after the day that the law gives."""


class PathRule(Rule):
    """A way to a rating without a plan of one's own."""

    article: Annotated[str, Field(min_length=3)]


class BehindSuperiorRule(Rule):
    """How the clock of a plan goes while that of the rater, on which it rests, is not set (PP 30/2019 art 8(2))."""

    clock: Literal["runs", "waits"]
    days: Annotated[int, Field(ge=1, le=60)] | None = None
    """For ``waits``: at least so many units are left after the day on which the rater's plan was set."""
    unit: Literal[Unit.WORKING_DAYS] = Unit.WORKING_DAYS


class Counting(Rule):
    """How days are counted where the law leaves it open (domain: policy switches)."""

    first_day: Literal["next_day", "same_day"] = "next_day"
    on_holiday: Literal["keep", "next_working_day"] = "keep"


class Rulebook(Rule):
    """All rules of a case: one version of one scheme."""

    scheme: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
    version: Annotated[int, Field(ge=1)]
    title: Mapping[Literal["id", "en"], str]
    basis: tuple[str, ...]
    counting: Counting
    check_ins: tuple[YearlyDate, ...]
    """Opening dates of the check-ins within the year, in order; empty drops them."""
    periodic_evaluation: Literal["monthly", "quarterly"] | None = None
    """Where the check-ins are periodic evaluations (PermenPANRB 6/2022 arts 23-25): how often."""
    plan_screening: bool = False
    """Whether the Pengelola Kinerja reviews a plan before it is agreed (PP 30/2019 art 8(4))."""
    moderation: bool
    late_objection: Literal["flag", "refuse"]
    ladders: Mapping[str, Ladder]
    stages: Mapping[Stage, StageRule]
    receipt: ReceiptRule = ReceiptRule()
    objection: ObjectionRule = ObjectionRule()
    extension: ExtensionRule | None = None
    """Absent: no term is bounded by what the law gives, and none needs a basis."""
    provisional_report: DeadlineRule | None = None
    """When a result that is not settled by then is reported with a flag (art 51(1)); absent: it is not owed."""
    paths: Mapping[RatingBasis, PathRule] = {}
    """Other bases of a rating that the scheme knows (arts 43 and 44)."""
    behind_superior: BehindSuperiorRule | None = None
    """Absent: the clock of a plan runs, whether that of the rater is set or not."""
    conflict_declaration: bool = False
    """Whether a rater may declare a conflict of interest, upon which his superior rates (UU 30/2014 arts 42 and 43)."""

    @model_serializer(mode="wrap")
    def _without_what_is_absent(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return _without(serialise(self), self, *_LATER_FIELDS)

    @property
    def deadline_rules(self) -> Iterator[tuple[tuple[str, ...], DeadlineRule]]:
        """Every deadline of the scheme, each with its place."""
        for stage, stage_rule in self.stages.items():
            for name, rule in stage_rule.rules:
                yield ("stages", stage.value, name), rule
        if self.receipt.answer is not None:
            yield ("receipt", "answer"), self.receipt.answer
        if self.objection.statements is not None:
            yield ("objection", "statements", "employee"), self.objection.statements.employee
            yield ("objection", "statements", "rater"), self.objection.statements.rater
        if self.provisional_report is not None:
            yield ("provisional_report",), self.provisional_report

    @property
    def key(self) -> str:
        """``scheme@version``, by which a running case keeps its rules."""
        return f"{self.scheme}@{self.version}"


_LATER_FIELDS = (
    "periodic_evaluation",
    "plan_screening",
    "receipt",
    "objection",
    "extension",
    "provisional_report",
    "paths",
    "behind_superior",
    "conflict_declaration",
)
"""Fields that came after the first schemes were stored."""
