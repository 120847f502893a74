"""What happened to a case: four kinds of fact, enough to rebuild every snapshot."""

import datetime as dt
from dataclasses import dataclass

from states.appraisal import Deadline, Duty
from states.receipt_evidence import Evidence
from states.rules import RungKind
from states.stages import Capacity, Stage
from states.triggers import DismissalGround, Outcome, RatingBasis, ReopeningGround, RevisionGround, Trigger


@dataclass(frozen=True, slots=True)
class Launched:
    """The case exists and waits for its planning window."""

    at: dt.datetime
    employee: str
    year: int
    rulebook: str
    calendar: str
    opens_on: dt.date
    check_ins_done: int = 0
    """Check-ins whose day was over when the appraisal began."""
    period_from: dt.date | None = None
    """First day of a period that began within the year."""
    basis: RatingBasis | None = None
    away: bool = False
    """The employee is away: a stage that comes to await him stands still."""


@dataclass(frozen=True, slots=True)
class Acted:
    """Somebody, or the clock, fired a trigger.

    Leaving a stage ends its deadline; ``deadline`` is the one that begins now. ``actor`` is None for the
    clock. Fields below ``opens_on`` are facts that only some triggers add.
    """

    at: dt.datetime
    trigger: Trigger
    capacity: Capacity
    source: Stage
    target: Stage
    actor: str | None = None
    on_behalf_of: str | None = None
    document: str | None = None
    deadline: Deadline | None = None
    opens_on: dt.date | None = None
    received_on: dt.date | None = None
    remainder: int | None = None
    ground: RevisionGround | None = None
    assignee: str | None = None
    assigned_capacity: Capacity | None = None
    late: bool = False
    outcome: Outcome | None = None
    evidence: Evidence | None = None
    """Evidence of receipt; it began the 14 days or came later."""
    delivered_on: dt.date | None = None
    deemed_on: dt.date | None = None
    """The day at whose end receipt will be deemed, where the scheme deems it."""
    due_before: dt.date | None = None
    """The due day that ``deadline`` replaces, where it is moved and not begun."""
    response_due: dt.date | None = None
    """Last day on which an objection is in time, where it changes."""
    response_by_law: dt.date | None = None
    """The same by the law alone."""
    duties: tuple[Duty, ...] = ()
    """What is owed beside the stage from now on."""
    remainders: tuple[int, ...] = ()
    """What is left of what is owed beside the stage, where the clock stops, each in the unit of its deadline."""
    objected_on: dt.date | None = None
    """The local day of an objection."""
    late_by: int = 0
    late_by_law: int = 0
    result: str | None = None
    """Digest of the text that holds the result, where it is set anew."""
    substance: str | None = None
    """Digest of what that result says, whoever wrote it."""
    authority: str | None = None
    """Digest of the text that says on what an extension rests."""
    reported: bool = False
    dismissal_ground: DismissalGround | None = None
    reopening_ground: ReopeningGround | None = None
    reference: str | None = None
    basis: RatingBasis | None = None
    rulebook: str | None = None
    """The version of the scheme under which the case goes on."""
    calendar: str | None = None
    """The calendar by which the case goes on."""
    check_ins_done: int | None = None
    """Check-ins that lie behind under the new version."""


@dataclass(frozen=True, slots=True)
class RungReached:
    """A reminder or escalation of the running deadline fell due."""

    at: dt.datetime
    rule: str
    name: str
    rung: RungKind
    due_on: dt.date
    audience: tuple[Capacity, ...]


@dataclass(frozen=True, slots=True)
class Lapsed:
    """The due day ended. The case itself only moves if the scheme says so (``policy`` ``auto:...``)."""

    at: dt.datetime
    rule: str
    due_on: dt.date
    policy: str


Event = Launched | Acted | RungReached | Lapsed
