"""Which due days may still move, because the holidays of a year on which they rest are not decreed."""

import datetime as dt

from states.calendar import WorkingCalendar
from states.national import decreed_in
from states.rules import Counting, DeadlineRule, Unit


def provisional_years(
    rule: DeadlineRule,
    started_on: dt.date,
    due_on: dt.date,
    counting: Counting,
    calendar: WorkingCalendar,
) -> tuple[int, ...]:
    """The years without a decree by which the calendar placed a due day; empty for a day that is certain.

    Calendar days, months and dates rest on no decree unless the scheme moves them to a working day.
    """
    since = _counted_since(rule, started_on, due_on, counting, calendar)
    if since is None:
        return ()
    decreed = decreed_in(calendar)
    return tuple(year for year in range(since.year, due_on.year + 1) if year not in decreed)


def _counted_since(
    rule: DeadlineRule,
    started_on: dt.date,
    due_on: dt.date,
    counting: Counting,
    calendar: WorkingCalendar,
) -> dt.date | None:
    """From which day on the working calendar decided the due day; None where it did not."""
    if rule.unit is Unit.WORKING_DAYS:
        return started_on
    least = rule.minimum_working_days
    if least and due_on <= calendar.add_working_days(started_on, least):
        return started_on
    return due_on if counting.on_holiday == "next_working_day" else None
