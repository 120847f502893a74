"""Due days and times in words. They are cached, because the messages of a morning name the same few days."""

import datetime as dt
from functools import lru_cache

from translations import Locale, format_date


def time_in_words(begins: dt.datetime, ends: dt.datetime, locale: Locale) -> str:
    """From when until when on a day, by the clocks of a place: ``10.00–11.00 WITA``; across midnight with both days."""
    sign = "." if locale is Locale.INDONESIAN else ":"
    first, last = (f"{moment:%H}{sign}{moment:%M}" for moment in (begins, ends))
    later = "" if begins.date() == ends.date() else f" ({in_words(ends.date(), locale)})"
    return f"{first}–{last}{later} {begins.tzname()}"


@lru_cache(maxsize=1024)
def in_words(day: dt.date, locale: Locale) -> str:
    """The date in full with its weekday."""
    return format_date(day, locale)
