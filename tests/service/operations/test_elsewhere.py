"""Employees who study or work elsewhere are rated on that; absences touch only what waits on the absent person."""

import datetime as dt

import pytest

from states.triggers import Trigger
from tests.service.operations.conftest import House

pytestmark = [pytest.mark.database, pytest.mark.engine]

PATHS = pytest.mark.parametrize(
    ("absence", "basis"), (("study", "academic_record"), ("secondment", "host_material"))
)


@PATHS
async def test_the_work_elsewhere_is_the_basis_of_the_rating(house: House, absence: str, basis: str) -> None:
    """PP 30/2019 arts 43 and 44."""
    appraisal = await house.launch(house.agency.employee)
    await house.done("absence", person=house.agency.employee, absence=absence)
    assert await house.stage(appraisal) == "second_half"
    kept = await house.value("SELECT snapshot ->> 'basis' FROM appraisal WHERE id = :id", id=appraisal)
    assert kept == basis


@PATHS
async def test_what_was_done_before_under_a_plan_is_rated_by_itself(
    house: House, absence: str, basis: str
) -> None:
    """PP 30/2019 art 36: each period of the year is rated."""
    employee = house.agency.employee
    await house.planned(employee)
    await house.done("absence", person=employee, absence=absence)
    periods = await house.rows(
        "SELECT stage, period_from, snapshot ->> 'basis' FROM appraisal WHERE employee_id = :id ORDER BY period",
        id=employee,
    )
    assert periods == [("rating", None, None), ("scheduled", dt.date(2026, 1, 5), basis)]


@PATHS
async def test_on_return_that_work_is_rated_and_a_new_period_begins(
    house: House, absence: str, basis: str
) -> None:
    """PP 30/2019 art 24(3)."""
    employee = house.agency.employee
    old = await house.launch(employee)
    await house.done("absence", person=employee, absence=absence)
    operation = await house.done("return", person=employee)
    assert [(item.trigger, item.outcome) for item in await house.items(operation.id)] == [
        ("close_period", "done")
    ]
    periods = await house.rows(
        "SELECT stage, period_from, period_until FROM appraisal WHERE employee_id = :id ORDER BY period",
        id=employee,
    )
    today = dt.date(2026, 1, 5)
    assert periods == [("rating", None, today - dt.timedelta(days=1)), ("scheduled", today, None)]
    assert await house.value("SELECT snapshot ->> 'basis' FROM appraisal WHERE id = :id", id=old) == basis


async def test_a_scheme_without_the_path_stops_the_clock(house_of_version_2: House) -> None:
    house = house_of_version_2
    appraisal = await house.launch(house.agency.employee)
    await house.done("absence", person=house.agency.employee, absence="study")
    assert await house.stage(appraisal) == "suspended"


async def test_an_assignment_elsewhere_leaves_the_legal_standing(house: House) -> None:
    employee = house.agency.employee
    await house.done("absence", person=employee, absence="secondment")
    assert await house.value("SELECT legal_standing FROM person WHERE id = :id", id=employee) == "01"


async def test_whoever_works_elsewhere_holds_no_post_that_others_wait_on(house: House) -> None:
    appraisal = await house.launch(house.agency.employee)
    await house.done("absence", person=house.agency.rater, absence="secondment")
    found = await house.responsible(appraisal)
    assert found is not None
    assert found[:2] == (house.agency.superior, "stepping_in")


async def test_leave_stops_nothing_that_waits_on_the_rater(house: House) -> None:
    employee = house.agency.employee
    appraisal = await house.launch(employee)
    await house.act(employee, appraisal, Trigger.SUBMIT_PLAN)
    await house.done("absence", person=employee, absence="leave", until=dt.date(2026, 3, 1))
    assert await house.stage(appraisal) == "plan_review"
    assert (await house.triggers(appraisal))[-1] == "note_absence"


async def test_of_somebody_on_leave_the_clock_stops_once_he_is_awaited(house: House) -> None:
    employee = house.agency.employee
    appraisal = await house.launch(employee)
    await house.act(employee, appraisal, Trigger.SUBMIT_PLAN)
    await house.done("absence", person=employee, absence="leave", until=dt.date(2026, 3, 1))
    await house.act(house.agency.rater, appraisal, Trigger.RETURN_PLAN)
    assert await house.stage(appraisal) == "suspended"
    await house.done("return", person=employee)
    assert await house.stage(appraisal) == "plan_drafting"


async def test_of_a_death_a_result_that_was_received_is_still_settled(late_house: House) -> None:
    house = late_house
    assert house.settling is not None
    for person in house.agency.employees[:2]:
        await house.done("absence", person=person, absence="died")
    assert await house.stage(house.settling.explanation) == "objection_review"
    assert await house.stage(house.settling.countersign) == "countersign"
