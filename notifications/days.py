"""Due days in words. They are cached, because the messages of a morning name the same few days."""

import datetime as dt
from functools import lru_cache

from translations import Locale, format_date


@lru_cache(maxsize=1024)
def in_words(day: dt.date, locale: Locale) -> str:
    """The date in full with its weekday."""
    return format_date(day, locale)
