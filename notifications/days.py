"""Due days in words. A morning's messages name few days many times."""

import datetime as dt
from functools import lru_cache

from translations import Locale, format_date


@lru_cache(maxsize=1024)
def in_words(day: dt.date, locale: Locale) -> str:
    """The date in full with its weekday."""
    return format_date(day, locale)
