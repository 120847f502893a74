"""The link with which the reader of a digest switches such mail off without signing in (RFC 8058)."""

import uuid

from notifications.kinds import Kind, is_locked
from notifications.signing import Signer
from store.message.channels import ChannelName

PATH = "/api/v1/unsubscribe"
_SIGNATURE_BYTES = 16

SWITCHED_OFF: tuple[Kind, ...] = tuple(kind for kind in Kind if not is_locked(kind, ChannelName.EMAIL))
"""The kinds whose e-mails the link switches off: all that may be. The inbox and what the law prescribes stay."""


class UnsubscribeTokens:
    """Makes and reads tokens. A token names one person, authorises only this and never expires."""

    def __init__(self, secret: str) -> None:
        self._signer = Signer(secret, "unsubscribe")

    def make(self, person: uuid.UUID) -> str:
        """The token of the person, always the same."""
        return self._signer.seal(person.bytes, _SIGNATURE_BYTES)

    def read(self, token: str) -> uuid.UUID | None:
        """The person of a token; None if we did not make it."""
        content = self._signer.open(token, 16, _SIGNATURE_BYTES)
        return None if content is None else uuid.UUID(bytes=content)


def unsubscribe_url(public_url: str, secret: str, person: uuid.UUID) -> str:
    """The link for a person's digests."""
    return f"{public_url}{PATH}/{UnsubscribeTokens(secret).make(person)}"
