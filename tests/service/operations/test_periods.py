"""Several periods of a year: each stays with who then was rater, and a later rater changes nothing of it."""

import datetime as dt
import uuid

import pytest

from service.appraisals.request import ActionRequest
from service.problems import NotFound
from states.triggers import Trigger
from tests.service.operations.conftest import House
from tests.service.operations.test_people import new_unit

pytestmark = [pytest.mark.database, pytest.mark.engine]


async def moved(house: House) -> tuple[uuid.UUID, uuid.UUID]:
    """The closed period of an employee who has moved to the director, and the new one."""
    employee = house.agency.employee
    old = await house.planned(employee)
    await house.done("move", person=employee, unit=await new_unit(house), rater=house.agency.director)
    new = await house.value("SELECT id FROM appraisal WHERE employee_id = :id AND period = 2", id=employee)
    return old, new


async def test_the_new_rater_changes_nothing_of_the_closed_period(house: House) -> None:
    old, _ = await moved(house)
    with pytest.raises(NotFound):
        await house.act(house.agency.director, old, Trigger.RATE, ActionRequest(text="Di atas ekspektasi"))
    assert await house.stage(old) == "rating"


async def test_the_former_rater_has_nothing_to_do_with_the_new_period(house: House) -> None:
    _, new = await moved(house)
    await house.act(house.agency.employee, new, Trigger.SUBMIT_PLAN)
    with pytest.raises(NotFound):
        await house.act(house.agency.rater, new, Trigger.APPROVE_PLAN)


async def test_where_the_former_rater_has_gone_his_superior_rates_the_closed_period(house: House) -> None:
    """PP 30/2019 art 46(3)."""
    old, new = await moved(house)
    await house.done("absence", person=house.agency.rater, absence="died")
    found = await house.responsible(old)
    assert found is not None
    assert found[:2] == (house.agency.superior, "stepping_in")
    assert await house.responsible(new) == (house.agency.director, "definitive", None)


async def test_a_second_move_leaves_three_periods_that_follow_each_other(house: House) -> None:
    agency = house.agency
    _, new = await moved(house)
    await house.act(agency.employee, new, Trigger.SUBMIT_PLAN)
    await house.act(agency.director, new, Trigger.APPROVE_PLAN)
    await house.done("move", person=agency.employee, unit=await new_unit(house, "U3"), rater=agency.superior)
    periods = await house.rows(
        "SELECT period, stage FROM appraisal WHERE employee_id = :id ORDER BY period", id=agency.employee
    )
    assert periods == [(1, "rating"), (2, "rating"), (3, "scheduled")]


async def test_the_period_of_a_contract_that_ended_has_its_last_day_and_is_rated(house: House) -> None:
    """PP 49/2018 art 37: the contract of a PPPK ends within the year."""
    appraisal = await house.planned(house.agency.employee)
    await house.done("absence", person=house.agency.employee, absence="left", evaluate=True)
    assert await house.stage(appraisal) == "rating"
    assert await house.value("SELECT period_until FROM appraisal WHERE id = :id", id=appraisal) == dt.date(
        2026, 1, 4
    )
    await house.act(house.agency.rater, appraisal, Trigger.RATE, ActionRequest(text="Sesuai ekspektasi"))
    assert await house.stage(appraisal) == "feedback_meeting"
