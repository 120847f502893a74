"""Dates and moments as people in Indonesia read them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from translations import Locale, format_date, format_moment

MOMENT = dt.datetime(2026, 12, 4, 8, 5, tzinfo=dt.UTC)


def test_an_indonesian_date_is_written_out_with_its_weekday() -> None:
    assert format_date(dt.date(2026, 12, 4), Locale.INDONESIAN) == "Jumat, 4 Desember 2026"


def test_an_english_date_is_written_out_with_its_weekday() -> None:
    assert format_date(dt.date(2026, 12, 4), Locale.ENGLISH) == "Friday, 4 December 2026"


@pytest.mark.parametrize(
    ("zone", "shown"),
    (
        ("Asia/Jakarta", "15.05 WIB"),
        ("Asia/Pontianak", "15.05 WIB"),
        ("Asia/Makassar", "16.05 WITA"),
        ("Asia/Jayapura", "17.05 WIT"),
        ("UTC", "08.05 UTC+00:00"),
        ("America/New_York", "03.05 UTC-05:00"),
    ),
)
def test_the_same_moment_is_shown_on_the_clocks_of_each_zone(zone: str, shown: str) -> None:
    expected = f"Jumat, 4 Desember 2026 pukul {shown}"
    assert format_moment(MOMENT, ZoneInfo(zone), Locale.INDONESIAN) == expected


def test_an_english_moment_has_a_colon() -> None:
    expected = "Friday, 4 December 2026 at 15:05 WIB"
    assert format_moment(MOMENT, ZoneInfo("Asia/Jakarta"), Locale.ENGLISH) == expected


def test_a_late_evening_in_utc_is_the_next_day_in_jayapura() -> None:
    late = dt.datetime(2026, 12, 31, 16, 0, tzinfo=dt.UTC)
    shown = format_moment(late, ZoneInfo("Asia/Jayapura"), Locale.INDONESIAN)
    assert shown == "Jumat, 1 Januari 2027 pukul 01.00 WIT"


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        format_moment(MOMENT.replace(tzinfo=None), ZoneInfo("Asia/Jakarta"), Locale.ENGLISH)
