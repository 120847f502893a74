"""A plan rests on that of the rater; a scheme may let its clock wait for it (PP 30/2019 art 8(2))."""

import datetime as dt

import pytest

from states.codec import dump_appraisal
from states.errors import IllegalTransition, ParameterInvalid
from states.notices import notices_of
from states.permission import allowed_actions
from states.rules import BehindSuperiorRule
from states.stages import Capacity, Stage
from states.templates import Template
from states.triggers import Trigger
from tests.states.builders import CURRENT, Case, case_in, current, day, deadline_changed, local

WAITS = current(behind_superior=BehindSuperiorRule(clock="waits", days=5))
SET = Trigger.NOTE_SUPERIOR_PLAN


def drafting() -> Case:
    """A plan that is drafted from 2 January 2026 on, and due on the 20th."""
    return case_in(Stage.PLAN_DRAFTING, WAITS)


def test_five_working_days_are_left_after_the_day_on_which_the_rater_s_plan_was_set() -> None:
    """Set on Monday 19 January 2026: 20 to 23 January are four days, Monday 26 January is the fifth."""
    case = drafting()
    event = case.do(SET, at=local("2026-01-19 10:00"))
    assert case.due_on == day("2026-01-26")
    assert (event.due_before, event.actor, event.capacity) == (day("2026-01-20"), None, Capacity.CLOCK)


def test_the_days_count_from_the_setting_and_not_from_its_noting() -> None:
    case = drafting()
    case.do(SET, at=local("2026-01-21 00:10"), superior_plan_on=day("2026-01-19"))
    assert case.due_on == day("2026-01-26")


def test_no_day_becomes_earlier() -> None:
    case = drafting()
    event = case.do(SET, at=local("2026-01-05 10:00"))
    assert (event.deadline, event.due_before, case.due_on) == (None, None, day("2026-01-20"))


def test_a_plan_that_lapsed_while_it_waited_is_due_anew() -> None:
    case = drafting()
    case.lapsed()
    case.do(SET, at=local("2026-01-22 10:00"))
    assert case.due_on == day("2026-01-29")
    assert case.appraisal.deadline is not None
    assert not case.appraisal.deadline.lapsed


def test_what_is_noted_late_does_not_end_before_the_day_does() -> None:
    case = drafting()
    case.lapsed()
    case.do(SET, at=local("2026-02-10 10:00"), superior_plan_on=day("2026-01-22"))
    assert case.due_on == day("2026-02-10")


def test_the_day_of_the_law_stays_on_record_where_the_law_gives_one() -> None:
    stages = deadline_changed(Stage.PLAN_DRAFTING, book=CURRENT, statutory=True)
    case = case_in(
        Stage.PLAN_DRAFTING,
        current(behind_superior=BehindSuperiorRule(clock="waits", days=5), stages=stages),
    )
    case.do(SET, at=local("2026-01-19 10:00"))
    assert case.appraisal.deadline is not None
    assert case.appraisal.deadline.by_law == day("2026-01-20")


@pytest.mark.parametrize("rule", (None, BehindSuperiorRule(clock="runs")))
def test_where_the_clock_runs_nothing_is_noted(rule: BehindSuperiorRule | None) -> None:
    case = case_in(Stage.PLAN_DRAFTING, current(behind_superior=rule))
    with pytest.raises(IllegalTransition):
        case.do(SET)


def test_a_plan_that_is_handed_in_waits_for_nothing() -> None:
    with pytest.raises(IllegalTransition):
        case_in(Stage.PLAN_REVIEW, WAITS).do(SET, Capacity.CLOCK)


def test_a_setting_in_the_future_is_no_setting() -> None:
    case = drafting()
    with pytest.raises(ParameterInvalid) as refused:
        case.do(SET, superior_plan_on=case.today + dt.timedelta(days=1))
    assert refused.value.field == "superior_plan_on"


@pytest.mark.parametrize("capacity", [each for each in Capacity if each is not Capacity.CLOCK])
def test_it_is_offered_to_nobody(capacity: Capacity) -> None:
    case = drafting()
    offered = allowed_actions(case.appraisal, "rina", [capacity], case.now, case.rules)
    assert SET not in {action.trigger for action in offered}


def test_the_employee_is_told_with_the_day_that_counts_now() -> None:
    case = drafting()
    event = case.do(SET, at=local("2026-01-19 10:00"))
    (notice,) = notices_of(event, case.appraisal)
    assert (notice.audience, notice.template, notice.due_on) == (
        Capacity.EMPLOYEE,
        Template.SUPERIOR_PLAN_SET,
        day("2026-01-26"),
    )


def test_rules_that_say_nothing_of_it_are_stored_as_before() -> None:
    assert "behind_superior" not in CURRENT.model_dump()
    assert WAITS.book.model_dump(mode="json")["behind_superior"] == {
        "clock": "waits",
        "days": 5,
        "unit": "hari_kerja",
    }


def test_the_snapshot_has_no_new_field_for_it() -> None:
    case = drafting()
    before = dump_appraisal(case.appraisal).keys()
    case.do(SET, at=local("2026-01-19 10:00"))
    assert dump_appraisal(case.appraisal).keys() == before
