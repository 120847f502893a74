"""Clocks that bring a cycle through a stretch of business time in a given real time."""

import datetime as dt

from states.clock import MAXIMUM_RATE, Clock, Segment


def clock_through(
    now: dt.datetime,
    *,
    start: dt.datetime,
    end: dt.datetime,
    settling: dt.timedelta,
    lasting: dt.timedelta,
    afterwards: float | None = None,
) -> Clock:
    """A clock that stands at ``start`` for ``settling``, then takes ``lasting`` to ``end``.

    While it stands it passes at real pace, so that everybody can be launched on one day. ``afterwards`` is
    the pace after ``end``; it keeps its pace unless given. Raises `ValueError` for a stretch of no length
    or one that is over too soon.
    """
    if end <= start + settling or lasting <= dt.timedelta(0):
        raise ValueError("a rehearsal needs time to pass: give a later end and more minutes")
    rate = (end - start - settling) / lasting
    if rate > MAXIMUM_RATE:
        raise ValueError(f"a rehearsal cannot be faster than {MAXIMUM_RATE} times real time: give it longer")
    clock = Clock((Segment(now, start, 1.0),)).repaced(now + settling, rate)
    return clock if afterwards is None else clock.repaced(now + settling + lasting, afterwards)


def pace_at(clock: Clock, real: dt.datetime) -> float:
    """How much faster than real time business time passes at ``real``."""
    second = dt.timedelta(seconds=1)
    return (clock.business(real + second) - clock.business(real)) / second
