from typing import Any

import pytest

from content.forms.mistakes import Path, Reason
from tests.content.forms.findings import found_in, kept_in
from tests.content.forms.schemes import field

BOTH = field("target", "target")
COUNTED = field("target", "target", allows="number")
DESCRIBED = field("target", "target", allows="text")


@pytest.mark.parametrize(
    ("value", "mistakes"),
    (
        ({"number": 12, "unit": "dokumen"}, []),
        ({"number": 0, "unit": "pengaduan"}, []),
        ({"number": 99.5, "unit": "persen", "text": " "}, []),
        ({"text": "Laporan yang dapat dipakai pimpinan"}, []),
        ({"text": "Laporan", "number": None, "unit": ""}, []),
        (None, [((), Reason.MISSING)]),
        ({}, [((), Reason.MISSING)]),
        ({"number": None, "unit": " "}, [((), Reason.MISSING)]),
        ({"number": 12}, [(("unit",), Reason.TARGET_WITHOUT_UNIT)]),
        ({"number": 12, "unit": "  "}, [(("unit",), Reason.TARGET_WITHOUT_UNIT)]),
        ({"unit": "dokumen"}, [(("number",), Reason.MISSING)]),
        ({"number": -1, "unit": "dokumen"}, [(("number",), Reason.TOO_SMALL)]),
        ({"number": "12", "unit": "dokumen"}, [(("number",), Reason.WRONG_TYPE)]),
        ({"number": True, "unit": "dokumen"}, [(("number",), Reason.WRONG_TYPE)]),
        ({"number": 1.00001, "unit": "dokumen"}, [(("number",), Reason.TOO_PRECISE)]),
        ({"number": 12, "unit": 7}, [(("unit",), Reason.WRONG_TYPE)]),
        ({"number": 12, "unit": "u" * 61}, [(("unit",), Reason.TOO_LONG)]),
        ({"number": 12, "unit": "dokumen", "text": "baik"}, [(("text",), Reason.NOT_ASKED)]),
        ({"text": "baik", "unit": "dokumen"}, [(("unit",), Reason.NOT_ASKED)]),
        ({"number": 12, "unit": "dokumen", "year": 1}, [(("year",), Reason.UNKNOWN)]),
        (12, [((), Reason.WRONG_TYPE)]),
        ("12 dokumen", [((), Reason.WRONG_TYPE)]),
        ([12, "dokumen"], [((), Reason.WRONG_TYPE)]),
    ),
)
def test_a_target_is_a_number_with_its_unit_or_words(value: Any, mistakes: list[tuple[Path, Reason]]) -> None:
    assert found_in(BOTH, value) == mistakes


def test_words_are_no_target_where_a_number_is_wanted() -> None:
    assert found_in(COUNTED, {"text": "baik"}) == [
        (("number",), Reason.MISSING),
        (("unit",), Reason.TARGET_WITHOUT_UNIT),
        (("text",), Reason.NOT_ASKED),
    ]


def test_a_number_is_no_target_where_words_are_wanted() -> None:
    assert found_in(DESCRIBED, {"number": 12, "unit": "dokumen"}) == [
        (("number",), Reason.NOT_ASKED),
        (("unit",), Reason.NOT_ASKED),
        (("text",), Reason.MISSING),
    ]


def test_a_target_is_kept_in_one_way() -> None:
    assert kept_in(BOTH, {"unit": " dokumen ", "text": "", "number": 12.0}) == {
        "number": 12,
        "unit": "dokumen",
    }


def test_nothing_of_a_wrong_target_is_lost() -> None:
    assert kept_in(BOTH, {"number": "12", "note": "kira-kira"}) == {"number": "12", "note": "kira-kira"}
