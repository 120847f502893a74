"""Business time as a pure mapping of real time: identity in production, faster in a rehearsal."""

import datetime as dt
import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

MAXIMUM_RATE = 10_000_000
"""The fastest rehearsal: a year in about three seconds."""

JOINT_TOLERANCE = dt.timedelta(seconds=1)
"""How far business time may jump where one segment follows another."""

_MICROSECOND = dt.timedelta(microseconds=1)
_LONGEST_SPREAD = dt.timedelta(minutes=10)
"""Spread this widely, ten thousand deadlines of one instant leave room for commands; over 90 seconds they left none.

The delay harms nobody: a command first applies what time has caused, and digests leave half an hour after reminders."""

_SHORTEST_SPREAD = dt.timedelta(seconds=0.05)
_HORIZON = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)


class ClockError(ValueError):
    """Segments that form no clock."""

    code = "clock_error"


@dataclass(frozen=True, slots=True)
class Segment:
    """From ``real`` on, business time starts at ``business`` and passes ``rate`` times as fast."""

    real: dt.datetime
    business: dt.datetime
    rate: float

    def __post_init__(self) -> None:
        for name, moment in (("real", self.real), ("business", self.business)):
            if moment.tzinfo is None:
                raise ClockError(f"{name}: {moment.isoformat()} has no time zone; pass an aware datetime")
        if not 0 < self.rate <= MAXIMUM_RATE:
            raise ClockError(f"rate: {self.rate} must be above 0 and at most {MAXIMUM_RATE}")
        object.__setattr__(self, "real", self.real.astimezone(dt.UTC))
        object.__setattr__(self, "business", self.business.astimezone(dt.UTC))

    def forward(self, real: dt.datetime) -> dt.datetime:
        """Business time at ``real``, rounded down to the microsecond."""
        numerator, denominator = self.rate.as_integer_ratio()
        return _later(self.business, (real - self.real) // _MICROSECOND * numerator // denominator)

    def backward(self, business: dt.datetime) -> dt.datetime:
        """The first real microsecond at which ``business`` has come."""
        numerator, denominator = self.rate.as_integer_ratio()
        return _later(self.real, -(-((business - self.business) // _MICROSECOND) * denominator // numerator))


@dataclass(frozen=True, slots=True)
class Clock:
    """Maps real to business time and back; without segments both are the same.

    Before its first segment a clock runs at real pace. ``business(real(b))`` is never before ``b``, so a
    timer set for ``real(b)`` never wakes early; it is late by at most ``rate`` microseconds of business time.
    """

    segments: tuple[Segment, ...] = ()

    def __post_init__(self) -> None:
        for number, (earlier, later) in enumerate(
            zip(self.segments, self.segments[1:], strict=False), start=2
        ):
            if later.real <= earlier.real:
                raise ClockError(
                    f"segments: number {number} starts at {later.real.isoformat()}, "
                    "not after the one before it; order them by real time"
                )
            gap = later.business - earlier.forward(later.real)
            if later.business <= earlier.business or abs(gap) > JOINT_TOLERANCE:
                raise ClockError(
                    f"segments: number {number} makes business time jump by {gap.total_seconds():.3f} s; "
                    f"start it at {earlier.forward(later.real).isoformat()}"
                )

    @property
    def is_rehearsal(self) -> bool:
        """Whether business time differs from real time; then nothing may reach a real address."""
        return bool(self.segments)

    def business(self, real: dt.datetime) -> dt.datetime:
        """Business time at the moment ``real``."""
        if not self.segments:
            return real
        after = bisect_right(self.segments, real, key=lambda segment: segment.real)
        if after == 0:
            first = self.segments[0]
            return first.business - (first.real - real)
        moment = self.segments[after - 1].forward(real)
        return moment if after == len(self.segments) else min(moment, self.segments[after].business)

    def real(self, business: dt.datetime) -> dt.datetime:
        """The first moment of real time at which ``business`` has come."""
        if not self.segments:
            return business
        after = bisect_right(self.segments, business, key=lambda segment: segment.business)
        if after == 0:
            first = self.segments[0]
            return first.real - (first.business - business)
        moment = self.segments[after - 1].backward(business)
        return moment if after == len(self.segments) else min(moment, self.segments[after].real)

    def repaced(self, real: dt.datetime, rate: float) -> "Clock":
        """The same clock with another pace from ``real`` on, without a jump."""
        return Clock((*self.segments, Segment(real, self.business(real), rate)))

    def wake_spread(self) -> dt.timedelta:
        """The real time over which the wakes of one legal instant are spread, to avoid a rush.

        The fastest segment decides: ten minutes can be weeks of a rehearsal.
        """
        if not self.segments:
            return _LONGEST_SPREAD
        fastest = max(segment.rate for segment in self.segments)
        return min(_LONGEST_SPREAD, max(_SHORTEST_SPREAD, _LONGEST_SPREAD / fastest))

    def to_data(self) -> list[list[Any]]:
        """The clock as plain JSON: ``[real, business, rate]`` for each segment, both in ISO 8601."""
        return [[s.real.isoformat(), s.business.isoformat(), s.rate] for s in self.segments]

    @classmethod
    def from_data(cls, data: Sequence[Sequence[Any]]) -> Self:
        """The clock that `to_data` wrote."""
        try:
            segments = tuple(
                Segment(dt.datetime.fromisoformat(real), dt.datetime.fromisoformat(business), float(rate))
                for real, business, rate in data
            )
        except ClockError:
            raise
        except (TypeError, ValueError) as error:
            raise ClockError(f"the data of the clock is not as to_data() writes it: {error}") from error
        return cls(segments)


IDENTITY = Clock()
"""The clock of every cycle that is not a rehearsal."""


def wake_jitter(key: str, instant: dt.datetime, spread: dt.timedelta) -> dt.timedelta:
    """How long after ``instant`` the case ``key`` wakes: repeatable, at least zero, below ``spread``."""
    name = f"{key}|{instant.astimezone(dt.UTC).isoformat()}".encode()
    fraction = int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), "big")
    return dt.timedelta(microseconds=(spread // _MICROSECOND * fraction) >> 64)


def _later(start: dt.datetime, microseconds: int) -> dt.datetime:
    try:
        return start + dt.timedelta(microseconds=microseconds)
    except OverflowError:
        return _HORIZON
