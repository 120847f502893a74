"""The vectors of domain facts on the NIP, and what real files do to it. Every sequence is 900 or more."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.nip import NIP_MESSAGES, InvalidNip, NipKind, NipReason, Sex, mask, parse_nip

PNS = "197701312000122987"
PPPK = "198902282024211987"


def refusal(text: str, today: dt.date | None = None) -> InvalidNip:
    with pytest.raises(InvalidNip) as caught:
        parse_nip(text, today=today)
    return caught.value


def test_a_pns_number_says_birth_start_sex_and_sequence() -> None:
    nip = parse_nip(PNS)
    assert nip.digits == PNS
    assert nip.kind is NipKind.PNS
    assert nip.born == dt.date(1977, 1, 31)
    assert (nip.started_year, nip.started_month) == (2000, 12)
    assert nip.sex is Sex.FEMALE
    assert nip.sequence == 987
    assert nip.contract is None


def test_a_pppk_number_is_not_refused_as_month_21() -> None:
    nip = parse_nip(PPPK)
    assert nip.kind is NipKind.PPPK
    assert nip.born == dt.date(1989, 2, 28)
    assert (nip.started_year, nip.started_month) == (2024, None)
    assert nip.contract == 1
    assert nip.sex is Sex.MALE
    assert nip.sequence == 987


def test_a_birth_date_that_the_calendar_lacks_is_refused() -> None:
    assert refusal("198902292024211987").code is NipReason.BIRTH_DATE


def test_month_13_is_refused() -> None:
    error = refusal("197701312000132987")
    assert error.code is NipReason.START_MONTH
    assert "(13)" in str(error)


def test_sex_digit_3_is_refused() -> None:
    assert refusal("197701312000123987").code is NipReason.SEX


def test_sequence_000_is_refused_and_points_to_the_spreadsheet() -> None:
    error = refusal("197701312000122000")
    assert error.code is NipReason.SEQUENCE
    assert "spreadsheet" in str(error)


def test_17_digits_are_refused_with_their_count() -> None:
    error = refusal("19770131200012298")
    assert error.code is NipReason.LENGTH
    assert "17" in str(error)


@pytest.mark.parametrize(
    "written",
    (
        "1977 0131 2000 12 2 987",
        "19770131 200012 2 987",
        "19770131.200012.2.987",
        "'197701312000122987",
        "’197701312000122987",
        "\ufeff197701312000122987",
        "1977\u00a00131\u00a02000122987\n",
    ),
)
def test_spaces_dots_and_apostrophes_are_ignored(written: str) -> None:
    assert parse_nip(written).digits == PNS


@pytest.mark.parametrize("damaged", ("1.97701E+17", "1,97701312000123E+17", "1.977e17", "2E17"))
def test_scientific_notation_is_refused_as_damaged(damaged: str) -> None:
    error = refusal(damaged)
    assert error.code is NipReason.DAMAGED
    assert "as text" in str(error)


@pytest.mark.parametrize("text", ("", "   ", "'", "..."))
def test_a_missing_number_is_refused_as_empty(text: str) -> None:
    assert refusal(text).code is NipReason.EMPTY


@pytest.mark.parametrize(
    "text", ("19770131200012298X", "-97701312000122987", "١٩٧٧٠١٣١٢٠٠٠١٢٢٩٨٧", "NIP 197701312000122987")
)
def test_anything_but_ascii_digits_is_refused(text: str) -> None:
    assert refusal(text).code is NipReason.NOT_DIGITS


@pytest.mark.parametrize("middle", ("00", "13", "19", "20", "30", "99"))
def test_digits_13_and_14_outside_both_forms_are_refused(middle: str) -> None:
    assert refusal(f"197701312024{middle}2987").code is NipReason.START_MONTH


@pytest.mark.parametrize("contract", range(1, 10))
def test_every_contract_ordinal_from_one_to_nine_is_accepted(contract: int) -> None:
    assert parse_nip(f"1989022820242{contract}1987").contract == contract


def test_a_birth_before_1930_is_refused() -> None:
    assert refusal("192912312000122987").code is NipReason.BIRTH_DATE


def test_a_pppk_before_2019_is_refused() -> None:
    assert refusal("198902282018211987").code is NipReason.PPPK_YEAR


def test_a_pppk_of_2019_is_accepted() -> None:
    assert parse_nip("198902282019211987").started_year == 2019


def test_a_start_before_the_seventeenth_birthday_is_refused() -> None:
    assert refusal("197701311993122987").code is NipReason.START_TOO_EARLY


def test_a_start_in_the_month_of_the_seventeenth_birthday_is_accepted() -> None:
    assert parse_nip("197701311994012987").started_year == 1994


def test_a_start_after_the_current_month_is_refused_when_today_is_known() -> None:
    assert refusal("197701312027012987", today=dt.date(2026, 12, 31)).code is NipReason.START_IN_FUTURE


def test_a_start_in_the_current_month_is_accepted() -> None:
    assert parse_nip("197701312026122987", today=dt.date(2026, 12, 1)).started_month == 12


def test_a_pppk_of_the_current_year_is_accepted_in_january() -> None:
    assert parse_nip("198902282026211987", today=dt.date(2026, 1, 1)).started_year == 2026


def test_a_pppk_of_next_year_is_refused() -> None:
    assert refusal("198902282027211987", today=dt.date(2026, 12, 31)).code is NipReason.START_IN_FUTURE


def test_a_mask_shows_the_last_three_digits_only() -> None:
    assert mask(parse_nip(PNS)) == "***************987"


def test_a_mask_works_on_a_number_that_could_not_be_parsed() -> None:
    assert mask("12345") == "**345"


@pytest.mark.parametrize("short", ("", "1", "123"))
def test_a_mask_never_shows_a_whole_text(short: str) -> None:
    assert mask(short) == "*" * len(short)


def test_a_nip_shown_in_a_log_is_masked() -> None:
    shown = f"{parse_nip(PNS)} {parse_nip(PNS)!r}"
    assert PNS not in shown
    assert "1977" not in shown


def test_an_error_repeats_neither_the_whole_number_nor_leaves_a_placeholder() -> None:
    for text in ("197701312000132987", "197701312000123987", "198902292024211987", "198902282018211987"):
        error = refusal(text)
        assert text not in str(error)
        assert "{" not in str(error)


def test_every_reason_has_a_text() -> None:
    assert set(NIP_MESSAGES) == set(NipReason)


@given(
    born=st.dates(dt.date(1950, 1, 1), dt.date(2000, 12, 31)),
    year=st.integers(2019, 2026),
    month=st.integers(1, 12),
    sex=st.sampled_from("12"),
    sequence=st.integers(900, 999),
)
def test_every_well_formed_pns_number_reads_back_as_written(
    born: dt.date, year: int, month: int, sex: str, sequence: int
) -> None:
    nip = parse_nip(f"{born:%Y%m%d}{year}{month:02}{sex}{sequence}")
    assert (nip.kind, nip.born, nip.started_year, nip.started_month) == (NipKind.PNS, born, year, month)
    assert nip.sequence == sequence


@given(st.text(max_size=30))
def test_any_text_is_either_a_nip_or_an_invalid_nip(text: str) -> None:
    try:
        digits = parse_nip(text).digits
    except InvalidNip:
        return
    assert re.fullmatch(r"[0-9]{18}", digits)
