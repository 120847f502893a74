"""The working calendar (*hari kerja*): which days count, and when a local day begins and ends.

Three ministers decree the holidays each year and amend them in mid-year. A calendar is therefore a value,
stored under the hash of its content, never a rule in code.
"""

import datetime as dt
import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Self
from zoneinfo import ZoneInfo

ZONES: Mapping[str, str] = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}
"""The zones of Indonesia (Keppres 41/1987) and the short names that people use."""

FIVE_DAY_WEEK = frozenset(range(5))
"""Monday to Friday (Perpres 21/2023)."""

SIX_DAY_WEEK = frozenset(range(6))
"""Monday to Saturday, for units of direct service (Perpres 21/2023 art 7)."""

FIRST_DAY = dt.date(2015, 1, 1)
LAST_DAY = dt.date(2045, 12, 31)
"""Working days can be counted between these two days, both included."""

_MIDNIGHT = dt.time(0)


class CalendarError(ValueError):
    """An impossible calendar, or a question that no calendar can answer."""

    code = "calendar_error"


class UnknownZone(CalendarError):
    """A time zone outside Indonesia, or a name of no zone."""

    code = "unknown_zone"

    def __init__(self, zone: str) -> None:
        known = ", ".join(f"{name} ({short})" for name, short in ZONES.items())
        super().__init__(f"zone: {zone!r} is not a time zone of Indonesia; use one of {known}")


class OutsideCalendar(CalendarError):
    """A count of working days that leaves the years which calendars cover."""

    code = "outside_calendar"

    def __init__(self, day: dt.date, count: int) -> None:
        super().__init__(
            f"{count} working days from {day.isoformat()} is outside {FIRST_DAY.year}-{LAST_DAY.year}, "
            "the years that a working calendar covers; check the year of the date"
        )


class WorkingCalendar:
    """Working days of one agency or unit in one time zone. Immutable; hashed by ``key``.

    ``working_weekdays`` are counted from Monday = 0; ``closed`` are holidays, joint leave and local days.
    ``decreed`` are the years whose holidays were decreed when the calendar was made; None in one that does not
    say, see `states.national.decreed_in`.
    """

    __slots__ = ("_ordinals", "_tz", "closed", "decreed", "key", "working_weekdays", "zone")

    key: str
    zone: str
    working_weekdays: frozenset[int]
    closed: frozenset[dt.date]
    decreed: frozenset[int] | None
    _tz: ZoneInfo
    _ordinals: tuple[int, ...]

    def __init__(
        self,
        key: str,
        zone: str,
        working_weekdays: frozenset[int],
        closed: frozenset[dt.date],
        decreed: frozenset[int] | None = None,
    ) -> None:
        if zone not in ZONES:
            raise UnknownZone(zone)
        if not working_weekdays or not working_weekdays <= frozenset(range(7)):
            raise CalendarError(
                f"working_weekdays: {sorted(working_weekdays)} must be a choice of 0 (Monday) to 6 (Sunday)"
            )
        fill = object.__setattr__
        fill(self, "key", key)
        fill(self, "zone", zone)
        fill(self, "working_weekdays", working_weekdays)
        fill(self, "closed", closed)
        fill(self, "decreed", decreed)
        fill(self, "_tz", ZoneInfo(zone))
        fill(self, "_ordinals", _working_ordinals(working_weekdays, closed))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a working calendar does not change; make a new one to change {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a working calendar does not change; {name} cannot be removed")

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, WorkingCalendar):
            return NotImplemented
        return self.key == other.key and self._content() == other._content()

    def __repr__(self) -> str:
        return f"WorkingCalendar({self.key!r}, {self.zone!r}, {len(self.closed)} closed days)"

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.key, *self._content()))

    def _content(self) -> tuple[str, frozenset[int], frozenset[dt.date], frozenset[int] | None]:
        return self.zone, self.working_weekdays, self.closed, self.decreed

    def is_working(self, day: dt.date) -> bool:
        """Whether ``day`` counts as *hari kerja*."""
        return day.weekday() in self.working_weekdays and day not in self.closed

    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        """The n-th working day after ``day``, or before it if ``n`` is negative; ``day`` is not counted.

        Zero gives ``day`` back, working or not.
        """
        if n == 0:
            return day
        ordinals = self._ordinals
        ordinal = day.toordinal()
        index = bisect_right(ordinals, ordinal) + n - 1 if n > 0 else bisect_left(ordinals, ordinal) + n
        if not 0 <= index < len(ordinals) or not FIRST_DAY <= day <= LAST_DAY:
            raise OutsideCalendar(day, n)
        return dt.date.fromordinal(ordinals[index])

    def working_days_between(self, a: dt.date, b: dt.date) -> int:
        """How many working days ``b`` is after ``a``, ``b`` included; negative if ``b`` is before ``a``.

        The inverse of `add_working_days`: the start never counts, the end counts if it is a working day.
        """
        for day in (a, b):
            if not FIRST_DAY <= day <= LAST_DAY:
                raise OutsideCalendar(day, 0)
        find = bisect_right if b >= a else bisect_left
        ordinals = self._ordinals
        return find(ordinals, b.toordinal()) - find(ordinals, a.toordinal())

    def on_or_after(self, day: dt.date) -> dt.date:
        """``day`` if it is a working day, else the next one."""
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def on_or_before(self, day: dt.date) -> dt.date:
        """``day`` if it is a working day, else the last one before it."""
        return day if self.is_working(day) else self.add_working_days(day, -1)

    def local_date(self, moment: dt.datetime) -> dt.date:
        """The local date of an aware ``moment`` in this zone."""
        if moment.tzinfo is None:
            raise CalendarError(f"moment: {moment.isoformat()} has no time zone; pass an aware datetime")
        return moment.astimezone(self._tz).date()

    def at(self, day: dt.date, time: dt.time) -> dt.datetime:
        """The moment, in UTC, of a local time of ``day``."""
        return _instant(self.zone, day, time)

    def start_of_day(self, day: dt.date) -> dt.datetime:
        """Local midnight at which ``day`` begins, in UTC."""
        return _instant(self.zone, day, _MIDNIGHT)

    def end_of_day(self, day: dt.date) -> dt.datetime:
        """The exclusive end of ``day``: the moment the next day begins, in UTC."""
        return _instant(self.zone, dt.date.fromordinal(day.toordinal() + 1), _MIDNIGHT)

    def to_data(self) -> dict[str, Any]:
        """The calendar as plain JSON, in one canonical form."""
        return {"key": self.key, **_canonical(*self._content())}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The calendar that `to_data` wrote; an absent key is made from the content."""
        try:
            zone = str(data["zone"])
            weekdays = frozenset(int(day) for day in data["working_weekdays"])
            closed = frozenset(dt.date.fromisoformat(day) for day in data["closed"])
            years = data.get("decreed")
            decreed = None if years is None else frozenset(int(year) for year in years)
        except KeyError as missing:
            raise CalendarError(f"{missing.args[0]}: is required in the data of a calendar") from missing
        except (TypeError, ValueError) as error:
            raise CalendarError(f"the data of the calendar is not as to_data() writes it: {error}") from error
        key = data.get("key") or content_key(zone, weekdays, closed, decreed)
        return cls(key, zone, weekdays, closed, decreed)


def content_key(
    zone: str,
    working_weekdays: frozenset[int],
    closed: frozenset[dt.date],
    decreed: frozenset[int] | None = None,
) -> str:
    """A short name made from what a calendar says, so that equal calendars have equal keys."""
    content = _canonical(zone, working_weekdays, closed, decreed)
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


@lru_cache(maxsize=64)
def _working_ordinals(weekdays: frozenset[int], closed: frozenset[dt.date]) -> tuple[int, ...]:
    closed_ordinals = {day.toordinal() for day in closed}
    return tuple(
        ordinal
        for ordinal in range(FIRST_DAY.toordinal(), LAST_DAY.toordinal() + 1)
        if (ordinal + 6) % 7 in weekdays and ordinal not in closed_ordinals
    )


@lru_cache(maxsize=65_536)
def _instant(zone: str, day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def _canonical(
    zone: str, weekdays: frozenset[int], closed: frozenset[dt.date], decreed: frozenset[int] | None
) -> dict[str, Any]:
    content: dict[str, Any] = {
        "zone": zone,
        "working_weekdays": sorted(weekdays),
        "closed": sorted(day.isoformat() for day in closed),
    }
    # Calendars from before this was known keep their content and with it their key.
    return content if decreed is None else content | {"decreed": sorted(decreed)}
