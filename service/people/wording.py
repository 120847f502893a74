"""What is said of how somebody is employed."""

import datetime as dt

from service.roster.rows import Employment
from translations import Locale, format_date, translate
from translations import mark as _

_PNS_BASIS = _("PP 30/2019")
_PPPK_BASIS = _("PP 30/2019 and PP 49/2018 arts 35-37")


def contract_in_words(until: dt.date | None, locale: Locale) -> str | None:
    """Until when a contract runs; None where none is known to end."""
    if until is None:
        return None
    return translate(_("Contract until {day}"), locale, day=format_date(until, locale, weekday=False))


def legal_basis(employment: str, locale: Locale) -> str:
    """By which regulations somebody is appraised: a PPPK by those of the contract too (PP 49/2018 arts 35-37)."""
    return translate(_PPPK_BASIS if employment == Employment.PPPK else _PNS_BASIS, locale)
