"""The one place where an item of an operation becomes a command: carried out, or tried in a preview."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from states.codec import load_command
from states.commands import Command
from states.stages import Capacity
from states.triggers import RatingBasis, Trigger

NEW_PERIOD, NEW_BASIS = "new_period", "new_basis"
"""The parameters by which another appraisal begins after the item is done; no part of its command."""


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
    """The command under the id ``command``. Raises `pydantic.ValidationError` for what no command can have."""
    given = {
        name: value
        for name, value in parameters.items()
        if name not in (NEW_PERIOD, NEW_BASIS) and value is not None
    }
    if trigger == Trigger.EXTEND:
        # The text of the operation says why, and on which letter the extension rests.
        given["authority"] = document
    return load_command(
        {
            "id": command,
            "trigger": trigger,
            "capacity": capacity.value,
            "actor": str(actor),
            "fingerprint": fingerprint,
            "document": document,
        }
        | given
    )


def first_day_after(parameters: Mapping[str, Any]) -> dt.date | None:
    """The first day of the appraisal that begins after an item; None where none does."""
    first_day = parameters.get(NEW_PERIOD)
    return None if first_day is None else dt.date.fromisoformat(first_day)


def basis_after(parameters: Mapping[str, Any]) -> RatingBasis | None:
    """The basis of the appraisal that begins after an item; None for a plan."""
    basis = parameters.get(NEW_BASIS)
    return None if basis is None else RatingBasis(basis)
