import hashlib
import hmac

import pytest

from service.accounts.hooks import Hooks, is_signed_by_meta, same
from service.configuration.settings import load_settings

SETTINGS = {
    "KINERJA_SECRET": "s" * 32,
    "KINERJA_WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
    "KINERJA_WHATSAPP_ACCESS_TOKEN": "access",
    "KINERJA_WHATSAPP_TEMPLATE_ID": "kinerja_id",
    "KINERJA_WHATSAPP_TEMPLATE_EN": "kinerja_en",
    "KINERJA_WHATSAPP_APP_SECRET": "hunter-app",
    "KINERJA_WHATSAPP_VERIFY_TOKEN": "hunter-verify",
    "KINERJA_TELEGRAM_TOKEN": "1:x",
    "KINERJA_TELEGRAM_SECRET": "hunter-telegram-secret",
}


def test_they_are_those_of_the_settings_and_are_not_printed() -> None:
    hooks = Hooks.from_settings(load_settings(SETTINGS))
    assert hooks.whatsapp_app_secret == "hunter-app"
    assert hooks.whatsapp_verify_token == "hunter-verify"
    assert hooks.telegram_secret == "hunter-telegram-secret"
    assert "hunter" not in repr(hooks)


def test_what_is_not_configured_is_none_and_links_always_are() -> None:
    hooks = Hooks.from_settings(load_settings({"KINERJA_SECRET": "s" * 32}))
    assert (hooks.whatsapp_app_secret, hooks.telegram_secret) == (None, None)
    assert hooks.link_codes is not None
    assert hooks.unsubscribe_tokens is not None


def test_a_body_signed_with_the_app_secret_is_metas() -> None:
    signature = hmac.digest(b"app", b"body", hashlib.sha256).hex()
    assert is_signed_by_meta(b"body", f"sha256={signature}", "app")
    assert not is_signed_by_meta(b"body!", f"sha256={signature}", "app")
    assert not is_signed_by_meta(b"body", f"sha256={signature}", "other")


@pytest.mark.parametrize("header", ("", "sha256=", "sha1=abc", "ä", "\udcff"))
def test_any_other_signature_is_not(header: str) -> None:
    assert not is_signed_by_meta(b"body", header, "app")


def test_secrets_of_any_letters_can_be_compared() -> None:
    assert same("ä", "ä")
    assert not same("\udcff", "a")
