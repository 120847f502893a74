"""What somebody asks of a case."""

import datetime as dt
from dataclasses import dataclass

from states.receipt_evidence import Evidence
from states.stages import Capacity
from states.triggers import DismissalGround, RatingBasis, ReopeningGround, RevisionGround, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One action by one person in one capacity.

    ``id`` is the caller's idempotency key. ``fingerprint`` is a digest of the request; it reveals another
    request under the same key. Texts stay outside: ``document`` is the SHA-256 in hex under which an
    immutable text is stored.
    """

    id: str
    trigger: Trigger
    capacity: Capacity
    actor: str
    on_behalf_of: str | None = None
    fingerprint: str = ""
    document: str | None = None
    until: dt.date | None = None
    """New due day, for an extension."""
    received_on: dt.date | None = None
    """Day of receipt, for a receipt recorded by HR."""
    evidence: Evidence | None = None
    """Evidence of a receipt recorded by HR; None means handed over in person."""
    delivered_on: dt.date | None = None
    """Day of delivery, as a provider reports it."""
    superior_plan_on: dt.date | None = None
    """Day on which the rater's own plan was set, as the clock notes it."""
    ground: RevisionGround | None = None
    """Legal ground, for a plan revision."""
    assignee: str | None = None
    """Person who takes over, for a reassignment."""
    assigned_capacity: Capacity | None = None
    """Capacity that is handed over, for a reassignment."""
    result: str | None = None
    """SHA-256 in hex of the new result, for a decision that changes it."""
    substance: str | None = None
    """SHA-256 in hex of what a result says, whoever wrote it, by which one that says the same is noticed."""
    authority: str | None = None
    """SHA-256 in hex of the text that says on what an extension rests."""
    dismissal_ground: DismissalGround | None = None
    """Why an objection is inadmissible."""
    reopening_ground: ReopeningGround | None = None
    """Why a result that an objection has settled is opened again."""
    reference: str | None = None
    """Number of the decision on which a reopening rests."""
    basis: RatingBasis | None = None
    """The basis of the rating, for a path without a plan."""
    rulebook: str | None = None
    """Key of the version of the scheme that the case adopts."""
    calendar: str | None = None
    """Key of the calendar that the case adopts."""
