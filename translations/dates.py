"""Dates and moments as people in Indonesia read them."""

import datetime as dt
from zoneinfo import ZoneInfo

import babel.dates

from translations.locales import Locale

_DATE = "d MMMM y"
_DATE_AND_WEEKDAY = f"EEEE, {_DATE}"
_TIME = {Locale.INDONESIAN: "HH.mm", Locale.ENGLISH: "HH:mm"}
_JOINED = {Locale.INDONESIAN: "{date} pukul {time} {zone}", Locale.ENGLISH: "{date} at {time} {zone}"}

# Keppres 41/1987. The zones' own abbreviations differ between releases of the tz database.
_ZONE_NAMES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


def format_date(date: dt.date, locale: Locale, *, weekday: bool = True) -> str:
    """The date in full: ``Jumat, 4 Desember 2026``, or without its weekday where that tells nothing."""
    return babel.dates.format_date(date, _DATE_AND_WEEKDAY if weekday else _DATE, locale=str(locale))


def format_moment(moment: dt.datetime, zone: ZoneInfo, locale: Locale) -> str:
    """The moment on the clocks of the zone, with its name: ``Jumat, 4 Desember 2026 pukul 16.30 WITA``.

    Zones outside Indonesia are named by their offset from UTC. Raises `ValueError` for a naive moment.
    """
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone; this one is naive.")
    local = moment.astimezone(zone)
    return _JOINED[locale].format(
        date=format_date(local.date(), locale),
        time=babel.dates.format_time(local, _TIME[locale], tzinfo=zone, locale=str(locale)),
        zone=_ZONE_NAMES.get(zone.key, f"UTC{local.isoformat()[-6:]}"),
    )
