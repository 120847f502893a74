"""When the result of a team is asked for, when somebody is reminded, and when it is missing."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from content.inputs.rules import DayOfYear, TeamRules

AT = dt.time(8, 0)
"""The local hour at which somebody is asked and reminded."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The moments of the result of one team."""

    due_on: dt.date
    """The last local day for it."""
    asks: tuple[tuple[int, dt.datetime], ...]
    """The days before the last one on which it is asked for, the earliest first, with their moments."""
    closes: dt.datetime
    """The end of the last day: what is not there is absent."""

    def passed(self, now: dt.datetime) -> int | None:
        """The latest of the asks whose moment has come, in days before the last one; None: none has come."""
        return next((days for days, moment in reversed(self.asks) if moment <= now), None)

    def following(self, now: dt.datetime) -> dt.datetime:
        """The moment at which something is to be done next."""
        return next((moment for _days, moment in self.asks if moment > now), self.closes)

    @property
    def first(self) -> int:
        """The first ask, in days before the last one; the others are reminders."""
        return self.asks[0][0]


def day_in(day: DayOfYear, year: int) -> dt.date:
    """A day of the scheme in the year that is appraised, or in the next one."""
    return dt.date(year + day.next_year, day.month, day.day)


def asking_of(rules: TeamRules, year: int, zone: ZoneInfo) -> Asking:
    """The moments of a team's result; a scheme without reminders asks on the last day."""
    due = day_in(rules.due, year)
    before = sorted(set(rules.remind), reverse=True) or [0]
    midnight = dt.datetime.combine(due + dt.timedelta(days=1), dt.time(), zone)
    return Asking(
        due,
        tuple((days, dt.datetime.combine(due - dt.timedelta(days=days), AT, zone)) for days in before),
        midnight,
    )
