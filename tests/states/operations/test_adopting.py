"""Other rules for running cases: days of a decree, and a newer version of the scheme."""

import datetime as dt
import uuid
from typing import Any

import pytest

from states.calendar import SIX_DAY_WEEK, WorkingCalendar
from states.changes import AdoptCalendar, AdoptRules
from states.decide import decide
from states.errors import ParameterInvalid
from states.events import Acted, Event
from states.national import decreed_in
from states.operations import adopting
from states.operations.adopting import MovedDeadline, calendar_with, moved_deadlines, working_days_with
from states.operations.items import Item
from states.rule_context import RuleContext
from states.stages import Capacity, Stage
from states.triggers import Trigger
from states.working_days import WorkingDays
from store.cycle.calendars import calendar_of, calendar_years
from tests.states.builders import CALENDAR, CURRENT, NATIONAL, Case, case_in, current, day, rules
from tests.states.operations.requests import SARI, UNIT, change

YEARS = calendar_years(2026)
TUESDAY, SUNDAY = day("2026-03-10"), day("2026-03-08")
JOINT_LEAVE = day("2026-12-24")
CASE, CYCLE = uuid.UUID(int=101), uuid.UUID(int=31)
KNOWN = {book.key: book for book in (NATIONAL, CURRENT)}


def decree(**fields: Any) -> AdoptCalendar:
    made = change("adopt_calendar", **fields)
    assert isinstance(made, AdoptCalendar)
    return made


def newer_rules(**fields: Any) -> AdoptRules:
    made = change("adopt_rules", **fields)
    assert isinstance(made, AdoptRules)
    return made


def adopted(case: Case, trigger: Trigger, new: RuleContext) -> list[Event]:
    return decide(case.appraisal, case.command(trigger, Capacity.HR), case.now, case.rules, new)


def test_the_days_of_a_decree_are_closed_and_those_it_gives_back_are_worked() -> None:
    new = calendar_with(CALENDAR, decree(closed=[TUESDAY], working=[JOINT_LEAVE]), YEARS)
    assert (CALENDAR.is_working(TUESDAY), CALENDAR.is_working(JOINT_LEAVE)) == (True, False)
    assert (new.is_working(TUESDAY), new.is_working(JOINT_LEAVE)) == (False, True)


def test_zone_and_week_of_a_calendar_stay() -> None:
    old = calendar_of(2026, "Asia/Jayapura", WorkingDays(week="six_day"))
    new = calendar_with(old, decree(closed=[TUESDAY]), YEARS)
    assert (new.zone, new.working_weekdays) == ("Asia/Jayapura", SIX_DAY_WEEK)


def test_a_decree_that_says_what_holds_already_leaves_the_calendar() -> None:
    closed = calendar_with(CALENDAR, decree(closed=[TUESDAY]), YEARS)
    assert calendar_with(closed, decree(closed=[TUESDAY]), YEARS) is closed


def test_a_year_is_provisional_no_more_once_its_decree_was_adopted() -> None:
    old = calendar_of(2027, "Asia/Jakarta")
    made = decree(closed=[day("2028-03-27")], decreed=[2028])
    new = calendar_with(old, made, calendar_years(2027))
    assert (2028 in decreed_in(old), 2028 in decreed_in(new)) == (False, True)
    assert (
        calendar_of(2027, "Asia/Jakarta", working_days_with(WorkingDays(), made, calendar_years(2027))) == new
    )


def test_a_decree_may_confirm_a_year_without_other_days() -> None:
    adopting.check_days(decree(decreed=[2028]))


def test_a_day_outside_the_week_is_not_given_back() -> None:
    assert calendar_with(CALENDAR, decree(working=[SUNDAY]), YEARS) == CALENDAR


@pytest.mark.parametrize("week", ("five_day", "six_day"))
def test_a_later_launch_has_the_calendar_that_running_cases_have(week: str) -> None:
    days = WorkingDays.model_validate({"week": week, "closed": (day("2026-05-29"),)})
    made = decree(closed=[TUESDAY, SUNDAY], working=[JOINT_LEAVE, day("2026-05-29")])
    running = calendar_with(calendar_of(2026, "Asia/Jakarta", days), made, YEARS)
    assert calendar_of(2026, "Asia/Jakarta", working_days_with(days, made, YEARS)) == running


def test_the_decree_is_named_as_the_source_of_the_days() -> None:
    days = working_days_with(WorkingDays(source="SK 7/2025"), decree(closed=[TUESDAY]), YEARS)
    assert days.source == "SK 7/2025; SK 1/2026"


def test_days_outside_the_years_of_a_cycle_are_left_out() -> None:
    made = decree(closed=[day("2030-03-05")])
    assert calendar_with(CALENDAR, made, YEARS) is CALENDAR
    assert working_days_with(WorkingDays(), made, YEARS).closed == ()


@pytest.mark.parametrize(
    ("fields", "field"), (({}, "closed"), ({"closed": [TUESDAY], "working": [TUESDAY]}, "working"))
)
def test_a_decree_without_a_day_or_with_one_in_both_lists_is_refused(fields: Any, field: str) -> None:
    with pytest.raises(ParameterInvalid) as refused:
        adopting.check_days(decree(**fields))
    assert refused.value.field == field


def test_a_day_that_no_calendar_has_is_refused() -> None:
    with pytest.raises(ParameterInvalid, match="2030-03-05") as refused:
        adopting.require_days_covered(decree(working=[day("2030-03-05")]), YEARS)
    assert refused.value.field == "working"


def test_a_cycle_that_the_agency_does_not_have_is_refused() -> None:
    with pytest.raises(ParameterInvalid, match="no such cycle"):
        adopting.require_cycles(decree(cycles=[CYCLE]), [])


def test_a_case_adopts_a_calendar_once() -> None:
    new = calendar_with(CALENDAR, decree(closed=[TUESDAY]), YEARS)
    assert adopting.calendar_item(CASE, CALENDAR.key, new) == Item(
        CASE, Trigger.ADOPT_CALENDAR, {"calendar": new.key}
    )
    assert adopting.calendar_item(CASE, new.key, new) is None


def test_a_holiday_within_a_term_moves_its_day() -> None:
    case = case_in(Stage.COUNTERSIGN)
    due_on = case.due_on
    holiday = CALENDAR.add_working_days(due_on, -1)
    new = calendar_with(CALENDAR, decree(closed=[holiday]), calendar_years(2026))
    events = adopted(case, Trigger.ADOPT_CALENDAR, RuleContext(case.rules.book, new))
    later = CALENDAR.add_working_days(due_on, 1)
    assert moved_deadlines(case.appraisal, events) == [MovedDeadline(None, due_on, later)]


def test_a_holiday_after_a_term_moves_nothing() -> None:
    case = case_in(Stage.COUNTERSIGN)
    holiday = CALENDAR.add_working_days(case.due_on, 3)
    new = calendar_with(CALENDAR, decree(closed=[holiday]), calendar_years(2026))
    events = adopted(case, Trigger.ADOPT_CALENDAR, RuleContext(case.rules.book, new))
    assert moved_deadlines(case.appraisal, events) == []


def test_what_time_alone_does_moves_no_deadline() -> None:
    case = case_in(Stage.PLAN_DRAFTING)
    events = case.decide(Trigger.SUBMIT_PLAN, at=case.now + dt.timedelta(days=3))
    assert moved_deadlines(case.appraisal, events) == []


def test_a_case_moves_to_the_newest_version_of_its_own_scheme() -> None:
    assert adopting.newer_book("nasional@2", None, KNOWN) is CURRENT
    assert adopting.newer_book("kota@1", None, KNOWN) is None


def test_a_case_moves_to_the_version_that_was_named() -> None:
    assert adopting.newer_book("nasional@1", "nasional@2", KNOWN) is NATIONAL


def test_no_case_moves_to_an_older_version_or_to_its_own() -> None:
    assert adopting.newer_book("nasional@4", "nasional@2", KNOWN) is None
    assert adopting.newer_book("nasional@4", None, KNOWN) is None


def test_a_version_that_nobody_has_is_refused() -> None:
    with pytest.raises(ParameterInvalid) as refused:
        adopting.require_scheme(newer_rules(scheme="nasional@9", people=[SARI]), KNOWN)
    assert refused.value.field == "scheme"


def test_newer_rules_need_a_scope() -> None:
    adopting.check_scope(newer_rules(unit=UNIT))
    with pytest.raises(ParameterInvalid, match="whose rules change"):
        adopting.check_scope(newer_rules())


@pytest.mark.parametrize(
    ("fields", "whole"),
    (({"cycle": CYCLE}, True), ({"cycle": CYCLE, "unit": UNIT}, False), ({"people": [SARI]}, False)),
)
def test_only_a_cycle_by_itself_is_meant_with_its_later_launches(fields: Any, whole: bool) -> None:
    assert adopting.is_whole_cycle(newer_rules(**fields)) is whole


def test_the_item_names_the_version() -> None:
    assert adopting.rules_item(CASE, CURRENT) == Item(CASE, Trigger.ADOPT_RULES, {"rulebook": CURRENT.key})


def test_a_newer_version_moves_the_day_that_it_sets_later() -> None:
    case = case_in(Stage.PLAN_REVIEW, rules(NATIONAL))
    events = adopted(case, Trigger.ADOPT_RULES, rules(CURRENT))
    moves = moved_deadlines(case.appraisal, events)
    assert all(move.due_on > move.due_before for move in moves)


def test_a_calendar_of_its_content_is_known_by_its_content() -> None:
    new = calendar_with(CALENDAR, decree(closed=[TUESDAY]), YEARS)
    assert WorkingCalendar.from_data({**new.to_data(), "key": ""}).key == new.key


@pytest.mark.parametrize(("within_the_term", "moves"), ((True, 1), (False, 0)))
def test_an_extended_term_keeps_the_day_of_the_law_beside_the_moved_one(
    within_the_term: bool, moves: int
) -> None:
    """Art 50: only a holiday within the term of the law itself moves the day of the law."""
    case = case_in(Stage.COUNTERSIGN, current())
    by_law = case.due_on
    case.do(Trigger.EXTEND, until=CALENDAR.add_working_days(by_law, 4))
    holiday = CALENDAR.add_working_days(by_law if within_the_term else case.due_on, -1)
    new = calendar_with(CALENDAR, decree(closed=[holiday]), calendar_years(2026))
    event = adopted(case, Trigger.ADOPT_CALENDAR, RuleContext(case.rules.book, new))[-1]
    assert isinstance(event, Acted)
    assert event.deadline is not None
    assert event.deadline.due_on == CALENDAR.add_working_days(by_law, 5)
    assert event.deadline.by_law == CALENDAR.add_working_days(by_law, moves)
