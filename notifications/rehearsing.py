"""The last guard before a provider: a rehearsal reaches nobody."""

from notifications.addressing import rehearsal_address
from notifications.channel import Envelope, PermanentFailure


def refuse_real_address(envelope: Envelope) -> None:
    """Raises `PermanentFailure` if a rehearsal would write to any address but the person's invented one."""
    if envelope.rehearsal and envelope.address != rehearsal_address(envelope.person):
        raise PermanentFailure("a rehearsal may not write to a real address", reason="rehearsal")
