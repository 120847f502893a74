"""More time for running deadlines: whose, and until when."""

from typing import Any

import pytest

from states.changes import Extension
from states.errors import ParameterInvalid
from states.operations.extending import check_extension, counts_working_days, extended, require_cycle
from states.stages import Stage
from states.triggers import Trigger
from tests.states.builders import CALENDAR, day
from tests.states.operations.requests import SARI, UNIT, change, open_case

CASE = open_case(Stage.PLAN_REVIEW)


def extension(**fields: Any) -> Extension:
    made = change("extend", **({"people": [SARI]} | fields))
    assert isinstance(made, Extension)
    return made


@pytest.mark.parametrize(
    ("fields", "field"),
    (
        ({"people": [], "length": 3}, "people"),
        ({}, "until"),
        ({"until": "2026-04-30", "length": 3}, "until"),
        ({"length": 3, "stages": ["rating", "suspended"]}, "stages"),
    ),
)
def test_what_leaves_open_whose_deadlines_or_until_when_is_refused(fields: Any, field: str) -> None:
    with pytest.raises(ParameterInvalid) as refusal:
        check_extension(extension(**fields))
    assert refusal.value.field == field


@pytest.mark.parametrize(
    "fields",
    ({"length": 3}, {"until": "2026-04-30"}, {"people": [], "unit": UNIT, "length": 3, "stages": ["rating"]}),
)
def test_what_says_both_is_taken(fields: Any) -> None:
    check_extension(extension(**fields))


def test_a_cycle_of_another_agency_is_refused() -> None:
    require_cycle(known=True)
    with pytest.raises(ParameterInvalid, match="no such cycle"):
        require_cycle(known=False)


def test_only_a_length_in_working_days_needs_a_calendar() -> None:
    assert counts_working_days(extension(length=3))
    assert not counts_working_days(extension(length=3, unit_of_length="hari"))
    assert not counts_working_days(extension(until="2026-04-30"))


def test_a_day_is_the_new_due_day_of_all() -> None:
    item = extended(CASE.id, CASE.appraisal, extension(until="2026-04-30"), None)
    assert item is not None
    assert (item.appraisal, item.trigger, item.parameters) == (
        CASE.id,
        Trigger.EXTEND,
        {"until": "2026-04-30"},
    )


@pytest.mark.parametrize("working", (True, False))
def test_a_length_is_counted_from_each_present_due_day(working: bool) -> None:
    unit = "hari_kerja" if working else "hari"
    item = extended(
        CASE.id, CASE.appraisal, extension(length=10, unit_of_length=unit), CALENDAR if working else None
    )
    assert item is not None
    assert CASE.appraisal.deadline is not None
    until = day(item.parameters["until"])
    days = (until - CASE.appraisal.deadline.due_on).days
    assert (days > 10) is working
    assert working or days == 10
    assert not working or CALENDAR.is_working(until)


def test_a_case_without_a_running_deadline_is_left_alone() -> None:
    waiting = open_case(Stage.FIRST_HALF)
    assert waiting.appraisal.deadline is None
    assert extended(waiting.id, waiting.appraisal, extension(length=10), CALENDAR) is None
