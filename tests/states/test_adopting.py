"""Running cases that go on by another calendar or version of their scheme: no day gets earlier."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.adopting import by_calendar, by_rules, check_ins_behind
from states.appraisal import Deadline, DutyKind
from states.calendar import WorkingCalendar
from states.decide import decide
from states.errors import IllegalTransition
from states.events import Acted
from states.evolve import evolve
from states.national import national_calendar
from states.rule_context import RuleContext
from states.rules import DeadlineRule
from states.stages import RUNNING_STAGES, Stage
from states.triggers import Trigger
from tests.states.builders import (
    CALENDAR,
    CURRENT,
    QUARTERLY,
    Case,
    case_in,
    current,
    day,
    knowing,
    local,
    new_appraisal,
    rules,
)

YEARS = range(2025, 2029)
WEEKDAYS = tuple(
    each for each in (dt.date(2026, 1, 1) + dt.timedelta(n) for n in range(730)) if each.weekday() < 5
)
HOLIDAYS = tuple(sorted(each for each in CALENDAR.closed if each.weekday() < 5))
DECREED = national_calendar(YEARS, added=frozenset({day("2026-07-06"), day("2026-07-07")}))
"""Two days of joint leave more."""

days = st.dates(dt.date(2026, 1, 1), dt.date(2027, 10, 1))
running_rules = st.sampled_from([rule for _, rule in CURRENT.deadline_rules])


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    """The national calendar with some days closed on top and some declared working again."""
    added = draw(st.frozensets(st.sampled_from(WEEKDAYS), max_size=12))
    removed = draw(st.frozensets(st.sampled_from(HOLIDAYS), max_size=12))
    return national_calendar(YEARS, added=added - removed, removed=removed - added)


@given(
    rule=running_rules,
    started_on=days,
    later=st.integers(0, 40),
    calendar=calendars(),
    after=st.integers(0, 60),
)
def test_a_calendar_never_shortens_a_deadline_nor_the_day_of_the_law(
    rule: DeadlineRule, started_on: dt.date, later: int, calendar: WorkingCalendar, after: int
) -> None:
    """Whatever is added or taken away, and whether the term was extended before or not."""
    old, new = current(), current(calendar)
    due = started_on + dt.timedelta(days=later)
    extended = due + dt.timedelta(days=5)
    appraisal = new_appraisal(old)
    for deadline in (
        Deadline(rule.rule, started_on, due),
        Deadline(rule.rule, started_on, extended, statutory_on=due),
    ):
        now = CALENDAR.start_of_day(started_on + dt.timedelta(days=after))
        moved = by_calendar(deadline, appraisal, old, new, now)
        assert moved.due_on >= deadline.due_on
        assert moved.by_law >= deadline.by_law
        assert (moved.rule, moved.started_on, moved.lapsed) == (deadline.rule, started_on, False)


def test_two_more_holidays_within_ten_working_days_give_two_days_more() -> None:
    """From 1 July 2026 ten working days end on the 15th; with the 6th and 7th closed on the 17th."""
    old, new = rules(), rules(calendar=DECREED)
    deadline = Deadline("check-in-report", day("2026-07-01"), day("2026-07-15"))
    moved = by_calendar(deadline, new_appraisal(old), old, new, local("2026-07-02 09:00"))
    assert moved.due_on == day("2026-07-17")


def test_a_holiday_that_falls_away_leaves_the_day_that_was_told() -> None:
    """16 June 2026 is a holiday in the ten working days from 8 June; whoever was told the 23rd keeps it."""
    old, new = current(), current(national_calendar(YEARS, removed=frozenset({day("2026-06-16")})))
    deadline = Deadline("check-in-report", day("2026-06-08"), day("2026-06-23"))
    assert by_calendar(deadline, new_appraisal(old), old, new, local("2026-06-09 09:00")) == deadline


def test_a_lapsed_deadline_stays_as_it_is() -> None:
    old, new = rules(), rules(calendar=DECREED)
    deadline = Deadline("check-in-report", day("2026-07-01"), day("2026-07-15"), passed=4, lapsed=True)
    assert by_calendar(deadline, new_appraisal(old), old, new, local("2026-07-16 09:00")) == deadline


def test_of_an_extended_term_what_is_left_is_counted_anew_and_the_day_of_the_law_kept() -> None:
    """Countersigning from Tuesday 30 June 2026: seven working days end on 9 July, extended to the 14th.

    On 1 July nine working days are left. With the 6th and 7th closed they end on the 16th, and those of the law on the
    13th.
    """
    old, new = current(), current(DECREED)
    deadline = Deadline("countersign", day("2026-06-30"), day("2026-07-14"), statutory_on=day("2026-07-09"))
    moved = by_calendar(deadline, new_appraisal(old), old, new, local("2026-07-01 09:00"))
    assert (moved.due_on, moved.statutory_on) == (day("2026-07-16"), day("2026-07-13"))


def adopted(case: Case, trigger: Trigger, new: RuleContext) -> Acted:
    """The case goes on by ``new``."""
    (event, *_) = decide(case.appraisal, case.command(trigger), case.now, case.rules, new)
    case.appraisal, case.rules = evolve(case.appraisal, event), new
    assert isinstance(event, Acted)
    return event


def test_the_record_keeps_both_days_and_the_case_its_stage() -> None:
    case = case_in(Stage.MIDYEAR_REPORT)
    assert case.due_on == day("2026-07-15")
    event = adopted(case, Trigger.ADOPT_CALENDAR, rules(calendar=DECREED))
    assert (event.due_before, case.due_on) == (day("2026-07-15"), day("2026-07-17"))
    assert (case.stage, case.appraisal.calendar) == (Stage.MIDYEAR_REPORT, DECREED.key)


def test_a_statement_that_is_owed_moves_with_the_calendar_too() -> None:
    """Asked on Tuesday 15 December 2026: 16-18, 21 and 22 December are five working days; two closed make it the 28th.

    24 December is joint leave, the 25th a holiday, so 23 and 28 December follow.
    """
    closed = frozenset({day("2026-12-17"), day("2026-12-18")})
    case = case_in(Stage.OBJECTION_REVIEW, current())
    case.do(Trigger.ASK_RATER)
    adopted(case, Trigger.ADOPT_CALENDAR, current(national_calendar(YEARS, added=closed)))
    due = {duty.kind: duty.deadline.due_on for duty in case.appraisal.duties}
    assert due[DutyKind.RATER_STATEMENT] == day("2026-12-28")
    assert due[DutyKind.REPORT] == day("2027-02-28")


@pytest.mark.parametrize("stage", sorted(RUNNING_STAGES))
def test_the_same_calendar_is_not_adopted_again(stage: Stage) -> None:
    case = case_in(stage, knowing(stage))
    with pytest.raises(IllegalTransition):
        adopted(case, Trigger.ADOPT_CALENDAR, case.rules)


def test_a_term_under_a_new_version_is_never_earlier_than_it_was() -> None:
    appraisal = case_in(Stage.PLAN_REVIEW).appraisal
    for due, expected in (("2026-01-20", "2026-01-31"), ("2026-02-20", "2026-02-20")):
        deadline = Deadline("plan-set", day("2026-01-12"), day(due))
        moved = by_rules(replace(appraisal, deadline=deadline), current(), local("2026-01-13 09:00"))
        assert moved is not None
        assert (moved.rule, moved.due_on) == ("plan-set", day(expected))


def test_under_a_new_version_an_extended_term_keeps_the_day_of_the_law_beside_its_own() -> None:
    """Art 24(2): 31 January, extended to 20 February."""
    extended = Deadline("plan-set", day("2026-01-12"), day("2026-02-20"), statutory_on=day("2026-01-31"))
    appraisal = replace(case_in(Stage.PLAN_REVIEW).appraisal, deadline=extended)
    moved = by_rules(appraisal, current(), local("2026-01-13 09:00"))
    assert moved is not None
    assert (moved.due_on, moved.by_law) == (day("2026-02-20"), day("2026-01-31"))


def test_a_lapsed_term_keeps_its_day_under_a_new_version() -> None:
    lapsed = Deadline("plan-set", day("2026-01-12"), day("2026-01-20"), lapsed=True)
    appraisal = replace(case_in(Stage.PLAN_REVIEW).appraisal, deadline=lapsed)
    moved = by_rules(appraisal, current(), local("2026-01-21 09:00"))
    assert moved is not None
    assert (moved.due_on, moved.lapsed) == (day("2026-01-20"), True)


@pytest.mark.parametrize("stage", (Stage.FIRST_HALF, Stage.SECOND_HALF))
def test_where_no_deadline_runs_none_begins(stage: Stage) -> None:
    assert by_rules(case_in(stage).appraisal, current(), local("2026-03-01 09:00")) is None


def test_check_ins_of_the_new_rules_whose_day_was_over_are_not_asked_for() -> None:
    """They open on 1 April, 1 June, 1 September and 1 November."""
    appraisal, new = case_in(Stage.FIRST_HALF).appraisal, current(check_ins=QUARTERLY)
    assert check_ins_behind(appraisal, new, day("2026-06-01")) == 1
    assert check_ins_behind(appraisal, new, day("2026-06-02")) == 2


def test_outside_the_work_no_check_in_is_taken_for_over() -> None:
    appraisal = case_in(Stage.MIDYEAR_REPORT).appraisal
    assert check_ins_behind(appraisal, current(check_ins=QUARTERLY), day("2026-12-01")) == 0


def test_a_case_of_version_2_goes_on_under_version_3_with_the_check_in_that_is_ahead() -> None:
    """In its second half since 1 July, it is asked for that of 1 November."""
    case = case_in(Stage.SECOND_HALF)
    event = adopted(case, Trigger.ADOPT_RULES, current())
    assert (event.target, event.opens_on) == (Stage.FIRST_HALF, day("2026-11-01"))
    assert (case.appraisal.rulebook, case.appraisal.check_ins_done) == ("nasional@4", 1)


def test_a_case_that_has_been_rated_ends_under_the_rules_by_which_it_was() -> None:
    case = case_in(Stage.MODERATION, rules(moderation=True))
    case.do(Trigger.RETURN_RATING)
    with pytest.raises(IllegalTransition):
        adopted(case, Trigger.ADOPT_RULES, current())
