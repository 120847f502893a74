"""Acts of a case, as the store reads them."""

import datetime as dt
import uuid

from states.stages import Stage
from states.triggers import Trigger
from store.file.acts import Act

AT = dt.datetime(2026, 1, 5, 3, tzinfo=dt.UTC)


def act(
    sequence: int,
    trigger: Trigger,
    *,
    digest: str | None = None,
    target: Stage = Stage.PLAN_DRAFTING,
    ground: str | None = None,
) -> Act:
    """Somebody's act."""
    return Act(
        sequence=sequence,
        trigger=trigger,
        capacity="employee",
        target=target,
        ground=ground,
        at=AT + dt.timedelta(days=sequence),
        recorded_at=AT,
        actor_id=uuid.UUID(int=1),
        actor="Ani",
        on_behalf_of=None,
        digest=digest,
        rulebook="nasional:4",
    )


def acts(*each: tuple[Trigger, str | None]) -> list[Act]:
    """Acts in order, each with the text that came with it."""
    return [act(sequence, trigger, digest=digest) for sequence, (trigger, digest) in enumerate(each, 1)]
