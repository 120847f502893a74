import datetime as dt
import uuid

import pytest

from service.accounts.tokens import Identity, TokenSigner
from service.problems import NotSignedIn

PERSON, AGENCY = uuid.uuid4(), uuid.uuid4()
NOW = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SIGNER = TokenSigner("a secret that is long enough for this")


def test_a_token_says_who_it_is_for() -> None:
    token = SIGNER.issue(PERSON, AGENCY, HOUR, NOW)
    assert SIGNER.read(token, NOW) == Identity(PERSON, AGENCY)


def test_a_token_ends() -> None:
    token = SIGNER.issue(PERSON, AGENCY, HOUR, NOW)
    assert SIGNER.read(token, NOW + HOUR - dt.timedelta(seconds=1)).person == PERSON
    with pytest.raises(NotSignedIn, match="ended"):
        SIGNER.read(token, NOW + HOUR)


def test_another_secret_makes_it_worthless() -> None:
    token = SIGNER.issue(PERSON, AGENCY, HOUR, NOW)
    with pytest.raises(NotSignedIn, match="not valid"):
        TokenSigner("another secret that is long enough too").read(token, NOW)


@pytest.mark.parametrize("position", (0, 10, -1))
def test_a_changed_token_is_refused(position: int) -> None:
    token = SIGNER.issue(PERSON, AGENCY, HOUR, NOW)
    changed = list(token)
    changed[position] = "A" if changed[position] != "A" else "B"
    with pytest.raises(NotSignedIn):
        SIGNER.read("".join(changed), NOW)


def test_a_token_has_one_spelling() -> None:
    token = SIGNER.issue(PERSON, AGENCY, HOUR, NOW)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    # The bits by which these two differ stand for nothing in the last character of a signature of 32 bytes.
    other = alphabet[alphabet.index(token[-1]) ^ 1]
    with pytest.raises(NotSignedIn):
        SIGNER.read(token[:-1] + other, NOW)


@pytest.mark.parametrize("token", ("", ".", "a.b", "é", "\0", "x" * 5_000))
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(NotSignedIn):
        SIGNER.read(token, NOW)


def test_a_token_names_nobody_and_holds_no_nip() -> None:
    token = SIGNER.issue(PERSON, AGENCY, HOUR, NOW)
    assert len(token) < 200
    assert token.isascii()
