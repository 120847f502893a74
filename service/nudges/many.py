"""Nudges about more appraisals than one request may contain."""

import uuid
from collections.abc import Sequence

from service.accounts.tokens import Identity
from service.nudges.nudging import MOST_AT_ONCE, Nudging
from service.nudges.outcome import Nudged


async def nudge_in_parts(
    nudging: Nudging, identity: Identity, appraisals: Sequence[uuid.UUID], key: str
) -> list[Nudged]:
    """Nudges about all appraisals, in parts that each have their own key. Raises the errors of `Nudging.nudge`."""
    found: list[Nudged] = []
    for start in range(0, len(appraisals), MOST_AT_ONCE):
        part = appraisals[start : start + MOST_AT_ONCE]
        found += await nudging.nudge(identity, f"{key}-{start}", part)
    return found


async def preview_in_parts(
    nudging: Nudging, identity: Identity, appraisals: Sequence[uuid.UUID]
) -> list[Nudged]:
    """What `nudge_in_parts` would do; nobody is nudged. Raises the errors of `Nudging.preview`."""
    found: list[Nudged] = []
    for start in range(0, len(appraisals), MOST_AT_ONCE):
        found += await nudging.preview(identity, appraisals[start : start + MOST_AT_ONCE])
    return found
