import datetime as dt
import uuid

import pytest

from notifications.kinds import LOCKED, Kind
from notifications.linking import LinkCodes
from notifications.unsubscribing import SWITCHED_OFF, UnsubscribeTokens, unsubscribe_url

PERSON = uuid.UUID(int=7)
TOKENS = UnsubscribeTokens("secret")


def test_a_token_names_one_person() -> None:
    assert TOKENS.read(TOKENS.make(PERSON)) == PERSON


def test_the_link_is_the_same_in_every_mail() -> None:
    url = unsubscribe_url("https://kinerja.contoh.go.id", "secret", PERSON)
    assert url == f"https://kinerja.contoh.go.id/api/v1/unsubscribe/{TOKENS.make(PERSON)}"


def test_the_link_does_not_show_whom_it_is_for() -> None:
    assert PERSON.hex not in TOKENS.make(PERSON)


@pytest.mark.parametrize("token", ("", "x", "A" * 43, "a/b", UnsubscribeTokens("another").make(PERSON)))
def test_a_token_of_somebody_else_is_none(token: str) -> None:
    assert TOKENS.read(token) is None


def test_a_signature_for_another_purpose_is_none() -> None:
    assert TOKENS.read(LinkCodes("secret").make(PERSON, dt.datetime(2026, 1, 9, tzinfo=dt.UTC))) is None


def test_what_law_and_lateness_demand_is_never_switched_off() -> None:
    assert set(SWITCHED_OFF) == set(Kind) - LOCKED
    assert Kind.RESULT not in SWITCHED_OFF
