"""The one place where an item of an operation becomes a command: carried out, or tried in a preview."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from states.commands import Command
from states.stages import Capacity
from states.triggers import Trigger

NEW_PERIOD = "new_period"
"""The parameter by which another appraisal begins after the item is done; no part of its command."""


def command_of_item(
    trigger: str,
    parameters: Mapping[str, Any],
    *,
    command: str,
    capacity: Capacity,
    actor: uuid.UUID,
    document: str,
    fingerprint: str = "",
) -> Command:
    """The command under the id ``command``. Raises `ValueError` for a value that no command can have."""
    until, assigned = parameters.get("until"), parameters.get("assigned_capacity")
    return Command(
        id=command,
        trigger=Trigger(trigger),
        capacity=capacity,
        actor=str(actor),
        fingerprint=fingerprint,
        document=document,
        until=None if until is None else dt.date.fromisoformat(until),
        assignee=parameters.get("assignee"),
        assigned_capacity=None if assigned is None else Capacity(assigned),
    )


def first_day_after(parameters: Mapping[str, Any]) -> dt.date | None:
    """The first day of the appraisal that begins after an item; None where none does."""
    first_day = parameters.get(NEW_PERIOD)
    return None if first_day is None else dt.date.fromisoformat(first_day)
