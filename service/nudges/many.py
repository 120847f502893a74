"""Nudges about more appraisals than one request may have."""

import uuid
from collections.abc import Sequence

from service.accounts.tokens import Identity
from service.nudges.nudging import MOST_AT_ONCE, Nudging
from service.nudges.outcome import Nudged


async def nudge_in_parts(
    nudging: Nudging, identity: Identity, appraisals: Sequence[uuid.UUID], key: str
) -> list[Nudged]:
    """Nudges about all of them, each part under a key of its own. Raises what `Nudging.nudge` raises."""
    found: list[Nudged] = []
    for start in range(0, len(appraisals), MOST_AT_ONCE):
        part = appraisals[start : start + MOST_AT_ONCE]
        found += await nudging.nudge(identity, f"{key}-{start}", part)
    return found


async def preview_in_parts(
    nudging: Nudging, identity: Identity, appraisals: Sequence[uuid.UUID]
) -> list[Nudged]:
    """What that would come to; nobody is nudged. Raises what `Nudging.preview` raises."""
    found: list[Nudged] = []
    for start in range(0, len(appraisals), MOST_AT_ONCE):
        found += await nudging.preview(identity, appraisals[start : start + MOST_AT_ONCE])
    return found
