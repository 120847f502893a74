import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.calendar import WorkingCalendar
from states.deadlines import Step, due_on, ladder_steps, projected, remaining
from states.national import national_calendar
from states.rules import Counting, DeadlineRule, Rulebook, YearlyDate

CALENDAR = national_calendar()
DEFAULT = Counting()
SAME_DAY = Counting(first_day="same_day")
NEXT_WORKING_DAY = Counting(on_holiday="next_working_day")

days = st.dates(dt.date(2024, 1, 1), dt.date(2035, 12, 31))
lengths = st.integers(1, 60)


def rule(unit: str, length: int | None = None, **fields: Any) -> DeadlineRule:
    return DeadlineRule.model_validate(
        {
            "rule": "test",
            "unit": unit,
            "length": length,
            "article": "none",
            "statutory": False,
            "ladder": "steps",
            "on_lapse": "wait",
        }
        | fields
    )


def book(*rungs: tuple[str, int, str], at: str = "08:00") -> Rulebook:
    ladder = {
        "at": at,
        "rungs": [
            {"name": f"{kind[0]}{days:+d}", "kind": kind, "days": days, "unit": unit, "audience": ["rater"]}
            for kind, days, unit in rungs
        ],
    }
    return Rulebook.model_validate(
        {
            "scheme": "test",
            "version": 1,
            "title": {"id": "Uji"},
            "basis": [],
            "counting": {},
            "check_ins": [],
            "moderation": False,
            "late_objection": "flag",
            "ladders": {"steps": ladder},
            "stages": {},
        }
    )


def local_days(steps: tuple[Step, ...], kind: str) -> list[dt.date]:
    return [CALENDAR.local_date(step.at) for step in steps if step.kind == kind]


def test_calendar_days_count_from_the_day_after_the_start() -> None:
    assert due_on(rule("hari", 14), dt.date(2026, 3, 16), 2026, DEFAULT, CALENDAR) == dt.date(2026, 3, 30)


def test_calendar_days_may_count_the_first_day() -> None:
    assert due_on(rule("hari", 14), dt.date(2026, 3, 16), 2026, SAME_DAY, CALENDAR) == dt.date(2026, 3, 29)


def test_working_days_count_from_the_day_after_the_start() -> None:
    assert due_on(rule("hari_kerja", 7), dt.date(2026, 3, 16), 2026, DEFAULT, CALENDAR) == dt.date(2026, 4, 1)


def test_working_days_may_count_the_first_day_if_it_is_one() -> None:
    seven = rule("hari_kerja", 7)
    assert due_on(seven, dt.date(2026, 3, 16), 2026, SAME_DAY, CALENDAR) == dt.date(2026, 3, 31)
    saturday = dt.date(2026, 7, 4)
    assert due_on(seven, saturday, 2026, SAME_DAY, CALENDAR) == due_on(
        seven, saturday, 2026, DEFAULT, CALENDAR
    )


def test_around_lebaran_the_two_units_invert_and_neither_is_converted() -> None:
    start = dt.date(2026, 3, 16)
    seven_working = due_on(rule("hari_kerja", 7), start, 2026, DEFAULT, CALENDAR)
    fourteen_calendar = due_on(rule("hari", 14), start, 2026, DEFAULT, CALENDAR)
    assert seven_working > fourteen_calendar


@pytest.mark.parametrize(
    ("start", "months", "due"),
    (
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2028, 1, 31), 1, dt.date(2028, 2, 29)),
        (dt.date(2026, 11, 15), 3, dt.date(2027, 2, 15)),
        (dt.date(2026, 6, 30), 6, dt.date(2026, 12, 30)),
        (dt.date(2026, 12, 31), 12, dt.date(2027, 12, 31)),
    ),
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(
    start: dt.date, months: int, due: dt.date
) -> None:
    assert due_on(rule("bulan", months), start, 2026, DEFAULT, CALENDAR) == due
    assert due_on(rule("bulan", months), start, 2026, SAME_DAY, CALENDAR) == due


@pytest.mark.parametrize(("year", "due"), ((2026, dt.date(2027, 2, 28)), (2027, dt.date(2028, 2, 29))))
def test_a_fixed_date_belongs_to_the_appraised_year_not_to_the_start(year: int, due: dt.date) -> None:
    end_of_february = rule("tanggal", date=YearlyDate(month=2, day=29, year_offset=1))
    assert due_on(end_of_february, dt.date(2027, 2, 3), year, DEFAULT, CALENDAR) == due


def test_a_deadline_on_a_holiday_stays_there_unless_the_scheme_moves_it() -> None:
    start, holiday = dt.date(2026, 8, 3), dt.date(2026, 8, 17)
    assert due_on(rule("hari", 14), start, 2026, DEFAULT, CALENDAR) == holiday
    assert due_on(rule("hari", 14), start, 2026, NEXT_WORKING_DAY, CALENDAR) == dt.date(2026, 8, 18)


def test_a_fixed_date_on_a_weekend_moves_to_monday_if_the_scheme_says_so() -> None:
    end_of_january = rule("tanggal", date=YearlyDate(month=1, day=31))
    start = dt.date(2026, 1, 2)
    assert due_on(end_of_january, start, 2026, DEFAULT, CALENDAR) == dt.date(2026, 1, 31)
    assert due_on(end_of_january, start, 2026, NEXT_WORKING_DAY, CALENDAR) == dt.date(2026, 2, 2)


def test_a_fixed_date_that_has_passed_still_leaves_the_minimum_of_working_days() -> None:
    returned = rule("tanggal", date=YearlyDate(month=1, day=20), minimum_working_days=3)
    assert due_on(returned, dt.date(2026, 1, 29), 2026, DEFAULT, CALENDAR) == dt.date(2026, 2, 3)
    assert due_on(returned, dt.date(2026, 1, 5), 2026, DEFAULT, CALENDAR) == dt.date(2026, 1, 20)


def test_the_minimum_extends_a_short_length_too() -> None:
    short = rule("hari", 1, minimum_working_days=2)
    assert due_on(short, dt.date(2026, 7, 3), 2026, DEFAULT, CALENDAR) == dt.date(2026, 7, 7)


@pytest.mark.parametrize("unit", ("hari", "hari_kerja", "bulan"))
def test_a_rule_without_its_length_is_refused(unit: str) -> None:
    with pytest.raises(ValueError, match="needs a length"):
        due_on(rule(unit), dt.date(2026, 1, 5), 2026, DEFAULT, CALENDAR)


def test_a_fixed_date_without_its_date_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a date"):
        due_on(rule("tanggal"), dt.date(2026, 1, 5), 2026, DEFAULT, CALENDAR)


@given(days, lengths, st.sampled_from(("hari", "hari_kerja", "bulan")))
def test_no_deadline_is_due_before_or_on_its_start(start: dt.date, length: int, unit: str) -> None:
    assert due_on(rule(unit, length), start, start.year, DEFAULT, CALENDAR) > start


@given(days, lengths)
def test_counting_the_first_day_never_gives_more_time(start: dt.date, length: int) -> None:
    for unit in ("hari", "hari_kerja"):
        counted = due_on(rule(unit, length), start, start.year, SAME_DAY, CALENDAR)
        assert counted <= due_on(rule(unit, length), start, start.year, DEFAULT, CALENDAR)


@given(days, lengths)
def test_moving_off_a_holiday_never_shortens(start: dt.date, length: int) -> None:
    kept = due_on(rule("hari", length), start, start.year, DEFAULT, CALENDAR)
    moved = due_on(rule("hari", length), start, start.year, NEXT_WORKING_DAY, CALENDAR)
    assert moved >= kept
    assert CALENDAR.is_working(moved)


def test_the_lapse_is_the_exclusive_end_of_the_due_day_in_the_local_zone() -> None:
    (lapse,) = ladder_steps(book(), rule("hari", 3), dt.date(2026, 7, 10), CALENDAR)
    assert lapse == Step(dt.datetime(2026, 7, 10, 17, tzinfo=dt.UTC), "lapse", "lapse", ())


@pytest.mark.parametrize(
    ("zone", "hour"), (("Asia/Jakarta", 17), ("Asia/Makassar", 16), ("Asia/Jayapura", 15))
)
def test_the_same_due_day_lapses_earlier_the_further_east(zone: str, hour: int) -> None:
    steps = ladder_steps(book(), rule("hari", 3), dt.date(2026, 7, 10), national_calendar(zone=zone))
    assert steps[0].at == dt.datetime(2026, 7, 10, hour, tzinfo=dt.UTC)


def test_steps_come_in_the_order_of_time_at_the_local_hour_of_the_ladder() -> None:
    rungs = (("escalation", 1, "hari_kerja"), ("reminder", 0, "hari_kerja"), ("reminder", -3, "hari_kerja"))
    steps = ladder_steps(book(*rungs, at="07:30"), rule("hari", 3), dt.date(2026, 7, 10), CALENDAR)
    assert [(step.kind, step.at) for step in steps] == [
        ("reminder", dt.datetime(2026, 7, 7, 0, 30, tzinfo=dt.UTC)),
        ("reminder", dt.datetime(2026, 7, 10, 0, 30, tzinfo=dt.UTC)),
        ("lapse", dt.datetime(2026, 7, 10, 17, tzinfo=dt.UTC)),
        ("escalation", dt.datetime(2026, 7, 13, 0, 30, tzinfo=dt.UTC)),
    ]
    assert [step.audience for step in steps] == [("rater",), ("rater",), (), ("rater",)]


def test_reminders_before_lebaran_count_back_over_working_days_only() -> None:
    reminders = tuple(("reminder", -n, "hari_kerja") for n in (7, 3, 1, 0))
    steps = ladder_steps(book(*reminders), rule("hari_kerja", 7), dt.date(2026, 4, 1), CALENDAR)
    assert local_days(steps, "reminder") == [
        dt.date(2026, 3, 16),
        dt.date(2026, 3, 27),
        dt.date(2026, 3, 31),
        dt.date(2026, 4, 1),
    ]


def test_the_reminder_of_a_due_sunday_comes_on_friday_and_the_day_before_on_thursday() -> None:
    rungs = (("reminder", -1, "hari_kerja"), ("reminder", 0, "hari_kerja"), ("escalation", 1, "hari_kerja"))
    steps = ladder_steps(book(*rungs), rule("hari", 3), dt.date(2026, 7, 5), CALENDAR)
    assert local_days(steps, "reminder") == [dt.date(2026, 7, 2), dt.date(2026, 7, 3)]
    assert local_days(steps, "escalation") == [dt.date(2026, 7, 6)]


def test_a_rung_in_calendar_days_stays_on_its_day() -> None:
    rungs = (("reminder", -1, "hari"), ("escalation", 2, "hari"))
    steps = ladder_steps(book(*rungs), rule("hari", 3), dt.date(2026, 7, 5), CALENDAR)
    assert local_days(steps, "reminder") == [dt.date(2026, 7, 4)]
    assert local_days(steps, "escalation") == [dt.date(2026, 7, 7)]


def test_an_escalation_at_midnight_follows_the_lapse_of_the_same_instant() -> None:
    steps = ladder_steps(
        book(("escalation", 1, "hari"), at="00:00"), rule("hari", 3), dt.date(2026, 7, 9), CALENDAR
    )
    assert [step.kind for step in steps] == ["lapse", "escalation"]
    assert steps[0].at == steps[1].at


rungs = st.lists(
    st.one_of(
        st.tuples(st.just("reminder"), st.integers(-20, 0), st.sampled_from(("hari", "hari_kerja"))),
        st.tuples(st.just("escalation"), st.integers(1, 20), st.sampled_from(("hari", "hari_kerja"))),
    ),
    max_size=8,
)


@given(rungs, days)
def test_reminders_precede_the_lapse_and_escalations_follow_it(
    chosen: list[tuple[str, int, str]], due: dt.date
) -> None:
    steps = ladder_steps(book(*chosen), rule("hari", 3), due, CALENDAR)
    order = {"reminder": 0, "lapse": 1, "escalation": 2}
    kinds = [order[step.kind] for step in steps]
    assert kinds == sorted(kinds)
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert len(steps) == len(chosen) + 1


@given(st.integers(-20, 0), days)
def test_a_reminder_in_working_days_lands_on_a_working_day_not_after_the_due_day(
    n: int, due: dt.date
) -> None:
    steps = ladder_steps(book(("reminder", n, "hari_kerja")), rule("hari", 3), due, CALENDAR)
    (day,) = local_days(steps, "reminder")
    assert CALENDAR.is_working(day)
    assert day <= due


def test_equal_questions_get_the_same_answer_without_counting_again() -> None:
    asked = book(("reminder", -1, "hari_kerja"))
    first = ladder_steps(asked, rule("hari", 3), dt.date(2026, 7, 9), CALENDAR)
    assert ladder_steps(asked, rule("hari", 3), dt.date(2026, 7, 9), CALENDAR) is first


def test_books_that_share_a_key_but_not_the_ladder_do_not_share_answers() -> None:
    one, two = book(("reminder", -1, "hari_kerja")), book(("reminder", -2, "hari_kerja"))
    assert one.key == two.key
    first = ladder_steps(one, rule("hari", 3), dt.date(2026, 7, 9), CALENDAR)
    assert ladder_steps(two, rule("hari", 3), dt.date(2026, 7, 9), CALENDAR) != first


def test_an_unknown_ladder_is_an_error_not_silence() -> None:
    with pytest.raises(KeyError, match="missing"):
        ladder_steps(book(), rule("hari", 3, ladder="missing"), dt.date(2026, 7, 9), CALENDAR)


@pytest.mark.parametrize(
    ("unit", "today", "due", "left"),
    (
        ("hari", dt.date(2026, 3, 16), dt.date(2026, 3, 30), 14),
        ("hari_kerja", dt.date(2026, 3, 16), dt.date(2026, 4, 1), 7),
        ("hari", dt.date(2026, 3, 30), dt.date(2026, 3, 30), 0),
        ("hari", dt.date(2026, 4, 2), dt.date(2026, 3, 30), -3),
        ("hari_kerja", dt.date(2026, 7, 6), dt.date(2026, 7, 3), -1),
        ("hari_kerja", dt.date(2026, 7, 5), dt.date(2026, 7, 3), -1),
        ("hari_kerja", dt.date(2026, 7, 6), dt.date(2026, 7, 5), -1),
        ("tanggal", dt.date(2026, 1, 2), dt.date(2026, 1, 31), 29),
        ("bulan", dt.date(2026, 1, 31), dt.date(2026, 2, 28), 28),
    ),
)
def test_what_remains_is_counted_in_the_unit_of_the_law(
    unit: str, today: dt.date, due: dt.date, left: int
) -> None:
    length = None if unit == "tanggal" else 7
    assert remaining(rule(unit, length), today, due, CALENDAR) == left


def test_a_suspension_over_lebaran_costs_no_working_day() -> None:
    seven = rule("hari_kerja", 7)
    left = remaining(seven, dt.date(2026, 3, 17), dt.date(2026, 4, 1), CALENDAR)
    assert left == 6
    assert projected(seven, dt.date(2026, 6, 1), left, CALENDAR) == dt.date(2026, 6, 9)


def test_a_suspension_keeps_calendar_days_as_calendar_days() -> None:
    fourteen = rule("hari", 14)
    left = remaining(fourteen, dt.date(2026, 2, 20), dt.date(2026, 2, 24), CALENDAR)
    assert projected(fourteen, dt.date(2026, 3, 16), left, CALENDAR) == dt.date(2026, 3, 20)


def test_what_was_overdue_stays_overdue_by_as_much() -> None:
    seven = rule("hari_kerja", 7)
    assert projected(seven, dt.date(2026, 7, 10), -2, CALENDAR) == dt.date(2026, 7, 8)


def test_what_was_due_today_is_due_on_the_first_working_day_after_resuming_on_a_sunday() -> None:
    assert projected(rule("hari_kerja", 7), dt.date(2026, 7, 5), 0, CALENDAR) == dt.date(2026, 7, 6)


@given(days, st.integers(-200, 200))
def test_resuming_on_the_day_of_the_suspension_changes_no_calendar_day_deadline(
    today: dt.date, n: int
) -> None:
    due = today + dt.timedelta(days=n)
    for unit in ("hari", "bulan"):
        left = remaining(rule(unit, 7), today, due, CALENDAR)
        assert projected(rule(unit, 7), today, left, CALENDAR) == due


@given(days, days)
def test_resuming_on_the_day_of_the_suspension_changes_no_working_day_deadline(
    today: dt.date, other: dt.date
) -> None:
    due = CALENDAR.on_or_after(other)
    seven = rule("hari_kerja", 7)
    assert projected(seven, today, remaining(seven, today, due, CALENDAR), CALENDAR) == due


@given(days, days, st.sampled_from(("hari", "hari_kerja")))
def test_a_deadline_is_overdue_exactly_when_its_remainder_is_negative(
    today: dt.date, due: dt.date, unit: str
) -> None:
    calendar: WorkingCalendar = CALENDAR
    assert (remaining(rule(unit, 7), today, due, calendar) < 0) is (due < today)
