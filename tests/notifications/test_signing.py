import pytest

from notifications.signing import Signer

SIGNER = Signer("secret", "test")


def test_what_was_sealed_is_opened() -> None:
    assert SIGNER.open(SIGNER.seal(b"content", 12), 7, 12) == b"content"


def test_a_seal_can_stand_in_an_address() -> None:
    sealed = SIGNER.seal(bytes(range(240, 256)), 16)
    assert sealed.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize("other", (Signer("other", "test"), Signer("secret", "other")))
def test_another_secret_or_purpose_opens_nothing(other: Signer) -> None:
    assert other.open(SIGNER.seal(b"content", 12), 7, 12) is None


def test_a_changed_letter_opens_nothing() -> None:
    sealed = SIGNER.seal(b"content", 12)
    for place, letter in enumerate(sealed):
        changed = sealed[:place] + ("A" if letter != "A" else "B") + sealed[place + 1 :]
        # The last letter may hold bits that stand for nothing.
        assert SIGNER.open(changed, 7, 12) is None or place == len(sealed) - 1


@pytest.mark.parametrize("sealed", ("", "A", "é", "====", "a b", "A" * 25, "A" * 10_000))
def test_rubbish_opens_nothing(sealed: str) -> None:
    assert SIGNER.open(sealed, 7, 12) is None


def test_a_shortened_signature_is_not_accepted() -> None:
    assert SIGNER.open(SIGNER.seal(b"content", 1), 7, 12) is None
