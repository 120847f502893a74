"""What happened to a case: four kinds of fact, enough to rebuild every snapshot."""

import datetime as dt
from dataclasses import dataclass

from states.appraisal import Deadline
from states.receipt_evidence import Evidence
from states.rules import RungKind
from states.stages import Capacity, Stage
from states.triggers import Outcome, RevisionGround, Trigger


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
    """Check-ins whose day was over when a later period of the year began."""


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
    """Receipt will be deemed at the end of this day, if the scheme deems it."""


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
