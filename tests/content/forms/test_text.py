from typing import Any

import pytest

from content.forms.mistakes import Reason
from tests.content.forms.findings import found_in, kept_in
from tests.content.forms.schemes import field

REASON = field("text", "reason", shortest=5, longest=10)
TITLE = field("text", "title", lines="one", longest=10)


@pytest.mark.parametrize(
    ("value", "reasons"),
    (
        ("tepat", []),
        ("tepat waktu", [Reason.TOO_LONG]),
        ("baik", [Reason.TOO_SHORT]),
        ("  baik  \n", [Reason.TOO_SHORT]),
        ("tepatwaktu", []),
        (None, [Reason.MISSING]),
        ("", [Reason.MISSING]),
        (" \t\r\n ", [Reason.MISSING]),
        ("\u200b\ufeff\u00a0", [Reason.MISSING]),
        ([], [Reason.MISSING]),
        (12345, [Reason.WRONG_TYPE]),
        (True, [Reason.WRONG_TYPE]),
        (["tepat"], [Reason.WRONG_TYPE]),
        ({"id": "tepat"}, [Reason.WRONG_TYPE]),
        ("tepat\x00", [Reason.UNPRINTABLE]),
        ("\ud800tepat", [Reason.UNPRINTABLE]),
        ("te\x1bpat", [Reason.UNPRINTABLE]),
        ("te\npat\t1", []),
        ("👍👍👍👍👍", []),
    ),
)
def test_a_text_is_taken_or_refused_with_a_reason(value: Any, reasons: list[Reason]) -> None:
    assert found_in(REASON, value) == [((), reason) for reason in reasons]


@pytest.mark.parametrize("value", ("satu\ndua", "satu\r\ndua", "satu\rdua"))
def test_a_line_break_is_refused_where_one_line_is_meant(value: str) -> None:
    assert found_in(TITLE, value) == [((), Reason.ONE_LINE)]


def test_blanks_around_a_text_are_not_kept() -> None:
    assert kept_in(TITLE, " \u200b judul \n") == "judul"


def test_line_breaks_are_kept_in_one_way() -> None:
    assert kept_in(REASON, "satu\r\ndua\r3") == "satu\ndua\n3"


def test_one_text_is_kept_in_one_way_however_it_was_typed() -> None:
    assert kept_in(TITLE, "Cafe\u0301") == kept_in(TITLE, "Caf\u00e9") == "Caf\u00e9"


def test_a_text_that_may_be_left_out_is_left_out_when_it_is_blank() -> None:
    assert kept_in({**REASON, "required": False}, "   ") is None


def test_a_text_that_may_be_left_out_is_still_checked_when_it_is_there() -> None:
    assert found_in({**REASON, "required": False}, "baik") == [((), Reason.TOO_SHORT)]


def test_a_text_that_is_refused_is_not_lost() -> None:
    assert kept_in(REASON, "terlalu panjang") == "terlalu panjang"
