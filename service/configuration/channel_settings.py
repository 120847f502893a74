"""Checks which channel settings belong together, and the form of their secrets."""

import re
from collections.abc import Set

from notifications.standard_webhooks import key_of

_TELEGRAM_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_TOGETHER = (
    ("whatsapp_phone_number_id", "whatsapp_access_token", "whatsapp_template_id", "whatsapp_template_en"),
    ("whatsapp_app_secret", "whatsapp_verify_token"),
    ("webhook_url", "webhook_secret"),
)
"""Settings that only work together."""
_NEEDS = (
    ("whatsapp_app_secret", "whatsapp_phone_number_id"),
    ("telegram_secret", "telegram_token"),
    ("telegram_bot", "telegram_token"),
)
"""Each setting, and the setting of the same channel that it needs."""


def check_channels(given: Set[str], prefix: str) -> None:
    """Raises `ValueError` with the settings that are missing beside the ``given`` ones."""
    for names in _TOGETHER:
        missing = [name for name in names if name not in given]
        if missing and len(missing) < len(names):
            there = next(name for name in names if name in given)
            raise ValueError(
                f"{_variables(missing, prefix)} must be set as well, because {_variables([there], prefix)} is; "
                "set all of them, or none to leave the channel out"
            )
    for name, needed in _NEEDS:
        if name in given and needed not in given:
            raise ValueError(
                f"{_variables([needed], prefix)} must be set as well, because {_variables([name], prefix)} is; "
                "or unset that"
            )


def check_telegram_secret(secret: str) -> None:
    """Raises `ValueError` for a secret that Telegram would not send back."""
    if not _TELEGRAM_SECRET.fullmatch(secret):
        raise ValueError("must be 16 to 256 letters, digits, - and _; make one with: openssl rand -hex 32")


def check_webhook_secret(secret: str) -> None:
    """Raises `ValueError` for a secret that is not of Standard Webhooks' form."""
    key_of(secret)


def _variables(names: list[str], prefix: str) -> str:
    return ", ".join(f"{prefix}{name.upper()}" for name in names)
