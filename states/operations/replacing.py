"""One official takes over the tasks of another."""

import uuid
from collections.abc import Collection

from states.changes import ReplaceOfficial
from states.errors import ParameterInvalid


def check_successor(official: uuid.UUID, successor: uuid.UUID) -> None:
    """Nobody succeeds himself. Raises `ParameterInvalid`."""
    if successor == official:
        raise ParameterInvalid("Name somebody else as the successor.", field="successor")


def officials_of(change: ReplaceOfficial) -> set[uuid.UUID]:
    """People whose cases the replacement may affect, with the cases of everybody below them."""
    return {change.official, change.successor}


def require_rated(changed: Collection[uuid.UUID]) -> None:
    """``changed`` are the people whose relation was handed over. Raises `ParameterInvalid` if there are none."""
    if not changed:
        raise ParameterInvalid(
            "Nobody is rated by this official; there is nothing to hand over.", field="official"
        )
