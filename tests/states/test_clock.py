import datetime as dt
import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from states.clock import IDENTITY, MAXIMUM_RATE, Clock, ClockError, Segment, wake_jitter

START = dt.datetime(2026, 6, 1, 3, tzinfo=dt.UTC)
BUSINESS = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)

instants = st.timedeltas(dt.timedelta(days=-200), dt.timedelta(days=600)).map(lambda d: START + d)
near_start = st.timedeltas(dt.timedelta(days=-2), dt.timedelta(hours=6)).map(lambda d: START + d)
rates = st.one_of(st.floats(1, 100_000), st.integers(1, 100_000).map(float))


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    clock = Clock((Segment(START, BUSINESS, draw(rates)),))
    for pause in draw(st.lists(st.timedeltas(dt.timedelta(seconds=1), dt.timedelta(hours=1)), max_size=3)):
        clock = clock.repaced(clock.segments[-1].real + pause, draw(rates))
    return clock


@given(instants)
def test_the_identity_changes_nothing(moment: dt.datetime) -> None:
    assert IDENTITY.business(moment) is moment
    assert IDENTITY.real(moment) is moment


def test_a_year_passes_in_minutes() -> None:
    clock = Clock((Segment(START, BUSINESS, 50_000.0),))
    assert clock.business(START) == BUSINESS
    assert clock.business(START + dt.timedelta(minutes=1)) == BUSINESS + dt.timedelta(minutes=50_000)
    assert clock.real(BUSINESS + dt.timedelta(days=365)) == START + dt.timedelta(seconds=630.72)


def test_before_its_first_segment_a_clock_runs_at_real_pace() -> None:
    clock = Clock((Segment(START, BUSINESS, 50_000.0),))
    assert clock.business(START - dt.timedelta(hours=1)) == BUSINESS - dt.timedelta(hours=1)
    assert clock.real(BUSINESS - dt.timedelta(hours=1)) == START - dt.timedelta(hours=1)


def test_a_change_of_pace_makes_no_jump() -> None:
    slow_from = START + dt.timedelta(minutes=1)
    clock = Clock((Segment(START, BUSINESS, 1_000.0),)).repaced(slow_from, 1.0)
    assert clock.business(slow_from) == BUSINESS + dt.timedelta(minutes=1_000)
    assert clock.business(slow_from + dt.timedelta(seconds=5)) == BUSINESS + dt.timedelta(
        minutes=1_000, seconds=5
    )
    assert clock.real(clock.business(slow_from)) == slow_from


@given(clocks(), near_start)
def test_real_is_the_inverse_of_business(clock: Clock, moment: dt.datetime) -> None:
    assert clock.real(clock.business(moment)) == moment


@given(clocks(), st.timedeltas(dt.timedelta(days=-2), dt.timedelta(days=900)))
def test_a_timer_set_for_a_business_moment_never_wakes_before_it(clock: Clock, offset: dt.timedelta) -> None:
    wanted = BUSINESS + offset
    reached = clock.business(clock.real(wanted))
    fastest = max(segment.rate for segment in clock.segments)
    assert wanted <= reached <= wanted + (fastest + 1) * MICROSECOND


@given(clocks(), near_start, near_start)
def test_business_time_is_strictly_monotone(clock: Clock, a: dt.datetime, b: dt.datetime) -> None:
    assume(a != b)
    assert (clock.business(a) < clock.business(b)) is (a < b)


@given(clocks(), near_start)
def test_a_microsecond_later_is_later_in_business_time(clock: Clock, moment: dt.datetime) -> None:
    assert clock.business(moment) < clock.business(moment + MICROSECOND)


def test_a_rehearsal_that_is_left_running_stops_at_the_end_of_the_calendar() -> None:
    clock = Clock((Segment(START, BUSINESS, float(MAXIMUM_RATE)),))
    assert clock.business(START + dt.timedelta(days=30)).year == 9999


def test_only_a_clock_with_segments_is_a_rehearsal() -> None:
    assert not IDENTITY.is_rehearsal
    assert Clock((Segment(START, BUSINESS, 1.0),)).is_rehearsal


@pytest.mark.parametrize(
    ("rate", "seconds"), ((1.0, 600), (0.5, 600), (10.0, 60), (600.0, 1), (50_000.0, 0.05))
)
def test_wake_ups_of_a_rehearsal_are_spread_less_the_faster_it_runs(rate: float, seconds: float) -> None:
    assert Clock((Segment(START, BUSINESS, rate),)).wake_spread() == dt.timedelta(seconds=seconds)


def test_wake_ups_are_spread_over_ten_minutes_in_real_time() -> None:
    assert IDENTITY.wake_spread() == dt.timedelta(minutes=10)


def test_the_fastest_segment_sets_the_spread_or_its_wakes_would_come_days_late() -> None:
    clock = Clock((Segment(START, BUSINESS, 50_000.0),)).repaced(START + dt.timedelta(seconds=9), 10.0)
    assert clock.wake_spread() == dt.timedelta(seconds=0.05)


@pytest.mark.parametrize("rate", (0.0, -1.0, float("nan"), float("inf"), MAXIMUM_RATE + 1.0))
def test_an_impossible_rate_is_refused(rate: float) -> None:
    with pytest.raises(ClockError, match="rate"):
        Segment(START, BUSINESS, rate)


@pytest.mark.parametrize(
    ("real", "business"), ((START.replace(tzinfo=None), BUSINESS), (START, BUSINESS.replace(tzinfo=None)))
)
def test_a_moment_without_a_zone_is_refused(real: dt.datetime, business: dt.datetime) -> None:
    with pytest.raises(ClockError, match="no time zone"):
        Segment(real, business, 1.0)


@pytest.mark.parametrize("later", (dt.timedelta(0), dt.timedelta(seconds=-1)))
def test_segments_out_of_order_are_refused(later: dt.timedelta) -> None:
    with pytest.raises(ClockError, match="number 2 starts"):
        Clock((Segment(START, BUSINESS, 1.0), Segment(START + later, BUSINESS, 2.0)))


@pytest.mark.parametrize("jump", (dt.timedelta(seconds=2), dt.timedelta(days=30), dt.timedelta(seconds=-2)))
def test_a_jump_of_business_time_is_refused_with_the_moment_that_fits(jump: dt.timedelta) -> None:
    end = START + dt.timedelta(minutes=1)
    with pytest.raises(
        ClockError, match=r"number 2 makes business time jump .* start it at 2026-01-01T01:40:00"
    ):
        Clock(
            (Segment(START, BUSINESS, 100.0), Segment(end, BUSINESS + dt.timedelta(minutes=100) + jump, 1.0))
        )


@pytest.mark.parametrize("gap", (dt.timedelta(milliseconds=900), dt.timedelta(milliseconds=-900)))
def test_within_a_second_segments_join_without_going_backwards(gap: dt.timedelta) -> None:
    joint = START + dt.timedelta(minutes=1)
    clock = Clock(
        (Segment(START, BUSINESS, 2.0), Segment(joint, BUSINESS + dt.timedelta(minutes=2) + gap, 2.0))
    )
    moments = [clock.business(joint + n * dt.timedelta(milliseconds=100)) for n in range(-10, 11)]
    assert moments == sorted(moments)
    assert clock.business(clock.real(clock.segments[1].business)) == clock.segments[1].business


@given(clocks())
def test_a_clock_survives_json(clock: Clock) -> None:
    assert Clock.from_data(json.loads(json.dumps(clock.to_data()))) == clock


def test_the_identity_is_an_empty_list_in_json() -> None:
    assert IDENTITY.to_data() == []
    assert Clock.from_data([]) == IDENTITY


@pytest.mark.parametrize("data", ([["2026-01-01T00:00:00+00:00"]], [["x", "y", 1]], [[1, 2, 3]], [None]))
def test_data_that_is_no_clock_is_refused(data: list[object]) -> None:
    with pytest.raises(ClockError, match="to_data"):
        Clock.from_data(data)  # type: ignore[arg-type]


def test_data_with_a_bad_rate_is_refused_for_the_rate() -> None:
    with pytest.raises(ClockError, match="rate"):
        Clock.from_data([[START.isoformat(), BUSINESS.isoformat(), 0]])


@given(st.text(max_size=30), instants, st.timedeltas(MICROSECOND, dt.timedelta(hours=1)))
def test_jitter_is_repeatable_and_stays_within_the_spread(
    key: str, instant: dt.datetime, spread: dt.timedelta
) -> None:
    jitter = wake_jitter(key, instant, spread)
    assert dt.timedelta(0) <= jitter < spread
    assert wake_jitter(key, instant, spread) == jitter


def test_jitter_does_not_depend_on_the_zone_in_which_the_instant_is_written() -> None:
    wib = dt.timezone(dt.timedelta(hours=7))
    spread = dt.timedelta(seconds=30)
    assert wake_jitter("a", START, spread) == wake_jitter("a", START.astimezone(wib), spread)


def test_a_thousand_cases_spread_over_the_whole_time() -> None:
    spread = dt.timedelta(seconds=30)
    seconds = [int(wake_jitter(f"case-{n}", START, spread).total_seconds()) for n in range(1000)]
    per_second = [seconds.count(second) for second in range(30)]
    assert min(per_second) >= 10
    assert max(per_second) <= 70


def test_no_spread_means_no_jitter() -> None:
    assert wake_jitter("a", START, dt.timedelta(0)) == dt.timedelta(0)
