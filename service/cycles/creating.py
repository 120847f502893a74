"""Creates cycles."""

import datetime as dt
import uuid
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from content.rules import ContentRules
from schemes.loading import builtin_names, builtin_system, load_system
from schemes.system import System
from states.clock import IDENTITY, Clock
from states.rules import Rulebook
from states.working_days import NATIONAL_DAYS, WorkingDays
from store.agency.rule_contexts import keep_calendars, keep_system
from store.cycle.calendars import calendar_of, calendar_years
from store.cycle.keeping import add_cycle, zones_of

FIRST_YEAR, LAST_YEAR = 2019, 2043
"""The year of PP 30/2019, and the last year whose appraisals end within the calendars."""


class CycleRefused(ValueError):
    """A cycle cannot be created like this; the text says what to change."""


class WorkingDaysRefused(CycleRefused):
    """Working days of the agency lie outside the years that a cycle's calendar covers.

    ``days`` holds for each day the name of its list, its place in that list, and the date.
    """

    def __init__(self, days: Sequence[tuple[str, int, dt.date | int]], years: range) -> None:
        self.days = tuple(days)
        self.years = years
        listed = ", ".join(f"{day} ({name})" for name, _, day in days)
        super().__init__(
            f"working_days: {listed}: outside {years[0]} to {years[-1]}, the years that the calendar of "
            "the cycle covers; check the year of the cycle and of the days"
        )


def system_named(name: str) -> System:
    """The scheme with this name among those that come with kinerja, or the one in the folder or file at this path.

    Raises `SchemeError` for a file with mistakes and `CycleRefused` when neither exists.
    """
    if name in builtin_names():
        return builtin_system(name)
    path = Path(name)
    if not path.exists():
        raise CycleRefused(
            f"scheme: {name!r} is neither a scheme that comes with kinerja ({', '.join(builtin_names())}) "
            "nor a folder or file; give one of these names or the path of a scheme"
        )
    return load_system(path)


async def create_cycle(
    database: AsyncEngine,
    *,
    agency: uuid.UUID,
    name: str,
    year: int,
    book: Rulebook,
    content: ContentRules | None = None,
    clock: Clock = IDENTITY,
    working_days: WorkingDays = NATIONAL_DAYS,
) -> uuid.UUID:
    """Creates a cycle of an agency; its scheme version and the calendar of every zone are stored with it.

    Without ``content``, its plans and ratings are words.

    A ``clock`` with segments makes the cycle a rehearsal; ``working_days`` are the agency's own. Raises
    `CycleRefused` for a year out of range or a name in use, `WorkingDaysRefused` for days that no calendar of
    the cycle covers, and `SchemeChanged` when the scheme's version is stored with other rules.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CycleRefused(f"year: {year} is out of range; give a year from {FIRST_YEAR} to {LAST_YEAR}")
    if not 0 < len(name.strip()) <= 120:
        raise CycleRefused("name: give a name of 1 to 120 characters")
    outside = list(working_days.days_outside(calendar_years(year)))
    if outside:
        raise WorkingDaysRefused(outside, calendar_years(year))
    async with database.begin() as transaction:
        zones = await zones_of(transaction, agency)
        if not zones:
            raise CycleRefused("agency: it has no units yet; import its roster first")
        await keep_system(transaction, book, content)
        await keep_calendars(transaction, [calendar_of(year, zone, working_days) for zone in zones])
        created = await add_cycle(
            transaction,
            agency=agency,
            name=name.strip(),
            year=year,
            scheme=book.key,
            clock=clock.to_data(),
            working_days=working_days,
        )
    if created is None:
        raise CycleRefused(f"name: the agency has a cycle called {name!r} already; give another name")
    return created
