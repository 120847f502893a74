"""One test for each row of the law's timetable that the national scheme implements."""

import datetime as dt

import pytest

from schemes.loading import builtin_scheme
from states.deadlines import due_on, ladder_steps
from states.national import national_calendar
from states.rules import DeadlineRule, Unit, YearlyDate
from states.stages import Capacity, Stage
from states.triggers import RatingBasis, Trigger
from tests.states.builders import case_in, current, local

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


def test_art_8_4_the_screening_of_a_plan_is_off_but_has_a_deadline_if_an_agency_turns_it_on() -> None:
    assert not BOOK.plan_screening
    rule = deadline(Stage.PLAN_SCREENING)
    assert not rule.statutory
    assert "art 8(4)" in rule.article
    assert due(rule, dt.date(2026, 1, 12)) == dt.date(2026, 1, 15)


def test_art_24_3_a_plan_in_a_new_post_has_working_days_of_the_agency_from_its_beginning() -> None:
    """From Monday 29 June 2026: ten working days end on 13 July, five on 6 July."""
    for stage, last_day in (
        (Stage.PLAN_DRAFTING, dt.date(2026, 7, 13)),
        (Stage.PLAN_REVIEW, dt.date(2026, 7, 6)),
    ):
        rule = BOOK.stages[stage].later_period
        assert rule is not None
        assert not rule.statutory
        assert "art 24(3)" in rule.article
        assert due(rule, dt.date(2026, 6, 29)) == last_day


def test_art_36_a_closed_period_is_rated_within_ten_working_days_and_not_next_january() -> None:
    """From Monday 29 June 2026: ten working days end on 13 July."""
    rule = BOOK.stages[Stage.RATING].closed_period
    assert rule is not None
    assert not rule.statutory
    assert "art 36" in rule.article
    assert due(rule, dt.date(2026, 6, 29)) == dt.date(2026, 7, 13)


def test_a_plan_under_revision_gets_working_days_not_a_deadline_in_the_past() -> None:
    assert due(deadline(Stage.PLAN_DRAFTING), dt.date(2026, 6, 29)) == dt.date(2026, 7, 2)
    assert due(deadline(Stage.PLAN_REVIEW), dt.date(2026, 6, 29)) == dt.date(2026, 7, 2)


@pytest.mark.parametrize("year", range(2026, 2031))
def test_art_27_1_monitoring_takes_place_in_each_semester(year: int) -> None:
    """One check-in opens and ends in each: whoever reports and reviews on the last day is done by 30 June."""
    assert BOOK.check_ins == (YearlyDate(month=6, day=1), YearlyDate(month=11, day=1))
    for opening, ends in (
        (dt.date(year, 6, 1), dt.date(year, 6, 30)),
        (dt.date(year, 11, 1), dt.date(year, 12, 31)),
    ):
        reported = due(deadline(Stage.MIDYEAR_REPORT), opening, year)
        reviewed = due(deadline(Stage.MIDYEAR_REVIEW), reported, year)
        assert opening < reported < reviewed <= ends


def test_art_27_1_the_days_of_a_check_in_are_the_agencys() -> None:
    """From 1 July 2026, a Wednesday without holidays after it: 2 to 15 July are ten working days."""
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


def test_moderation_is_a_step_of_no_article_that_is_off_but_has_a_deadline_if_an_agency_turns_it_on() -> None:
    assert not BOOK.moderation
    rule = deadline(Stage.MODERATION)
    assert not rule.statutory
    assert "47" not in rule.article
    assert "the agency adds it" in rule.article
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
    assert rule.starts == "lapse"
    assert due(rule, lapsed_on) == due_day


def test_art_50_the_7_working_days_count_from_the_last_day_of_the_lapsed_term() -> None:
    """A response due on Tuesday 30 March 2027 lapses as that day ends, and 31 March is the first working day.

    31 March, 1 and 2 April are three; 5 to 8 April are four more: Thursday 8 April. No holiday lies between (Good
    Friday is 26 March). Counted from the day after the lapse it would be the 9th, one day too many.
    """
    case = case_in(Stage.FEEDBACK_MEETING, current())
    case.do(Trigger.DELIVER_RESULT, at=local("2027-03-16 09:00"))
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    assert case.due_on == dt.date(2027, 3, 30)
    case.wake(local("2027-03-31 00:00"))
    running = case.appraisal.deadline
    assert running is not None
    assert (case.stage, running.rule) == (Stage.COUNTERSIGN, "countersign")
    assert (running.started_on, running.due_on) == (dt.date(2027, 3, 30), dt.date(2027, 4, 8))


def test_art_50_the_raters_superior_sets_the_result_also_where_it_is_the_rater_who_has_not_signed() -> None:
    """Rated on Monday 4 January 2027, to be delivered by the 18th: 19 to 22 January are four working days, 25 to 27
    three more.
    """
    assert deadline(Stage.FEEDBACK_MEETING).automatic_trigger == "lapse_delivery"
    case = case_in(Stage.RATING, current())
    case.do(Trigger.RATE, at=local("2027-01-04 09:00"))
    assert case.due_on == dt.date(2027, 1, 18)
    case.wake(local("2027-01-19 00:00"))
    assert (case.stage, case.due_on) == (Stage.COUNTERSIGN, dt.date(2027, 1, 27))
    case.do(Trigger.COUNTERSIGN)
    assert (case.stage, case.appraisal.countersigned) == (Stage.RESPONSE, True)


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
    assert due(deadline(Stage.REPORTING), dt.date(year + 1, 2, 3), year) == last_day


@pytest.mark.parametrize(("year", "last_day"), ((2026, dt.date(2027, 2, 28)), (2027, dt.date(2028, 2, 29))))
def test_art_51_1_a_result_that_is_not_settled_is_reported_by_the_same_day_with_a_flag(
    year: int, last_day: dt.date
) -> None:
    rule = BOOK.provisional_report
    assert rule is not None
    assert rule.statutory
    assert "art 51(1)" in rule.article
    assert due(rule, dt.date(year + 1, 2, 3), year) == last_day


def test_art_51_1_the_report_is_a_duty_that_escalates_and_that_no_clock_fulfils() -> None:
    assert BOOK.provisional_report is not None
    for rule in (deadline(Stage.AGREED), deadline(Stage.REPORTING), BOOK.provisional_report):
        assert rule.on_lapse == "escalate"
        audiences = {who for rung in BOOK.ladders[rule.ladder].rungs for who in rung.audience}
        assert audiences >= {Capacity.RATER, Capacity.RATER_SUPERIOR, Capacity.HR}
    case = case_in(Stage.AGREED, current())
    case.wake(local("2027-12-31 00:00"))
    assert (case.stage, case.appraisal.reported) == (Stage.AGREED, False)


def test_art_51_1_who_agrees_after_february_is_reported_on_the_next_working_day() -> None:
    assert due(deadline(Stage.AGREED), dt.date(2027, 4, 1)) == dt.date(2027, 4, 2)


def test_art_59_2_to_4_the_agency_sets_the_time_to_decide_and_silence_decides_nothing() -> None:
    rule = deadline(Stage.OBJECTION_REVIEW)
    assert not rule.statutory
    assert "art 59(2)-(4) sets no time" in rule.article
    assert rule.automatic_trigger is None
    assert due(rule, dt.date(2026, 2, 10)) == dt.date(2026, 3, 13)


def test_art_59_3_each_side_has_five_working_days_to_explain_itself_and_silence_is_put_on_record_as_such() -> (
    None
):
    """From Tuesday 10 February 2026: 11 to 13 are three; the 16th and 17th are holidays of Imlek; 18 and 19."""
    statements = BOOK.objection.statements
    assert statements is not None
    for rule in (statements.employee, statements.rater):
        assert (rule.unit, rule.length, rule.statutory) == (Unit.WORKING_DAYS, 5, False)
        assert "art 59(3)" in rule.article
        assert rule.automatic_trigger is None
        assert due(rule, dt.date(2026, 2, 10)) == dt.date(2026, 2, 19)


def test_art_59_1_and_4_an_objection_is_inadmissible_on_the_grounds_of_the_article_alone() -> None:
    assert BOOK.objection.dismissal_grounds == ("not_the_result", "no_reasons", "decided_before")
    assert not BOOK.objection.acting_official_decides


def test_art_59_a_silent_officer_escalates_to_the_next_level_up_and_to_hr() -> None:
    rungs = BOOK.ladders[deadline(Stage.OBJECTION_REVIEW).ladder].rungs
    told = {rung.name: set(rung.audience) for rung in rungs}
    assert told["h+3"] == {Capacity.APPEALS_OFFICER, Capacity.APPEALS_SUPERIOR, Capacity.HR}
    assert told["h+5"] == {Capacity.APPEALS_SUPERIOR, Capacity.HR}


def test_a_term_of_the_law_is_extended_by_thirty_days_at_most() -> None:
    assert BOOK.extension is not None
    assert (BOOK.extension.unit, BOOK.extension.at_most) == (Unit.CALENDAR_DAYS, 30)


def test_art_59_1_whoever_disputes_a_receipt_is_answered_within_three_working_days() -> None:
    rule = BOOK.receipt.answer
    assert rule is not None
    assert not rule.statutory
    assert "art 59(1)" in rule.article
    assert due(rule, dt.date(2026, 1, 12)) == dt.date(2026, 1, 15)


@pytest.mark.parametrize(
    ("basis", "article"), ((RatingBasis.ACADEMIC_RECORD, "43"), (RatingBasis.HOST_MATERIAL, "44"))
)
def test_arts_43_and_44_study_and_secondment_are_rated_on_a_basis_of_their_own(
    basis: RatingBasis, article: str
) -> None:
    assert BOOK.paths[basis].article == f"PP 30/2019 art {article}"


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
        (Stage.REPORTING, "51(1)"),
    ),
)
def test_exactly_the_deadlines_of_the_law_are_marked_statutory(stage: Stage, articles: str) -> None:
    marked = {
        path[1]: rule.article for path, rule in BOOK.deadline_rules if rule.statutory and path[0] == "stages"
    }
    assert articles in marked[stage]
    others = [path for path, rule in BOOK.deadline_rules if rule.statutory and path[0] != "stages"]
    assert (len(marked), others) == (7, [("provisional_report",)])


def test_the_clock_advances_a_case_only_where_art_50_says_what_silence_means() -> None:
    """The rater's, who has not delivered, and the employee's after receipt."""
    automatic = {
        rule.rule: rule.automatic_trigger for _, rule in BOOK.deadline_rules if rule.automatic_trigger
    }
    assert automatic == {"delivery": "lapse_delivery", "response": "lapse_response"}


def test_a_deadline_of_14_days_reminds_three_times_after_it_began_and_on_its_day() -> None:
    """Whoever acts on the first day meets no step at all: the first reminder comes after days, not hours."""
    received = dt.date(2026, 7, 6)
    steps = ladder_steps(BOOK, response(), due(response(), received), CALENDAR)
    ahead = [step for step in steps if step.at >= CALENDAR.end_of_day(received)]
    assert [step.name for step in ahead] == ["h-7", "h-3", "h-1", "h-0", "lapse", "h+1", "h+3", "h+5"]
    assert steps[-1].audience == (Capacity.HR,)
