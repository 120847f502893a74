"""Where a message goes: to the person or, in a rehearsal, to an address that cannot exist (RFC 2606 §2)."""

import uuid

from store.message.due import DueMessage

REHEARSAL_DOMAIN = "gladi.invalid"


def rehearsal_address(person: uuid.UUID) -> str:
    """The only address to which a rehearsal may write to the person."""
    return f"{person}@{REHEARSAL_DOMAIN}"


def address_of(due: DueMessage) -> str:
    """The address to which the message may go; empty if none is known."""
    return rehearsal_address(due.recipient_id) if due.rehearsal else due.address.strip()
