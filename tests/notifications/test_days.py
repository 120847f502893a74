"""A day is named in full, in the reader's language, however often it was named before."""

import datetime as dt

from notifications.days import in_words
from translations import Locale

DAY = dt.date(2027, 1, 20)


def test_a_day_is_named_with_its_weekday_in_each_language() -> None:
    for _ in range(2):
        assert in_words(DAY, Locale.INDONESIAN) == "Rabu, 20 Januari 2027"
        assert in_words(DAY, Locale.ENGLISH) == "Wednesday, 20 January 2027"


def test_the_days_that_are_kept_are_bounded() -> None:
    for number in range(3000):
        in_words(DAY + dt.timedelta(days=number), Locale.INDONESIAN)
    assert in_words.cache_info().currsize <= 1024
