"""Secrets that prove calls and links genuine when they come without a sign-in."""

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Self

from notifications.linking import LinkCodes
from notifications.unsubscribing import UnsubscribeTokens
from service.configuration.settings import Settings
from service.public_feedback.sealing import PublicSeals


@dataclass(frozen=True, slots=True)
class Hooks:
    """The secrets. A hook without its secret is not configured; its addresses answer as if they did not exist."""

    whatsapp_app_secret: str | None = field(default=None, repr=False)
    whatsapp_verify_token: str | None = field(default=None, repr=False)
    telegram_secret: str | None = field(default=None, repr=False)
    link_codes: LinkCodes | None = None
    unsubscribe_tokens: UnsubscribeTokens | None = None
    public_seals: PublicSeals | None = None

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The secrets that the settings name; links need no setting of their own."""
        secret = settings.token_secret()
        app, verify, telegram = (
            None if value is None else value.get_secret_value()
            for value in (
                settings.whatsapp_app_secret,
                settings.whatsapp_verify_token,
                settings.telegram_secret,
            )
        )
        return cls(app, verify, telegram, LinkCodes(secret), UnsubscribeTokens(secret), PublicSeals(secret))


def same(given: str, expected: str) -> bool:
    """Whether two secrets are the same, compared in constant time; any text may be given."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def is_signed_by_meta(body: bytes, header: str, app_secret: str) -> bool:
    """Whether the signature in ``X-Hub-Signature-256`` was made over exactly this body."""
    expected = hmac.digest(app_secret.encode(), body, hashlib.sha256).hex()
    return same(header, f"sha256={expected}")
