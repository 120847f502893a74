"""Clocks that take a cycle through stretches of business time in a given real time."""

import datetime as dt
from collections.abc import Sequence

from states.clock import MAXIMUM_RATE, Clock, Segment

Leg = tuple[dt.datetime, dt.timedelta]
"""A moment of business time, and the real time that the way there from the moment before takes."""


def clock_through(
    now: dt.datetime,
    *,
    start: dt.datetime,
    legs: Sequence[Leg],
    settling: dt.timedelta,
    afterwards: float | None = None,
) -> Clock:
    """A clock that runs at real pace from ``start`` for ``settling``, then goes from leg to leg.

    The slow beginning lets everybody be launched on one day. ``afterwards`` is the pace after the last leg;
    without it the last leg's pace stays. Raises `ValueError` for a leg of no length or one that is too fast.
    """
    clock, real = Clock((Segment(now, start, 1.0),)), now + settling
    for moment, lasting in legs:
        length = moment - clock.business(real)
        if min(length, lasting) <= dt.timedelta(0):
            raise ValueError("a rehearsal needs time to pass: give a later end and more minutes")
        if length / lasting > MAXIMUM_RATE:
            raise ValueError(
                f"a rehearsal cannot be faster than {MAXIMUM_RATE} times real time: give it longer"
            )
        clock, real = clock.repaced(real, length / lasting), real + lasting
    return clock if afterwards is None else clock.repaced(real, afterwards)


def pace_at(clock: Clock, real: dt.datetime) -> float:
    """The pace at the real moment ``real``: business time that passes in one unit of real time."""
    instant = dt.timedelta(milliseconds=1)
    return (clock.business(real + instant) - clock.business(real)) / instant
