"""Who signs in whose place, what is reported, when monitoring falls, and what absence and decrees do to a term."""

import datetime as dt
from pathlib import Path

import pytest

from schemes.loading import load_scheme
from states.absences import AbsenceKind
from states.calendar import FIVE_DAY_WEEK, WorkingCalendar
from states.decide import decide, launched
from states.effects import of_absence, of_return
from states.errors import DomainError, IllegalTransition
from states.events import Acted, Lapsed, RungReached
from states.evolve import evolve, launch
from states.national import national_calendar
from states.rule_context import RuleContext
from states.rules import Counting
from states.stages import Capacity, Stage
from states.triggers import Outcome, RatingBasis, Trigger
from tests.documents import ROOT
from tests.states.builders import CURRENT, NATIONAL, PEOPLE, YEAR, Case, case_in, current, day, local, rules
from tests.states.scripts import DEEMING

# Art 50: who has not signed is replaced, the seven working days counting from the last day of the lapsed term.


def test_a_rater_who_does_not_sign_within_14_days_is_replaced_by_the_superior() -> None:
    case = case_in(Stage.FEEDBACK_MEETING, current())
    due = case.due_on
    case.lapsed()
    assert case.stage is Stage.COUNTERSIGN
    assert case.due_on == case.rules.calendar.add_working_days(due, 7)


def test_the_seven_working_days_count_from_the_last_day_of_the_lapsed_term() -> None:
    """Delivered on Monday 1 March 2027 and received that day: 14 days end on Monday the 15th.

    Only weekends are closed, so the seven working days are 16, 17, 18, 19, 22, 23 and 24 March.
    """
    calendar = WorkingCalendar("test", "Asia/Jakarta", FIVE_DAY_WEEK, frozenset())
    case = case_in(Stage.RESPONSE, current(calendar))
    case.wake(local("2027-03-01 08:00"))
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    assert case.due_on == day("2027-03-15")
    assert case.lapsed().due_on == day("2027-03-24")


def test_what_the_superior_sets_without_the_rater_is_delivered_and_gives_the_14_days() -> None:
    case = case_in(Stage.FEEDBACK_MEETING, current()).lapsed()
    case.do(Trigger.COUNTERSIGN)
    assert case.stage is Stage.RESPONSE
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    assert case.due_on == case.today + dt.timedelta(days=14)


def test_silence_after_that_is_reported_and_not_countersigned_again() -> None:
    case = case_in(Stage.FEEDBACK_MEETING, current()).lapsed()
    case.do(Trigger.COUNTERSIGN)
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    case.lapsed()
    assert (case.stage, case.appraisal.outcome) == (Stage.REPORTING, Outcome.COUNTERSIGNED)


def test_a_rater_who_signs_late_still_delivers_before_the_superior_has_set_it() -> None:
    case = case_in(Stage.FEEDBACK_MEETING, current()).lapsed()
    case.do(Trigger.DELIVER_RESULT)
    assert case.stage is Stage.RESPONSE


# Art 51: a duty, which no clock fulfils.


def last_of_february() -> dt.datetime:
    return local("2027-03-20 09:00")


def test_an_agreed_result_is_not_reported_by_the_clock_and_its_lateness_escalates() -> None:
    case = case_in(Stage.AGREED, current())
    caused = case.wake(last_of_february())
    assert case.stage is Stage.AGREED
    assert [
        event.audience for event in caused if isinstance(event, RungReached) and event.rung == "escalation"
    ]


def test_the_report_of_an_objected_result_is_owed_by_the_end_of_february() -> None:
    case = case_in(Stage.OBJECTED, current())
    (duty,) = case.appraisal.duties
    assert (duty.capacity, duty.deadline.rule) == (Capacity.RATER, "provisional-report")
    assert duty.deadline.due_on == day("2027-02-28")


def test_a_report_while_an_objection_is_open_is_on_record_and_corrected_after_the_decision() -> None:
    case = case_in(Stage.OBJECTED, current())
    case.do(Trigger.REPORT_PROVISIONALLY, Capacity.RATER)
    assert (case.stage, case.appraisal.reported, case.appraisal.duties) == (Stage.OBJECTED, True, ())
    case.do(Trigger.WITHDRAW_OBJECTION)
    assert case.stage is Stage.REPORTING


def test_an_overdue_report_of_an_open_objection_escalates_and_decides_nothing() -> None:
    case = case_in(Stage.OBJECTED, current())
    caused = case.wake(last_of_february())
    assert "provisional-report" in [event.rule for event in caused if isinstance(event, Lapsed)]
    assert case.stage is Stage.OBJECTED


def test_where_a_scheme_lets_the_clock_report_the_record_says_that_it_was_the_clock() -> None:
    assert CURRENT.provisional_report is not None
    automatic = CURRENT.provisional_report.model_copy(update={"on_lapse": "auto:report_provisionally"})
    case = case_in(Stage.OBJECTED, current(provisional_report=automatic))
    caused = case.wake(last_of_february())
    reported = [event for event in caused if isinstance(event, Acted)]
    assert [(event.trigger, event.capacity, event.actor) for event in reported] == [
        (Trigger.REPORT_PROVISIONALLY, Capacity.CLOCK, None)
    ]


def test_a_countersigned_result_is_final_with_its_report() -> None:
    case = case_in(Stage.REPORTING, current())
    assert case.appraisal.outcome is Outcome.COUNTERSIGNED
    case.do(Trigger.FINALISE, Capacity.RATER)
    assert (case.stage, case.appraisal.outcome) == (Stage.FINALISED, Outcome.COUNTERSIGNED)


# Art 27(1): one monitoring each semester, and none of before one's time.


def begun(period_from: str, under: RuleContext | None = None, now: str = "2026-01-01 08:00") -> int:
    event = launched(
        employee="sari", year=YEAR, now=local(now), rules=under or current(), period_from=day(period_from)
    )
    return event.check_ins_done


@pytest.mark.parametrize(
    ("period_from", "behind"), (("2026-01-05", 0), ("2026-05-31", 0), ("2026-07-01", 1), ("2026-11-02", 2))
)
def test_nobody_is_asked_for_a_monitoring_of_before_the_own_period(period_from: str, behind: int) -> None:
    assert begun(period_from) == behind


def test_a_launch_in_august_asks_nobody_for_the_monitoring_of_june() -> None:
    event = launched(employee="sari", year=YEAR, now=local("2026-08-20 08:00"), rules=current())
    assert event.check_ins_done == 1


def test_monthly_evaluation_is_an_option_of_the_scheme(tmp_path: Path) -> None:
    text = (ROOT / "schemes" / "nasional" / "process.yaml").read_text("utf-8")
    start, end = text.index("check_ins:\n"), text.index("plan_screening: false")
    file = tmp_path / "bulanan.yaml"
    file.write_text(f"{text[:start]}check_ins: monthly\n\n{text[end:]}", "utf-8")
    book = load_scheme(file)
    assert [date.month for date in book.check_ins] == list(range(2, 13))
    assert book.periodic_evaluation == "monthly"


# Arts 24(3) and 36: a period that begins or ends within the year.


def moved_in(period_from: str) -> Case:
    case = Case(current(), launched_at=local(f"{period_from} 07:00"))
    event = launched(
        employee=PEOPLE[Capacity.EMPLOYEE],
        year=YEAR,
        now=case.now,
        rules=case.rules,
        period_from=day(period_from),
    )
    case.appraisal = launch("case-1", event)
    case.wake(case.now)
    return case


def test_a_new_plan_after_a_move_has_the_agencys_days_and_cites_article_24_3() -> None:
    case = moved_in("2026-05-18")
    rule = case.rules.running_rule(case.appraisal)
    assert rule is not None
    assert "24(3)" in rule.article
    assert case.due_on == case.rules.calendar.add_working_days(day("2026-05-18"), 10)


def test_a_period_closed_in_may_is_rated_within_days_of_its_closing() -> None:
    case = case_in(Stage.FIRST_HALF, current())
    case.do(Trigger.CLOSE_PERIOD, at=local("2026-05-18 09:00"))
    assert case.stage is Stage.RATING
    assert case.due_on == case.rules.calendar.add_working_days(day("2026-05-18"), 10)


def test_a_rating_that_is_returned_in_a_closed_period_keeps_its_short_term() -> None:
    case = case_in(Stage.FIRST_HALF, current(moderation=True))
    case.do(Trigger.CLOSE_PERIOD, at=local("2026-05-18 09:00"))
    case.do(Trigger.RATE)
    case.do(Trigger.RETURN_RATING)
    assert case.due_on == case.rules.calendar.add_working_days(case.today, 10)


# Absence touches only whom it concerns.


@pytest.mark.parametrize(
    "stage",
    (Stage.PLAN_REVIEW, Stage.MIDYEAR_REVIEW, Stage.RATING, Stage.FEEDBACK_MEETING, Stage.OBJECTION_REVIEW),
)
def test_a_leave_of_the_employee_does_not_stop_what_waits_on_others(stage: Stage) -> None:
    effect = of_absence(case_in(stage, current()).appraisal, AbsenceKind.LEAVE, long=True, evaluate=False)
    assert effect is Trigger.NOTE_ABSENCE


@pytest.mark.parametrize(
    "stage", (Stage.PLAN_DRAFTING, Stage.MIDYEAR_REPORT, Stage.SELF_ASSESSMENT, Stage.RESPONSE)
)
def test_a_leave_stops_what_waits_on_the_employee(stage: Stage) -> None:
    effect = of_absence(case_in(stage, current()).appraisal, AbsenceKind.LEAVE, long=True, evaluate=False)
    assert effect is Trigger.SUSPEND


def test_a_stage_that_comes_to_await_an_absent_employee_stands_still_until_the_return() -> None:
    case = case_in(Stage.RATING, current())
    case.do(Trigger.NOTE_ABSENCE, Capacity.HR)
    case.do(Trigger.RATE)
    case.do(Trigger.DELIVER_RESULT)
    suspension = case.appraisal.suspension
    assert suspension is not None
    assert (case.stage, suspension.source) == (Stage.SUSPENDED, Stage.RESPONSE)


def test_whoever_is_away_at_the_launch_is_not_asked_for_a_plan_before_the_return() -> None:
    event = launched(employee="sari", year=YEAR, now=local("2025-12-15 08:00"), rules=current(), away=True)
    case = Case(current())
    case.appraisal = launch("case-1", event)
    case.open()
    suspension = case.appraisal.suspension
    assert suspension is not None
    assert (case.stage, suspension.source) == (Stage.SUSPENDED, Stage.PLAN_DRAFTING)
    case.do(Trigger.RESUME, at=local("2026-03-02 09:00"))
    assert case.stage is Stage.PLAN_DRAFTING
    assert case.due_on > case.today


def test_an_opening_in_an_absence_stands_still_until_the_return() -> None:
    case = case_in(Stage.FIRST_HALF, current())
    case.do(Trigger.NOTE_ABSENCE, Capacity.HR)
    case.open()
    assert (case.stage, of_return(case.appraisal)) == (Stage.SUSPENDED, Trigger.RESUME)


def test_a_return_before_anything_waited_is_only_noted() -> None:
    case = case_in(Stage.RATING, current())
    case.do(Trigger.NOTE_ABSENCE, Capacity.HR)
    assert of_return(case.appraisal) is Trigger.NOTE_RETURN
    case.do(Trigger.NOTE_RETURN, Capacity.HR)
    assert not case.appraisal.away


def test_study_duty_follows_the_path_of_the_scheme_and_is_no_suspension() -> None:
    """Art 43: rated on the academic record."""
    case = case_in(Stage.PLAN_DRAFTING, current())
    effect = of_absence(
        case.appraisal, AbsenceKind.STUDY, long=True, evaluate=False, bases={RatingBasis.ACADEMIC_RECORD}
    )
    assert effect is Trigger.FOLLOW_PATH
    case.do(Trigger.FOLLOW_PATH, Capacity.HR)
    assert (case.stage, case.appraisal.basis) == (Stage.SECOND_HALF, RatingBasis.ACADEMIC_RECORD)
    case.open()
    assert case.stage is Stage.SELF_ASSESSMENT


def test_a_secondment_is_rated_at_home_with_the_material_of_the_host() -> None:
    """Art 44."""
    case = case_in(Stage.FIRST_HALF, current())
    case.do(Trigger.FOLLOW_PATH, Capacity.HR, basis=RatingBasis.HOST_MATERIAL)
    assert (case.stage, case.appraisal.basis) == (Stage.SECOND_HALF, RatingBasis.HOST_MATERIAL)


def test_a_scheme_without_the_path_lets_study_duty_stand_still() -> None:
    case = case_in(Stage.FIRST_HALF, rules())
    assert of_absence(case.appraisal, AbsenceKind.STUDY, long=True, evaluate=False) is Trigger.SUSPEND


def test_after_study_duty_what_was_done_is_rated_and_a_new_period_begins() -> None:
    case = case_in(Stage.FIRST_HALF, current())
    case.do(Trigger.FOLLOW_PATH, Capacity.HR)
    assert of_return(case.appraisal) is Trigger.CLOSE_PERIOD


def test_an_employee_on_study_duty_is_launched_without_a_plan() -> None:
    event = launched(
        employee="sari",
        year=YEAR,
        now=local("2025-12-15 08:00"),
        rules=current(),
        basis=RatingBasis.ACADEMIC_RECORD,
    )
    case = Case(current())
    case.appraisal = launch("case-1", event)
    case.open()
    assert case.stage is Stage.SELF_ASSESSMENT


def test_a_death_ends_no_result_that_was_received() -> None:
    case = case_in(Stage.OBJECTED, current())
    assert of_absence(case.appraisal, AbsenceKind.DIED, long=True, evaluate=False) is None
    received = case_in(Stage.AGREED, current())
    assert of_absence(received.appraisal, AbsenceKind.DIED, long=True, evaluate=False) is None
    assert (
        of_absence(case_in(Stage.RATING, current()).appraisal, AbsenceKind.DIED, long=True, evaluate=False)
        is Trigger.CANCEL
    )


# A decree that changes the calendar, and another version of the scheme.


def adopt(case: Case, trigger: Trigger, new: RuleContext) -> Acted:
    """Gives the command that lets the case go on by ``new``."""
    for event in decide(case.appraisal, case.command(trigger, Capacity.HR), case.now, case.rules, new):
        case.events.append(event)
        case.appraisal = evolve(case.appraisal, event)
    case.rules = new
    last = case.events[-1]
    assert isinstance(last, Acted)
    return last


def closing(case: Case, *days: dt.date) -> RuleContext:
    """The rules of a case with more days closed."""
    calendar = national_calendar(range(2025, 2029), added=frozenset(days))
    return RuleContext(case.rules.book, calendar)


def test_a_new_holiday_within_seven_working_days_moves_the_term_and_keeps_both_days() -> None:
    case = case_in(Stage.COUNTERSIGN, current())
    before, calendar = case.due_on, case.rules.calendar
    event = adopt(case, Trigger.ADOPT_CALENDAR, closing(case, calendar.add_working_days(case.today, 2)))
    assert case.due_on == calendar.add_working_days(before, 1)
    assert (event.due_before, event.calendar) == (before, case.rules.calendar.key)


def test_a_new_holiday_after_the_term_moves_nothing_and_the_calendar_is_taken_over() -> None:
    case = case_in(Stage.COUNTERSIGN, current())
    before = case.due_on
    event = adopt(case, Trigger.ADOPT_CALENDAR, closing(case, before + dt.timedelta(days=30)))
    assert (case.due_on, event.deadline, event.due_before) == (before, None, None)
    assert case.appraisal.calendar == case.rules.calendar.key


def test_a_holiday_that_is_taken_back_never_shortens_a_term() -> None:
    case = case_in(Stage.COUNTERSIGN, current())
    closed = case.rules.calendar.add_working_days(case.today, 2)
    adopt(case, Trigger.ADOPT_CALENDAR, closing(case, closed))
    moved = case.due_on
    adopt(case, Trigger.ADOPT_CALENDAR, closing(case))
    assert case.due_on == moved


def test_calendar_days_are_not_moved_by_a_holiday() -> None:
    case = case_in(Stage.FEEDBACK_MEETING, current())
    before = case.due_on
    adopt(case, Trigger.ADOPT_CALENDAR, closing(case, before))
    assert case.due_on == before


def test_what_is_owed_beside_the_stage_moves_as_well() -> None:
    case = case_in(Stage.OBJECTION_REVIEW, current())
    case.do(Trigger.ASK_EMPLOYEE)
    calendar = case.rules.calendar
    (before,) = [duty for duty in case.appraisal.duties if duty.capacity is Capacity.EMPLOYEE]
    adopt(case, Trigger.ADOPT_CALENDAR, closing(case, calendar.add_working_days(case.today, 1)))
    (after,) = [duty for duty in case.appraisal.duties if duty.capacity is Capacity.EMPLOYEE]
    assert after.deadline.due_on == calendar.add_working_days(before.deadline.due_on, 1)


def test_what_stood_still_when_the_decree_came_is_not_shorter_for_it() -> None:
    case = case_in(Stage.OBJECTION_REVIEW, current())
    case.do(Trigger.ASK_EMPLOYEE)
    case.do(Trigger.SUSPEND)
    calendar = case.rules.calendar
    adopt(case, Trigger.ADOPT_CALENDAR, closing(case, calendar.add_working_days(case.today, 1)))
    case.do(Trigger.RESUME)
    (after,) = [duty for duty in case.appraisal.duties if duty.capacity is Capacity.EMPLOYEE]
    assert after.deadline.due_on == case.rules.calendar.add_working_days(case.today, 5)


def test_a_decree_reaches_the_case_of_the_officer_who_puts_it_on_record() -> None:
    case = case_in(Stage.COUNTERSIGN, current())
    new = closing(case, case.rules.calendar.add_working_days(case.today, 2))
    command = case.command(Trigger.ADOPT_CALENDAR, Capacity.HR, actor=PEOPLE[Capacity.EMPLOYEE])
    assert decide(case.appraisal, command, case.now, case.rules, new)


def test_a_decree_moves_the_days_of_a_result_that_was_signed_already() -> None:
    """Where the scheme puts a last day that is closed off to the next working day."""
    moving = current(counting=Counting(on_holiday="next_working_day"))
    case = case_in(Stage.RESPONSE, moving)
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    due = case.due_on
    case.do(Trigger.AGREE)
    adopt(case, Trigger.ADOPT_CALENDAR, closing(case, due))
    assert case.appraisal.response_due == case.rules.calendar.on_or_after(due)


def test_a_decree_moves_the_day_at_which_receipt_is_deemed() -> None:
    case = case_in(Stage.RESPONSE, current(receipt=DEEMING))
    case.do(Trigger.NOTE_DELIVERY)
    before, calendar = case.appraisal.deemed_on, case.rules.calendar
    assert before is not None
    adopt(case, Trigger.ADOPT_CALENDAR, closing(case, calendar.add_working_days(case.today, 2)))
    assert case.appraisal.deemed_on == calendar.add_working_days(before, 1)


def test_the_present_calendar_is_not_adopted_again() -> None:
    case = case_in(Stage.COUNTERSIGN, current())
    with pytest.raises(IllegalTransition):
        adopt(case, Trigger.ADOPT_CALENDAR, case.rules)


def test_an_unrated_case_goes_on_under_the_newer_version() -> None:
    case = case_in(Stage.SECOND_HALF, rules())
    case.now = local("2026-09-01 09:00")
    event = adopt(case, Trigger.ADOPT_RULES, current())
    assert (case.appraisal.rulebook, event.rulebook) == ("nasional@4", "nasional@4")
    assert (case.stage, case.appraisal.opens_on) == (Stage.FIRST_HALF, day("2026-11-01"))


def test_a_new_version_never_shortens_a_running_term() -> None:
    case = case_in(Stage.PLAN_DRAFTING, rules())
    case.do(Trigger.EXTEND, until=case.due_on + dt.timedelta(days=60))
    before = case.due_on
    adopt(case, Trigger.ADOPT_RULES, current())
    assert case.due_on == before


def test_a_rated_case_ends_under_the_version_by_which_it_was_rated() -> None:
    case = case_in(Stage.RATING, rules(moderation=True))
    case.do(Trigger.RATE)
    case.do(Trigger.RETURN_RATING)
    with pytest.raises(DomainError):
        adopt(case, Trigger.ADOPT_RULES, current())


def test_an_older_version_is_not_adopted() -> None:
    case = case_in(Stage.FIRST_HALF, current())
    with pytest.raises(DomainError):
        adopt(case, Trigger.ADOPT_RULES, RuleContext(NATIONAL, case.rules.calendar))


def test_a_case_of_version_2_ends_as_version_2_says() -> None:
    """One check-in, a report that the clock makes, countersigning that is final at once."""
    case = case_in(Stage.AGREED, rules())
    case.wake(last_of_february())
    assert (case.stage, case.appraisal.rulebook) == (Stage.FINALISED, "nasional@2")
    countersigned = case_in(Stage.COUNTERSIGN, rules())
    countersigned.do(Trigger.COUNTERSIGN)
    assert countersigned.stage is Stage.FINALISED
