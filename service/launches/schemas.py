import datetime as dt
import uuid
from typing import Any

from service.answer import Answer
from store.launch.outcomes import Outcome


class OutcomeTotal(Answer):
    """How many people came to the same."""

    outcome: Outcome
    outcome_name: str
    reason: str
    """Stable code; empty for whoever was started."""
    reason_name: str
    people: int


class LaunchProgress(Answer):
    """How far a launch has come."""

    cycle: uuid.UUID
    appraisals: int
    """Appraisals on record."""
    started: int
    """Of these, how many are on record and followed by the engine."""
    outcomes: list[OutcomeTotal]
    """What the launches of the cycle came to for its people so far."""
    engine: dict[str, Any] | None
    """What the launching workflow says itself; null where it does not answer."""


class LaunchResultLine(Answer):
    """What the last launch that looked at somebody came to."""

    person_id: uuid.UUID
    name: str
    full_name: str
    nip_masked: str
    """All but the last three digits hidden."""
    unit_id: uuid.UUID
    unit_code: str
    unit: str
    outcome: Outcome
    outcome_name: str
    reason: str
    """Stable code of why somebody was skipped or failed; empty otherwise."""
    reason_name: str
    remedy: str
    """Who has to do what before the next launch takes the person."""
    appraisal_id: uuid.UUID | None
    at: dt.datetime


class LaunchResultPage(Answer):
    """Results in the order of the people's ids."""

    items: list[LaunchResultLine]
    next: str | None
    """Cursor of the next page; null on the last."""
