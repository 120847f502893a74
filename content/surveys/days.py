"""The days and moments of a survey. Days are local days of the agency, moments are business moments."""

import datetime as dt
from zoneinfo import ZoneInfo

from content.inputs.rules import DayOfYear, SurveyRules


def day_in(year: int, day: DayOfYear) -> dt.date:
    """A day of a scheme in the year that is appraised."""
    return dt.date(year + day.next_year, day.month, day.day)


def begins(day: dt.date, zone: str) -> dt.datetime:
    """The moment at which a local day begins."""
    return dt.datetime.combine(day, dt.time(), ZoneInfo(zone)).astimezone(dt.UTC)


def local_day(moment: dt.datetime, zone: str) -> dt.date:
    """The local day of a moment."""
    return moment.astimezone(ZoneInfo(zone)).date()


def last_day(opens_on: dt.date, days: int) -> dt.date:
    """The last day of something that is open for so many days."""
    return opens_on + dt.timedelta(days=days - 1)


def closing_moment(closes_on: dt.date, zone: str) -> dt.datetime:
    """The moment at which the last day is over."""
    return begins(closes_on + dt.timedelta(days=1), zone)


def reminders(rules: SurveyRules, closes_on: dt.date, zone: str) -> list[dt.datetime]:
    """When whoever has not answered is reminded, the earliest first."""
    return sorted(begins(closes_on - dt.timedelta(days=before), zone) for before in rules.remind)


def next_moment(rules: SurveyRules, closes_on: dt.date, zone: str, after: dt.datetime) -> dt.datetime:
    """The first reminder after a moment, or the closing."""
    later = (moment for moment in reminders(rules, closes_on, zone) if moment > after)
    return min((*later, closing_moment(closes_on, zone)))
