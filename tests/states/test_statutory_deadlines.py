"""One test for each row of the law's timetable that the national scheme implements."""

import datetime as dt

import pytest

from schemes.loading import builtin_scheme
from states.deadlines import due_on, ladder_steps
from states.national import national_calendar
from states.rules import DeadlineRule, Unit, YearlyDate
from states.stages import Capacity, Stage

BOOK = builtin_scheme("nasional")
CALENDAR = national_calendar()


def deadline(stage: Stage) -> DeadlineRule:
    rule = BOOK.stages[stage].deadline
    assert rule is not None
    return rule


def response() -> DeadlineRule:
    rule = BOOK.stages[Stage.RESPONSE].after_receipt
    assert rule is not None
    return rule


def due(rule: DeadlineRule, started_on: dt.date, year: int = 2026) -> dt.date:
    return due_on(rule, started_on, year, BOOK.counting, CALENDAR)


def test_art_24_2_the_plan_is_set_in_january() -> None:
    rule = deadline(Stage.PLAN_REVIEW)
    assert rule.statutory
    assert "art 24(2)" in rule.article
    assert due(rule, dt.date(2026, 1, 12)) == dt.date(2026, 1, 31)


def test_art_24_2_planning_opens_and_drafting_ends_early_enough_for_january() -> None:
    opening = BOOK.stages[Stage.SCHEDULED].opens_next
    assert opening == YearlyDate(month=1, day=2)
    rule = deadline(Stage.PLAN_DRAFTING)
    assert not rule.statutory
    assert "art 24(2)" in rule.article
    assert due(rule, dt.date(2026, 1, 2)) == dt.date(2026, 1, 20)


def test_art_24_3_a_new_plan_in_mid_year_gets_working_days_not_a_deadline_in_the_past() -> None:
    assert due(deadline(Stage.PLAN_DRAFTING), dt.date(2026, 6, 29)) == dt.date(2026, 7, 2)
    assert due(deadline(Stage.PLAN_REVIEW), dt.date(2026, 6, 29)) == dt.date(2026, 7, 2)


def test_art_27_1_monitoring_takes_place_at_least_once_each_semester() -> None:
    assert BOOK.check_ins == (YearlyDate(month=7, day=1),)
    for stage in (Stage.MIDYEAR_REPORT, Stage.MIDYEAR_REVIEW):
        rule = deadline(stage)
        assert not rule.statutory
        assert "art 27(1)" in rule.article
        assert due(rule, dt.date(2026, 7, 1)) == dt.date(2026, 7, 15)


def test_art_29_the_employee_measures_before_the_rating_is_due() -> None:
    rule = deadline(Stage.SELF_ASSESSMENT)
    assert not rule.statutory
    assert "art 29" in rule.article
    assert due(rule, dt.date(2026, 12, 15)) == dt.date(2027, 1, 10)


def test_art_42_1_evaluation_opens_in_december_and_the_rating_is_due_by_the_end_of_january() -> None:
    assert BOOK.stages[Stage.SECOND_HALF].opens_next == YearlyDate(month=12, day=15)
    rule = deadline(Stage.RATING)
    assert rule.statutory
    assert "art 42(1)" in rule.article
    assert due(rule, dt.date(2027, 1, 4)) == dt.date(2027, 1, 31)


def test_arts_47_48_moderation_is_off_but_has_a_deadline_if_an_agency_turns_it_on() -> None:
    assert not BOOK.moderation
    rule = deadline(Stage.MODERATION)
    assert not rule.statutory
    assert "arts 47-48" in rule.article
    assert due(rule, dt.date(2026, 1, 26)) == dt.date(2026, 2, 2)


@pytest.mark.parametrize(
    ("signed_on", "due_day"),
    (
        (dt.date(2026, 2, 10), dt.date(2026, 2, 24)),
        (dt.date(2026, 3, 16), dt.date(2026, 3, 30)),
        (dt.date(2026, 5, 12), dt.date(2026, 5, 26)),
    ),
)
def test_art_49_2_the_signed_result_is_delivered_within_14_calendar_days(
    signed_on: dt.date, due_day: dt.date
) -> None:
    rule = deadline(Stage.FEEDBACK_MEETING)
    assert rule.statutory
    assert "art 49(2)" in rule.article
    assert rule.unit is Unit.CALENDAR_DAYS
    assert due(rule, signed_on) == due_day


@pytest.mark.parametrize(
    ("received_on", "due_day"),
    (
        (dt.date(2026, 2, 10), dt.date(2026, 2, 24)),
        (dt.date(2026, 3, 16), dt.date(2026, 3, 30)),
        (dt.date(2026, 5, 12), dt.date(2026, 5, 26)),
    ),
)
def test_art_49_3_the_employee_signs_within_14_calendar_days_of_receipt(
    received_on: dt.date, due_day: dt.date
) -> None:
    rule = response()
    assert rule.statutory
    assert "49(3)" in rule.article
    assert rule.starts == "receipt"
    assert due(rule, received_on) == due_day


def test_art_59_1_an_objection_has_the_same_14_days_from_the_same_receipt() -> None:
    rule = response()
    assert "59(1)" in rule.article
    assert (rule.unit, rule.length) == (Unit.CALENDAR_DAYS, 14)
    assert BOOK.late_objection == "flag"


def test_art_59_1_an_objection_at_half_past_eleven_at_night_in_jayapura_is_in_time() -> None:
    jayapura = national_calendar(zone="Asia/Jayapura")
    last_day = due_on(response(), dt.date(2026, 2, 10), 2026, BOOK.counting, jayapura)
    filed = jayapura.at(last_day, dt.time(23, 30))
    (lapse,) = (s for s in ladder_steps(BOOK, response(), last_day, jayapura) if s.kind == "lapse")
    assert filed < lapse.at
    assert lapse.at - filed == dt.timedelta(minutes=30)


def test_art_49_3_before_receipt_is_evidenced_silence_moves_nothing() -> None:
    rule = deadline(Stage.RESPONSE)
    assert not rule.statutory
    assert rule.automatic_trigger is None
    assert due(rule, dt.date(2026, 2, 10)) == dt.date(2026, 2, 13)
    assert response().automatic_trigger == "lapse_response"


@pytest.mark.parametrize(
    ("lapsed_on", "due_day"),
    (
        (dt.date(2026, 2, 10), dt.date(2026, 2, 23)),
        (dt.date(2026, 3, 16), dt.date(2026, 4, 1)),
        (dt.date(2026, 5, 12), dt.date(2026, 5, 25)),
    ),
)
def test_art_50_the_raters_superior_signs_within_7_working_days(lapsed_on: dt.date, due_day: dt.date) -> None:
    rule = deadline(Stage.COUNTERSIGN)
    assert rule.statutory
    assert "art 50" in rule.article
    assert rule.unit is Unit.WORKING_DAYS
    assert due(rule, lapsed_on) == due_day


def test_arts_49_and_50_invert_around_lebaran_2026() -> None:
    start = dt.date(2026, 3, 16)
    assert due(deadline(Stage.COUNTERSIGN), start) > due(response(), start)


@pytest.mark.parametrize(("year", "last_day"), ((2026, dt.date(2027, 2, 28)), (2027, dt.date(2028, 2, 29))))
def test_art_51_1_the_report_is_due_at_the_end_of_february_also_in_a_leap_year(
    year: int, last_day: dt.date
) -> None:
    rule = deadline(Stage.AGREED)
    assert rule.statutory
    assert "art 51(1)" in rule.article
    assert due(rule, dt.date(year + 1, 2, 3), year) == last_day
    assert rule.automatic_trigger == "finalise"


def test_art_51_1_who_agrees_after_february_is_reported_on_the_next_working_day() -> None:
    assert due(deadline(Stage.AGREED), dt.date(2027, 4, 1)) == dt.date(2027, 4, 2)


def test_art_59_2_to_4_the_agency_sets_the_time_to_decide_and_silence_decides_nothing() -> None:
    rule = deadline(Stage.OBJECTION_REVIEW)
    assert not rule.statutory
    assert "art 59(2)-(4) sets no time" in rule.article
    assert rule.automatic_trigger is None
    assert due(rule, dt.date(2026, 2, 10)) == dt.date(2026, 3, 13)


def test_art_59_admitting_an_objection_has_an_agency_deadline() -> None:
    rule = deadline(Stage.OBJECTED)
    assert not rule.statutory
    assert rule.automatic_trigger is None
    assert due(rule, dt.date(2026, 2, 10)) == dt.date(2026, 2, 13)


def test_art_28_2_a_suspension_is_reviewed_after_a_month() -> None:
    rule = deadline(Stage.SUSPENDED)
    assert not rule.statutory
    assert due(rule, dt.date(2026, 1, 31)) == dt.date(2026, 2, 28)
    audiences = {who for rung in BOOK.ladders[rule.ladder].rungs for who in rung.audience}
    assert audiences == {Capacity.HR}


def test_arts_42_to_59_the_timetable_collides_so_an_objection_outlasts_the_report() -> None:
    """A result signed on the last day of January can be objected to until the day the report is due."""
    delivered = due(deadline(Stage.FEEDBACK_MEETING), dt.date(2027, 1, 31))
    objected = due(response(), delivered)
    assert delivered == dt.date(2027, 2, 14)
    assert objected == dt.date(2027, 2, 28) == due(deadline(Stage.AGREED), delivered)
    assert due(deadline(Stage.OBJECTION_REVIEW), objected) > objected


@pytest.mark.parametrize(
    ("stage", "articles"),
    (
        (Stage.PLAN_REVIEW, "24(2)"),
        (Stage.RATING, "42(1)"),
        (Stage.FEEDBACK_MEETING, "49(2)"),
        (Stage.RESPONSE, "49(3)"),
        (Stage.COUNTERSIGN, "50"),
        (Stage.AGREED, "51(1)"),
    ),
)
def test_exactly_the_deadlines_of_the_law_are_marked_statutory(stage: Stage, articles: str) -> None:
    marked = {
        at: rule.article
        for at, stage_rule in BOOK.stages.items()
        for rule in (stage_rule.deadline, stage_rule.after_receipt)
        if rule is not None and rule.statutory
    }
    assert articles in marked[stage]
    assert len(marked) == 6


def test_the_clock_advances_a_case_only_on_silence_after_receipt_and_at_the_report() -> None:
    automatic = {
        rule.rule: rule.automatic_trigger
        for stage_rule in BOOK.stages.values()
        for rule in (stage_rule.deadline, stage_rule.after_receipt)
        if rule is not None and rule.automatic_trigger is not None
    }
    assert automatic == {"response": "lapse_response", "report": "finalise"}


def test_a_deadline_of_14_days_reminds_three_times_after_it_began_and_on_its_day() -> None:
    """Whoever acts on the first day meets no step at all: the first reminder comes after days, not hours."""
    received = dt.date(2026, 7, 6)
    steps = ladder_steps(BOOK, response(), due(response(), received), CALENDAR)
    ahead = [step for step in steps if step.at >= CALENDAR.end_of_day(received)]
    assert [step.name for step in ahead] == ["h-7", "h-3", "h-1", "h-0", "lapse", "h+1", "h+3", "h+5"]
    assert steps[-1].audience == (Capacity.HR,)
