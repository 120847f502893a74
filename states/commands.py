"""What somebody asks of a case."""

import datetime as dt
from dataclasses import dataclass

from states.receipt_evidence import Evidence
from states.stages import Capacity
from states.triggers import RevisionGround, Trigger


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
    ground: RevisionGround | None = None
    """Legal ground, for a plan revision."""
    assignee: str | None = None
    """Person who takes over, for a reassignment."""
    assigned_capacity: Capacity | None = None
    """Capacity that is handed over, for a reassignment."""
