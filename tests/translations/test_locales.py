"""Which language a browser gets (RFC 9110 §12.5.4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translations import Locale, negotiate


@pytest.mark.parametrize(
    ("header", "expected"),
    (
        (None, Locale.INDONESIAN),
        ("", Locale.INDONESIAN),
        ("id", Locale.INDONESIAN),
        ("id-ID,id;q=0.9,en-US;q=0.8,en;q=0.7", Locale.INDONESIAN),
        ("en-GB,en;q=0.9", Locale.ENGLISH),
        ("EN-us", Locale.ENGLISH),
        ("en;q=0.4, id;q=0.6", Locale.INDONESIAN),
        ("id;q=0.4, en;q=0.6", Locale.ENGLISH),
        ("id;q=0, en", Locale.ENGLISH),
        ("en;q=0", Locale.INDONESIAN),
        ("in-ID, en;q=0.5", Locale.INDONESIAN),
        ("fr, en;q=0.5", Locale.ENGLISH),
        ("fr-FR, jv;q=0.9", Locale.INDONESIAN),
        ("*", Locale.INDONESIAN),
        ("fr, *;q=0.1", Locale.INDONESIAN),
        ("en ; q = 0.9", Locale.ENGLISH),
        ("en, id", Locale.ENGLISH),
    ),
)
def test_the_header_decides_and_indonesian_is_the_default(header: str | None, expected: Locale) -> None:
    assert negotiate(header) is expected


@pytest.mark.parametrize("header", ("en;q=high", "en;q=9", ";;;", "en_GB!", "\x00", "q=1"))
def test_what_cannot_be_read_gives_the_default(header: str) -> None:
    assert negotiate(header) is Locale.INDONESIAN


@given(st.text())
def test_no_header_is_an_error(header: str) -> None:
    assert negotiate(header) in Locale
