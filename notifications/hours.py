"""The local hours in which an agency's people get messages (*jam kirim*), and how many messages at most."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import pairwise

from translations import mark as _

LEAST, MOST = 1, 20
"""A daily limit is at least and at most this many messages to one person."""

_DAY = ("opens", "morning", "afternoon", "closes")
"""Times of day in the order in which they must come."""
_LIMITS = ("daily", "daily_chat")


class HoursInvalid(ValueError):
    """The hours cannot be used. ``field`` is at fault; the translatable ``problem`` says what is wrong."""

    def __init__(self, field: str, problem: str, /, **parameters: object) -> None:
        super().__init__(f"{field}: {problem.format_map(parameters)}")
        self.field = field
        self.problem = problem
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class SendingHours:
    """The hours of one agency. Raises `HoursInvalid` if they cannot be used."""

    opens: dt.time = dt.time(7, 30)
    closes: dt.time = dt.time(16, 0)
    morning: dt.time = dt.time(8, 30)
    """When the digest of the day leaves: after the reminders of 08.00 have been written."""
    afternoon: dt.time = dt.time(13, 30)
    """When a second digest leaves, with what would be too late the next morning."""
    daily: int = 2
    """E-mails to one person in one day."""
    daily_chat: int = 1
    """Chat messages to one person in one day."""

    def __post_init__(self) -> None:
        for earlier, later in pairwise(_DAY):
            if getattr(self, later) <= getattr(self, earlier):
                raise HoursInvalid(
                    later,
                    _("{later} must be later than {name} ({earlier}); the order is {order}"),
                    later=_plain(getattr(self, later)),
                    name=earlier,
                    earlier=_plain(getattr(self, earlier)),
                    order=" < ".join(_DAY),
                )
        for name in _LIMITS:
            if not LEAST <= getattr(self, name) <= MOST:
                raise HoursInvalid(
                    name,
                    _("{value} must be {least} to {most}"),
                    value=getattr(self, name),
                    least=LEAST,
                    most=MOST,
                )

    def to_data(self) -> dict[str, object]:
        """The values that differ from the defaults, as `hours_from` reads them."""
        values = {each.name: (getattr(self, each.name), each.default) for each in fields(self)}
        return {name: _plain(value) for name, (value, default) in values.items() if value != default}


def hours_from(data: Mapping[str, object]) -> SendingHours:
    """The hours that an agency has set, with defaults for the rest. Raises `HoursInvalid`."""
    known: dict[str, object] = {}
    for name, value in data.items():
        if name in _DAY:
            known[name] = _time(name, value)
        elif name in _LIMITS:
            known[name] = _limit(name, value)
        else:
            names = ", ".join((*_DAY, *_LIMITS))
            raise HoursInvalid(name, _("there is no such setting; there are {names}"), names=names)
    return SendingHours(**known)  # type: ignore[arg-type]  # checked name by name above


def _time(name: str, value: object) -> dt.time:
    try:
        time = dt.time.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        time = None
    if time is None or time.tzinfo is not None or time.second or time.microsecond:
        raise HoursInvalid(
            name, _("{value} is no local time; write it as HH:MM, for example 07:30"), value=value
        )
    return time


def _limit(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise HoursInvalid(name, _("{value} is no whole number"), value=value)
    return value


def _plain(value: object) -> object:
    return f"{value:%H:%M}" if isinstance(value, dt.time) else value
