import datetime as dt
import re
import uuid

import pytest

from notifications.linking import VALID_FOR, LinkCodes, LinkRequest, telegram_link

NOON = dt.datetime(2026, 1, 9, 5, tzinfo=dt.UTC)
PERSON = uuid.UUID(int=7)
CODES = LinkCodes("secret")


def test_a_code_says_who_asked_for_it_and_when() -> None:
    assert CODES.read(CODES.make(PERSON, NOON), NOON) == LinkRequest(PERSON, NOON)


def test_a_code_has_the_form_that_telegram_hands_over() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", CODES.make(PERSON, NOON))


def test_a_code_runs_out() -> None:
    code = CODES.make(PERSON, NOON)
    assert CODES.read(code, NOON + VALID_FOR - dt.timedelta(seconds=1)) is not None
    assert CODES.read(code, NOON + VALID_FOR) is None


@pytest.mark.parametrize("code", ("", "x", "A" * 44, LinkCodes("another").make(PERSON, NOON)))
def test_a_code_of_somebody_else_is_none(code: str) -> None:
    assert CODES.read(code, NOON) is None


def test_the_link_opens_the_bot_with_the_code() -> None:
    assert telegram_link("KinerjaBot", "abc") == "https://t.me/KinerjaBot?start=abc"
