import datetime as dt

import pytest

from service.rehearsal.clocks import clock_through, pace_at
from service.rehearsal.cycle import settling_time, year_begins, year_ends

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
SETTLING = dt.timedelta(seconds=5)


def clock(afterwards: float | None = None):  # type: ignore[no-untyped-def]
    return clock_through(
        NOW,
        start=year_begins(2026),
        legs=[(year_ends(2026), MINUTE)],
        settling=SETTLING,
        afterwards=afterwards,
    )


def test_time_stands_almost_still_while_the_cycle_is_launched() -> None:
    assert clock().business(NOW + SETTLING) - year_begins(2026) == SETTLING


def test_the_year_ends_when_its_minutes_are_over() -> None:
    end = clock().business(NOW + SETTLING + MINUTE)
    assert abs(end - year_ends(2026)) < dt.timedelta(seconds=1)


def test_afterwards_it_keeps_its_pace_unless_another_is_given() -> None:
    later = NOW + SETTLING + 2 * MINUTE
    assert pace_at(clock(), later) > 500_000
    assert pace_at(clock(afterwards=60.0), later) == pytest.approx(60.0)


def test_a_rehearsal_needs_time_to_pass() -> None:
    with pytest.raises(ValueError, match="time to pass"):
        clock_through(NOW, start=NOW, legs=[(NOW, MINUTE)], settling=SETTLING)


def test_a_rehearsal_cannot_be_faster_than_the_fastest() -> None:
    with pytest.raises(ValueError, match="cannot be faster"):
        clock_through(
            NOW,
            start=year_begins(2026),
            legs=[(year_ends(2026), dt.timedelta(seconds=1))],
            settling=SETTLING,
        )


def test_quiet_months_are_passed_faster_than_busy_ones() -> None:
    busy, quiet = year_begins(2026) + dt.timedelta(days=30), year_begins(2026) + dt.timedelta(days=180)
    second = dt.timedelta(seconds=1)
    legs = [(busy, 10 * second), (quiet, 2 * second)]
    along = clock_through(NOW, start=year_begins(2026), legs=legs, settling=SETTLING)
    for moment, after in ((busy, 10), (quiet, 12)):
        assert abs(along.business(NOW + SETTLING + after * second) - moment) < second
    assert pace_at(along, NOW + SETTLING + 11 * second) > 20 * pace_at(along, NOW + SETTLING + second)


def test_a_large_launch_is_given_longer() -> None:
    assert settling_time(1_000) > settling_time(10) > dt.timedelta(seconds=1)


def test_a_wake_is_spread_by_the_fastest_pace_that_a_clock_has() -> None:
    assert clock(afterwards=60.0).wake_spread() == clock().wake_spread()
