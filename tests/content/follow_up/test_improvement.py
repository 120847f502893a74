"""Whom a time to improve concerns (PP 30/2019 arts 57 and 58), and its days."""

import datetime as dt

import pytest

from content.follow_up.improvement import Ask, last_day, rule_for, steps
from content.follow_up.rules import ImprovementRules
from tests.fixtures.improvements import LEADERS, OTHERS

RULES = (LEADERS, OTHERS)
START = dt.date(2027, 2, 1)


@pytest.mark.parametrize("echelon", ("11", "12", "21", "22"))
@pytest.mark.parametrize("predicate", ("needs_improvement", "poor", "very_poor"))
def test_a_high_leader_has_six_months_already_after_the_middle_predicate(
    echelon: str, predicate: str
) -> None:
    """Art 57: cukup, kurang or sangat kurang."""
    assert rule_for(RULES, echelon, predicate) is LEADERS


@pytest.mark.parametrize("echelon", ("", "31", "32", "41"))
def test_everybody_else_only_from_the_one_below(echelon: str) -> None:
    """Art 58: kurang or sangat kurang."""
    assert rule_for(RULES, echelon, "needs_improvement") is None
    assert rule_for(RULES, echelon, "poor") is OTHERS
    assert rule_for(RULES, echelon, "very_poor") is OTHERS


@pytest.mark.parametrize("echelon", ("", "11", "41"))
@pytest.mark.parametrize("predicate", ("good", "very_good", "a word of another scheme"))
def test_nothing_follows_from_a_good_result(echelon: str, predicate: str) -> None:
    assert rule_for(RULES, echelon, predicate) is None


def test_a_scheme_without_rules_asks_nothing_of_anybody() -> None:
    assert rule_for((), "11", "very_poor") is None


def test_whoever_an_earlier_rule_names_falls_under_no_rule_for_everybody() -> None:
    narrow = LEADERS.model_copy(update={"predicates": ("very_poor",)})
    assert rule_for((narrow, OTHERS), "11", "poor") is None
    assert rule_for((narrow, OTHERS), "31", "poor") is OTHERS


def test_the_first_rule_that_fits_applies() -> None:
    again = LEADERS.model_copy(update={"name": "again"})
    assert rule_for((again, LEADERS), "11", "poor") is again


@pytest.mark.parametrize(
    ("starts_on", "months", "ends_on"),
    (
        (dt.date(2027, 2, 1), 6, dt.date(2027, 7, 31)),
        (dt.date(2027, 1, 15), 6, dt.date(2027, 7, 14)),
        (dt.date(2027, 8, 31), 6, dt.date(2028, 2, 29)),
        (dt.date(2026, 8, 30), 6, dt.date(2027, 2, 28)),
        (dt.date(2027, 12, 1), 1, dt.date(2027, 12, 31)),
        (dt.date(2027, 3, 1), 24, dt.date(2029, 2, 28)),
    ),
)
def test_months_are_those_of_the_calendar(starts_on: dt.date, months: int, ends_on: dt.date) -> None:
    assert last_day(starts_on, months) == ends_on


def test_coaching_is_asked_for_every_month_and_the_test_before_and_at_the_end() -> None:
    ends_on = last_day(START, 6)
    found = [(step.on, step.ask, step.number) for step in steps(START, ends_on)]
    assert found[:8] == [
        (START, Ask.BEGIN, 1),
        (dt.date(2027, 3, 1), Ask.REMIND, 1),
        (dt.date(2027, 4, 1), Ask.REMIND, 2),
        (dt.date(2027, 5, 1), Ask.REMIND, 3),
        (dt.date(2027, 6, 1), Ask.REMIND, 4),
        (dt.date(2027, 7, 1), Ask.REMIND, 5),
        (dt.date(2027, 7, 1), Ask.TEST, 1),
        (ends_on, Ask.TEST, 2),
    ]


def test_after_the_end_the_outcome_is_asked_for_six_times_thirty_days_apart_and_then_no_more() -> None:
    ends_on = last_day(START, 6)
    after = [(step.on - ends_on, step.ask) for step in steps(START, ends_on) if step.on > ends_on]
    assert after == [
        *((dt.timedelta(days=30 * count), Ask.TEST) for count in range(1, 7)),
        (dt.timedelta(days=210), Ask.GIVE_UP),
    ]


@pytest.mark.parametrize("months", (1, 2, 24))
def test_the_steps_are_in_order_and_none_is_before_the_beginning(months: int) -> None:
    days = [step.on for step in steps(START, last_day(START, months))]
    assert days == sorted(days)
    assert days[0] == START


def test_a_rule_names_predicates_and_where_a_failed_test_leads() -> None:
    assert isinstance(OTHERS, ImprovementRules)
    assert OTHERS.leads_to.id
