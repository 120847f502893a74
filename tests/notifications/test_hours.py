"""Sending hours are kept in their order and within their limits."""

import datetime as dt

import pytest

from notifications.hours import LEAST, MOST, HoursInvalid, SendingHours, hours_from


def test_an_agency_that_has_set_nothing_has_the_default_hours() -> None:
    assert hours_from({}) == SendingHours()
    assert SendingHours().to_data() == {}


def test_what_is_set_replaces_the_default_and_is_written_as_it_was_read() -> None:
    data = {"opens": "07:00", "closes": "15:30", "daily": 3}
    hours = hours_from(data)
    assert (hours.opens, hours.closes, hours.daily) == (dt.time(7), dt.time(15, 30), 3)
    assert hours.morning == SendingHours().morning
    assert hours.to_data() == data


@pytest.mark.parametrize(
    ("data", "field"),
    (
        ({"opens": "08:30"}, "morning"),
        ({"opens": "09:00"}, "morning"),
        ({"morning": "13:30"}, "afternoon"),
        ({"afternoon": "16:00"}, "closes"),
        ({"closes": "07:00"}, "closes"),
        ({"opens": "20:00", "closes": "06:00"}, "morning"),
    ),
)
def test_the_day_has_its_order(data: dict[str, object], field: str) -> None:
    with pytest.raises(HoursInvalid, match="opens < morning < afternoon < closes") as error:
        hours_from(data)
    assert error.value.field == field


@pytest.mark.parametrize("name", ("daily", "daily_chat"))
@pytest.mark.parametrize("value", (LEAST - 1, MOST + 1, -5))
def test_a_limit_is_within_reason(name: str, value: int) -> None:
    with pytest.raises(HoursInvalid, match=rf"^{name}: {value} must be 1 to 20$"):
        hours_from({name: value})


@pytest.mark.parametrize("value", (LEAST, MOST))
def test_the_bounds_of_a_limit_are_allowed(value: int) -> None:
    assert hours_from({"daily": value}).daily == value


@pytest.mark.parametrize("value", ("7", "25:00", "07:30:15", "07:30+07:00", "pagi", "", 730, None, True))
def test_what_is_no_local_time_is_refused(value: object) -> None:
    with pytest.raises(HoursInvalid, match=r"^opens: .*write it as HH:MM"):
        hours_from({"opens": value})


@pytest.mark.parametrize("value", ("2", 2.5, True, None))
def test_what_is_no_whole_number_is_refused(value: object) -> None:
    with pytest.raises(HoursInvalid, match=r"^daily: .* is no whole number$"):
        hours_from({"daily": value})


def test_an_unknown_setting_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(HoursInvalid, match=r"^opening: .*opens, morning, afternoon, closes, daily"):
        hours_from({"opening": "07:00"})
