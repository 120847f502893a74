import datetime as dt
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.calendar import (
    FIVE_DAY_WEEK,
    SIX_DAY_WEEK,
    CalendarError,
    OutsideCalendar,
    UnknownZone,
    WorkingCalendar,
    content_key,
)
from states.national import decreed_in, decreed_years, national_calendar

JAKARTA = national_calendar()
SIX_DAYS = national_calendar(six_day_week=True)

NATIONAL_HOLIDAYS_2026 = (
    *("0101", "0116", "0217", "0319", "0321", "0322", "0403", "0405", "0501"),
    *("0514", "0527", "0531", "0601", "0616", "0817", "0825", "1225"),
)
JOINT_LEAVE_2026 = ("0216", "0318", "0320", "0323", "0324", "0515", "0528", "1224")

days = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
counts = st.integers(-300, 300).filter(bool)
calendars = st.sampled_from((JAKARTA, SIX_DAYS))


def in_2026(month_and_day: str) -> dt.date:
    return dt.date(2026, int(month_and_day[:2]), int(month_and_day[2:]))


@pytest.mark.parametrize(
    ("month", "working_days"),
    list(enumerate((20, 18, 17, 21, 16, 20, 23, 19, 22, 22, 21, 21), start=1)),
)
def test_each_month_of_2026_has_the_published_number_of_working_days(month: int, working_days: int) -> None:
    first = dt.date(2026, month, 1)
    found = sum(
        JAKARTA.is_working(day) for day in (first + dt.timedelta(n) for n in range(31)) if day.month == month
    )
    assert found == working_days


def test_the_year_2026_has_240_working_days() -> None:
    assert JAKARTA.working_days_between(dt.date(2025, 12, 31), dt.date(2026, 12, 31)) == 240


@pytest.mark.parametrize("holiday", NATIONAL_HOLIDAYS_2026 + JOINT_LEAVE_2026)
def test_no_holiday_and_no_joint_leave_day_of_2026_counts_as_working(holiday: str) -> None:
    assert not JAKARTA.is_working(in_2026(holiday))
    assert not SIX_DAYS.is_working(in_2026(holiday))


def test_the_joint_decree_for_2026_has_17_holidays_and_8_days_of_joint_leave_and_no_others() -> None:
    decreed = {in_2026(day) for day in NATIONAL_HOLIDAYS_2026 + JOINT_LEAVE_2026}
    assert {day for day in JAKARTA.closed if day.year == 2026} == decreed


@pytest.mark.parametrize(
    ("start", "seventh", "fourteenth", "twenty_first"),
    (
        ("0210", "0223", "0304", "0313"),
        ("0316", "0401", "0413", "0422"),
        ("0512", "0525", "0608", "0618"),
    ),
)
def test_the_nth_working_day_after_a_start_that_is_not_counted(
    start: str, seventh: str, fourteenth: str, twenty_first: str
) -> None:
    found = [JAKARTA.add_working_days(in_2026(start), n) for n in (7, 14, 21)]
    assert found == [in_2026(seventh), in_2026(fourteenth), in_2026(twenty_first)]


@pytest.mark.parametrize(("start", "end"), (("0210", "0224"), ("0316", "0330"), ("0512", "0526")))
def test_fourteen_calendar_days_do_not_ask_the_calendar(start: str, end: str) -> None:
    assert in_2026(start) + dt.timedelta(days=14) == in_2026(end)


def test_around_lebaran_2026_seven_working_days_end_after_fourteen_calendar_days() -> None:
    start = dt.date(2026, 3, 16)
    assert JAKARTA.add_working_days(start, 7) == dt.date(2026, 4, 1)
    assert start + dt.timedelta(days=14) == dt.date(2026, 3, 30)
    assert JAKARTA.add_working_days(start, 7) > start + dt.timedelta(days=14)


def test_saturday_counts_in_a_six_day_week_only() -> None:
    saturday = dt.date(2026, 7, 4)
    assert SIX_DAYS.is_working(saturday)
    assert not JAKARTA.is_working(saturday)
    assert not SIX_DAYS.is_working(dt.date(2026, 7, 5))
    assert SIX_DAYS.add_working_days(dt.date(2026, 7, 3), 2) == dt.date(2026, 7, 6)
    assert JAKARTA.add_working_days(dt.date(2026, 7, 3), 2) == dt.date(2026, 7, 7)


def test_an_agency_closes_a_day_of_its_own() -> None:
    local = dt.date(2026, 7, 14)
    calendar = national_calendar(added=frozenset({local}))
    assert not calendar.is_working(local)
    assert calendar.add_working_days(dt.date(2026, 7, 13), 1) == dt.date(2026, 7, 15)


def test_an_agency_declares_a_joint_leave_day_working() -> None:
    leave = dt.date(2026, 12, 24)
    calendar = national_calendar(removed=frozenset({leave}))
    assert calendar.is_working(leave)
    assert calendar.working_days_between(dt.date(2025, 12, 31), dt.date(2026, 12, 31)) == 241


def test_a_day_declared_working_wins_over_the_same_day_closed() -> None:
    day = dt.date(2026, 7, 14)
    assert national_calendar(added=frozenset({day}), removed=frozenset({day})).is_working(day)


def test_years_that_were_not_asked_for_know_no_holidays() -> None:
    assert national_calendar(years=[2027]).is_working(dt.date(2026, 8, 17))


def test_the_years_with_a_joint_leave_decree_are_known_and_the_far_future_has_none() -> None:
    assert {2023, 2024, 2025, 2026} <= decreed_years()
    assert 2040 not in decreed_years()


@pytest.mark.parametrize("n", (1, 3, 10))
def test_negative_counts_go_back_over_the_same_days(n: int) -> None:
    start = dt.date(2026, 3, 16)
    assert JAKARTA.add_working_days(JAKARTA.add_working_days(start, n), -n) == start


def test_minus_one_from_a_sunday_is_the_friday_before() -> None:
    sunday = dt.date(2026, 7, 5)
    assert JAKARTA.add_working_days(sunday, -1) == dt.date(2026, 7, 3)
    assert JAKARTA.working_days_between(sunday, dt.date(2026, 7, 3)) == -1


@pytest.mark.parametrize("day", (dt.date(2026, 7, 3), dt.date(2026, 7, 5)))
def test_zero_working_days_stay_on_the_day_working_or_not(day: dt.date) -> None:
    assert JAKARTA.add_working_days(day, 0) == day
    assert JAKARTA.working_days_between(day, day) == 0


@given(calendars, days, counts)
def test_adding_and_counting_are_inverse(calendar: WorkingCalendar, day: dt.date, n: int) -> None:
    reached = calendar.add_working_days(day, n)
    assert calendar.is_working(reached)
    assert calendar.working_days_between(day, reached) == n


@given(calendars, days, days)
def test_counting_agrees_with_looking_at_every_day(calendar: WorkingCalendar, a: dt.date, b: dt.date) -> None:
    b = min(b, a + dt.timedelta(days=400)) if b >= a else max(b, a - dt.timedelta(days=400))
    forward = b >= a
    first, last = (a + dt.timedelta(1), b) if forward else (b, a - dt.timedelta(1))
    seen = sum(calendar.is_working(first + dt.timedelta(n)) for n in range((last - first).days + 1))
    assert calendar.working_days_between(a, b) == (seen if forward else -seen)


@given(calendars, days)
def test_on_or_after_and_on_or_before_enclose_the_day(calendar: WorkingCalendar, day: dt.date) -> None:
    before, after = calendar.on_or_before(day), calendar.on_or_after(day)
    assert calendar.is_working(before)
    assert calendar.is_working(after)
    assert before <= day <= after
    assert (before == day == after) is calendar.is_working(day)


@pytest.mark.parametrize(
    ("zone", "midnight"),
    (("Asia/Jakarta", 17), ("Asia/Pontianak", 17), ("Asia/Makassar", 16), ("Asia/Jayapura", 15)),
)
def test_a_local_day_begins_and_ends_by_its_own_zone(zone: str, midnight: int) -> None:
    calendar = national_calendar(zone=zone)
    day = dt.date(2026, 2, 28)
    assert calendar.start_of_day(day) == dt.datetime(2026, 2, 27, midnight, tzinfo=dt.UTC)
    assert calendar.end_of_day(day) == dt.datetime(2026, 2, 28, midnight, tzinfo=dt.UTC)
    assert calendar.at(day, dt.time(8)) == calendar.start_of_day(day) + dt.timedelta(hours=8)
    assert calendar.start_of_day(day).tzinfo is dt.UTC


def test_half_past_eleven_at_night_in_jayapura_is_still_the_local_day() -> None:
    moment = dt.datetime(2026, 2, 14, 14, 30, tzinfo=dt.UTC)
    assert national_calendar(zone="Asia/Jayapura").local_date(moment) == dt.date(2026, 2, 14)
    assert national_calendar(zone="Asia/Jayapura").local_date(moment + dt.timedelta(minutes=30)) == dt.date(
        2026, 2, 15
    )
    assert JAKARTA.local_date(moment + dt.timedelta(minutes=30)) == dt.date(2026, 2, 14)


@given(days, st.sampled_from(("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")))
def test_every_moment_of_a_day_has_its_date(day: dt.date, zone: str) -> None:
    calendar = national_calendar(zone=zone)
    last_moment = calendar.end_of_day(day) - dt.timedelta(microseconds=1)
    assert calendar.local_date(calendar.start_of_day(day)) == day
    assert calendar.local_date(last_moment) == day
    assert calendar.local_date(calendar.end_of_day(day)) == day + dt.timedelta(days=1)


@pytest.mark.parametrize("zone", ("Asia/Singapore", "WIB", "UTC", "../etc/passwd", ""))
def test_a_zone_outside_indonesia_is_refused_with_the_known_ones(zone: str) -> None:
    with pytest.raises(UnknownZone, match=r"Asia/Jakarta \(WIB\).*Asia/Jayapura \(WIT\)"):
        national_calendar(zone=zone)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(CalendarError, match="no time zone"):
        JAKARTA.local_date(dt.datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "count"),
    (
        (dt.date(2045, 12, 29), 10),
        (dt.date(2015, 1, 2), -10),
        (dt.date(2046, 1, 1), -1),
        (dt.date(1999, 1, 1), 1),
    ),
)
def test_counting_outside_the_covered_years_is_refused(day: dt.date, count: int) -> None:
    with pytest.raises(OutsideCalendar, match="2015-2045"):
        JAKARTA.add_working_days(day, count)


def test_counting_between_days_outside_the_covered_years_is_refused() -> None:
    with pytest.raises(OutsideCalendar):
        JAKARTA.working_days_between(dt.date(2026, 1, 1), dt.date(2050, 1, 1))


@pytest.mark.parametrize("weekdays", (frozenset[int](), frozenset({7}), frozenset({-1, 0})))
def test_a_week_without_working_days_or_with_an_eighth_day_is_refused(weekdays: frozenset[int]) -> None:
    with pytest.raises(CalendarError, match="working_weekdays"):
        WorkingCalendar("k", "Asia/Jakarta", weekdays, frozenset())


def test_a_calendar_survives_json() -> None:
    data = json.loads(json.dumps(SIX_DAYS.to_data()))
    restored = WorkingCalendar.from_data(data)
    assert restored == SIX_DAYS
    assert hash(restored) == hash(SIX_DAYS)
    assert restored.to_data() == SIX_DAYS.to_data()
    assert restored.add_working_days(dt.date(2026, 3, 16), 7) == SIX_DAYS.add_working_days(
        dt.date(2026, 3, 16), 7
    )


def test_a_calendar_survives_pickling() -> None:
    assert pickle.loads(pickle.dumps(JAKARTA)) == JAKARTA  # noqa: S301


def test_equal_content_gives_the_same_key_and_other_content_another() -> None:
    assert national_calendar().key == JAKARTA.key
    keys = {
        JAKARTA.key,
        SIX_DAYS.key,
        national_calendar(zone="Asia/Makassar").key,
        national_calendar(added=frozenset({dt.date(2026, 7, 14)})).key,
    }
    assert len(keys) == 4


def test_the_key_does_not_depend_on_the_order_of_days() -> None:
    closed = [dt.date(2026, 8, 17), dt.date(2026, 1, 1)]
    assert content_key("Asia/Jakarta", FIVE_DAY_WEEK, frozenset(closed)) == content_key(
        "Asia/Jakarta", FIVE_DAY_WEEK, frozenset(reversed(closed))
    )


def test_data_without_a_key_gets_the_key_of_its_content() -> None:
    data = JAKARTA.to_data()
    del data["key"]
    assert WorkingCalendar.from_data(data).key == JAKARTA.key


def test_a_key_that_is_given_is_kept() -> None:
    assert national_calendar(key="kota-contoh").key == "kota-contoh"


def test_calendars_that_share_a_key_but_not_the_days_are_not_equal() -> None:
    assert national_calendar(key="same") != national_calendar(key="same", six_day_week=True)
    assert JAKARTA != "calendar"


@pytest.mark.parametrize("missing", ("zone", "working_weekdays", "closed"))
def test_data_that_lacks_a_field_is_refused_by_name(missing: str) -> None:
    data = JAKARTA.to_data()
    del data[missing]
    with pytest.raises(CalendarError, match=f"{missing}: is required"):
        WorkingCalendar.from_data(data)


def test_data_with_a_broken_date_is_refused() -> None:
    with pytest.raises(CalendarError, match="to_data"):
        WorkingCalendar.from_data({**JAKARTA.to_data(), "closed": ["17 August"]})


def test_a_calendar_cannot_be_changed() -> None:
    with pytest.raises(AttributeError, match="does not change"):
        JAKARTA.zone = "Asia/Makassar"
    with pytest.raises(AttributeError, match="does not change"):
        del JAKARTA.zone


def test_a_calendar_shows_its_key_and_zone() -> None:
    assert repr(national_calendar(key="k")).startswith("WorkingCalendar('k', 'Asia/Jakarta'")
    assert SIX_DAYS.working_weekdays == SIX_DAY_WEEK


UNSPOKEN = {
    "zone": "Asia/Jakarta",
    "working_weekdays": [0, 1, 2, 3, 4],
    "closed": ["2026-02-16", "2026-08-17"],
}
"""A calendar from before calendars said which years were decreed."""


def test_a_calendar_says_which_of_its_years_were_decreed() -> None:
    assert national_calendar(range(2026, 2030)).decreed == decreed_years() & set(range(2026, 2030))


def test_the_decreed_years_travel_with_the_data() -> None:
    calendar = national_calendar([2026, 2040], declared=frozenset({2040}))
    restored = WorkingCalendar.from_data(json.loads(json.dumps(calendar.to_data())))
    assert decreed_in(restored) == {2026, 2040}


def test_a_calendar_that_does_not_say_it_keeps_its_content_and_key() -> None:
    calendar = WorkingCalendar.from_data(UNSPOKEN)
    assert calendar.key == "3293455f548cef16"
    assert calendar.to_data() == {"key": calendar.key, **UNSPOKEN}


def test_a_calendar_that_does_not_say_it_heeds_a_decree_of_which_it_has_days() -> None:
    assert decreed_in(WorkingCalendar.from_data(UNSPOKEN)) == {2026}


def test_calendars_that_differ_in_what_is_decreed_have_different_keys() -> None:
    known, declared = national_calendar([2040]), national_calendar([2040], declared=frozenset({2040}))
    assert known.closed == declared.closed
    assert known.key != declared.key


def test_a_year_that_the_calendar_does_not_cover_is_not_decreed_in_it() -> None:
    assert decreed_in(national_calendar([2026], declared=frozenset({2040}))) == {2026}
