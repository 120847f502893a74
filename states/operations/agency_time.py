"""How an agency counts the moments and days of a change."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from states.clock import Clock


@dataclass(frozen=True, slots=True)
class AgencyTime:
    """The zone of an agency, and the clock of its business time."""

    zone: ZoneInfo
    clock: Clock

    def moment(self, now: dt.datetime) -> dt.datetime:
        """The business moment at the real moment ``now``."""
        return self.clock.business(now)

    def first_moment_of(self, day: dt.date) -> dt.datetime:
        """The business moment at which a day begins in the agency's zone."""
        return dt.datetime.combine(day, dt.time(), self.zone).astimezone(dt.UTC)

    def end_of(self, day: dt.date) -> dt.datetime:
        """The business moment at which a last day is over."""
        return self.first_moment_of(day + dt.timedelta(days=1))

    def day_of(self, moment: dt.datetime) -> dt.date:
        """The local day of a business moment."""
        return moment.astimezone(self.zone).date()
