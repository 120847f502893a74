"""Where a notice goes: to the person or, in a rehearsal, to an address that cannot exist (RFC 2606 §2)."""

import uuid

from store.outbox.notice import DueNotice

REHEARSAL_DOMAIN = "gladi.invalid"


def rehearsal_address(person: uuid.UUID) -> str:
    """The only address to which a rehearsal may write to the person."""
    return f"{person}@{REHEARSAL_DOMAIN}"


def email_address(notice: DueNotice) -> str:
    """The e-mail address that the notice may go to; empty where none is known."""
    return rehearsal_address(notice.recipient_id) if notice.rehearsal else notice.recipient_email.strip()
