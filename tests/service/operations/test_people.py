"""Employees move, are away, and leave: what becomes of their own appraisals."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import text

from service.appraisals.request import ActionRequest
from states.errors import ParameterInvalid
from states.triggers import Trigger
from tests.service.operations.conftest import PLAN, House

pytestmark = [pytest.mark.database, pytest.mark.engine]


async def new_unit(house: House, code: str = "U2") -> uuid.UUID:
    unit = uuid.uuid4()
    async with house.database.begin() as connection:
        await connection.execute(
            text("""INSERT INTO unit (id, agency_id, code, name, kind, zone)
                VALUES (:id, :agency, :code, 'Dinas Lain', '', 'Asia/Jakarta')"""),
            {"id": unit, "agency": house.agency.agency, "code": code},
        )
    return unit


async def test_a_move_closes_the_period_and_begins_the_next_with_the_new_rater(house: House) -> None:
    agency = house.agency
    old = await house.planned(agency.employee)
    await house.done("move", person=agency.employee, unit=await new_unit(house), rater=agency.director)
    periods = await house.rows(
        "SELECT id, period, stage FROM appraisal WHERE employee_id = :id ORDER BY period",
        id=agency.employee,
    )
    assert periods[0][1:] == (1, "rating")
    new = periods[1][0]
    assert await house.responsible(old) == (agency.rater, "definitive", None)
    assert await house.responsible(new) == (agency.director, "definitive", None)


async def test_the_closed_period_is_rated_by_its_own_rater(house: House) -> None:
    agency = house.agency
    old = await house.planned(agency.employee)
    await house.done("move", person=agency.employee, unit=await new_unit(house), rater=agency.director)
    await house.act(agency.rater, old, Trigger.RATE, ActionRequest(text="Sesuai ekspektasi"))
    assert await house.stage(old) == "feedback_meeting"


async def test_the_periods_of_a_move_have_their_days(house: House) -> None:
    agency = house.agency
    await house.planned(agency.employee)
    await house.done("move", person=agency.employee, unit=await new_unit(house), rater=agency.director)
    days = await house.rows(
        "SELECT period_from, period_until FROM appraisal WHERE employee_id = :id ORDER BY period",
        id=agency.employee,
    )
    assert days == [(None, dt.date(2026, 1, 4)), (dt.date(2026, 1, 5), None)]


async def test_the_new_period_goes_through_its_own_plan(house: House) -> None:
    agency = house.agency
    await house.planned(agency.employee)
    await house.done("move", person=agency.employee, unit=await new_unit(house), rater=agency.director)
    new = await house.value(
        "SELECT id FROM appraisal WHERE employee_id = :id AND period = 2", id=agency.employee
    )
    await house.act(agency.employee, new, Trigger.SUBMIT_PLAN)
    await house.act(agency.director, new, Trigger.APPROVE_PLAN)
    assert await house.stage(new) == "first_half"


async def test_the_engine_follows_the_new_period_beside_the_closed_one(house: House) -> None:
    agency = house.agency
    old = await house.planned(agency.employee)
    await house.done("move", person=agency.employee, unit=await new_unit(house), rater=agency.director)
    new = await house.value(
        "SELECT id FROM appraisal WHERE employee_id = :id AND period = 2", id=agency.employee
    )
    followed = await house.until_followed(new)
    # It opens within ten minutes, as all that opens at one instant does.
    assert (followed["stage"], followed["wake"] is not None) == ("scheduled", True)
    await house.act(agency.employee, new, Trigger.SUBMIT_PLAN)
    assert (await house.until_followed(new))["stage"] == "plan_review"
    assert (await house.until_followed(old))["stage"] == "rating"


async def test_without_an_approved_plan_the_appraisal_goes_on_with_the_new_rater(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    await house.act(agency.employee, appraisal, Trigger.SUBMIT_PLAN)
    await house.done("move", person=agency.employee, unit=await new_unit(house), rater=agency.director)
    assert await house.responsible(appraisal) == (agency.director, "definitive", None)
    assert await house.value("SELECT count(*) FROM appraisal") == 1


async def test_somebody_who_rates_others_moves_only_with_a_word_about_them(house: House) -> None:
    agency = house.agency
    with pytest.raises(ParameterInvalid) as refused:
        await house.requested("move", person=agency.rater, unit=await new_unit(house), rater=agency.director)
    assert refused.value.field == "successor"
    assert refused.value.parameters["count"] == str(len(agency.employees))


async def test_a_rater_who_moves_hands_his_people_to_the_successor(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    await house.done(
        "move",
        person=agency.rater,
        unit=await new_unit(house),
        rater=agency.director,
        successor=agency.superior,
    )
    assert await house.responsible(appraisal) == (agency.superior, "definitive", None)


@pytest.mark.parametrize("absence", ("unpaid_leave", "suspended", "state_official"))
async def test_a_long_absence_stops_the_clock_of_the_own_appraisal(house: House, absence: str) -> None:
    appraisal = await house.launch(house.agency.employee)
    await house.done("absence", person=house.agency.employee, absence=absence)
    assert await house.stage(appraisal) == "suspended"


async def test_on_return_the_clock_runs_on(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    await house.done("absence", person=agency.employee, absence="unpaid_leave")
    await house.done("return", person=agency.employee)
    assert await house.stage(appraisal) == "plan_drafting"
    assert await house.value("SELECT legal_standing FROM person WHERE id = :id", id=agency.employee) == "01"


async def test_leave_of_more_than_a_month_stops_the_clock(house: House) -> None:
    appraisal = await house.launch(house.agency.employee)
    await house.done("absence", person=house.agency.employee, absence="leave", until=dt.date(2026, 3, 1))
    assert await house.stage(appraisal) == "suspended"


async def test_leave_of_less_than_a_month_does_not(house: House) -> None:
    appraisal = await house.launch(house.agency.employee)
    await house.done("absence", person=house.agency.employee, absence="leave", until=dt.date(2026, 1, 30))
    assert await house.stage(appraisal) == "plan_drafting"


async def test_an_absence_gives_the_legal_standing_that_exempts(house: House) -> None:
    employee = house.agency.employee
    await house.done("absence", person=employee, absence="state_official")
    assert await house.value("SELECT legal_standing FROM person WHERE id = :id", id=employee) == "07"


@pytest.mark.parametrize("absence", ("died", "retired", "left", "pre_retirement"))
async def test_whoever_leaves_for_good_has_the_appraisal_closed(house: House, absence: str) -> None:
    appraisal = await house.planned(house.agency.employee)
    await house.done("absence", person=house.agency.employee, absence=absence)
    assert await house.stage(appraisal) == "cancelled"


async def test_on_retirement_what_was_done_can_be_rated(house: House) -> None:
    appraisal = await house.planned(house.agency.employee)
    await house.done("absence", person=house.agency.employee, absence="retired", evaluate=True)
    assert await house.stage(appraisal) == "rating"
    assert await house.value("SELECT count(*) FROM appraisal") == 1


async def test_a_closed_case_hears_of_nothing_again(house: House) -> None:
    employee = house.agency.employee
    appraisal = await house.launch(employee)
    before = await house.value("SELECT count(*) FROM notice WHERE appraisal_id = :id", id=appraisal)
    await house.done("absence", person=employee, absence="died")
    waiting = await house.value(
        "SELECT count(*) FROM notice WHERE appraisal_id = :id AND channel = 'email' AND state <> 'cancelled'",
        id=appraisal,
    )
    assert (before > 0, waiting) == (True, 0)


async def test_merged_units_take_people_and_open_appraisals_along(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    into = await new_unit(house)
    operation = await house.done("merge_units", units=[agency.unit], into=into)
    assert await house.value("SELECT unit_id FROM appraisal WHERE id = :id", id=appraisal) == into
    assert await house.value("SELECT count(*) FROM person WHERE unit_id <> :id", id=into) == 0
    assert [item.trigger for item in await house.items(operation.id)] == ["note_change"]


async def test_a_merged_unit_takes_nobody_any_more(house: House) -> None:
    agency = house.agency
    into = await new_unit(house)
    await house.done("merge_units", units=[agency.unit], into=into)
    with pytest.raises(ParameterInvalid) as refused:
        await house.requested("move", person=agency.employee, unit=agency.unit, rater=agency.director)
    assert refused.value.field == "unit"


async def test_a_unit_is_not_merged_into_one_below_it(house: House) -> None:
    below = await new_unit(house)
    async with house.database.begin() as connection:
        await connection.execute(
            text("UPDATE unit SET parent_id = :above WHERE id = :id"),
            {"above": house.agency.unit, "id": below},
        )
    with pytest.raises(ParameterInvalid) as refused:
        await house.requested("merge_units", units=[house.agency.unit], into=below)
    assert refused.value.field == "into"


async def test_a_return_without_an_absence_is_refused(house: House) -> None:
    with pytest.raises(ParameterInvalid) as refused:
        await house.requested("return", person=house.agency.employee)
    assert refused.value.field == "person"


async def test_nobody_comes_back_from_retirement_on_a_day(house: House) -> None:
    with pytest.raises(ParameterInvalid) as refused:
        await house.requested(
            "absence", person=house.agency.employee, absence="retired", until=dt.date(2026, 3, 1)
        )
    assert refused.value.field == "until"


async def test_a_suspended_appraisal_under_a_plan_is_resumed_before_a_move(house: House) -> None:
    agency = house.agency
    await house.planned(agency.employee)
    await house.done("absence", person=agency.employee, absence="unpaid_leave")
    with pytest.raises(ParameterInvalid) as refused:
        await house.requested(
            "move", person=agency.employee, unit=await new_unit(house), rater=agency.director
        )
    assert refused.value.field == "person"


async def test_a_result_that_is_being_settled_stays_with_its_rater(house: House) -> None:
    agency = house.agency
    appraisal = await house.planned(agency.employee)
    await house.done("move", person=agency.employee, unit=await new_unit(house), rater=agency.director)
    await house.act(agency.rater, appraisal, Trigger.RATE, ActionRequest(text="Sesuai ekspektasi"))
    await house.done("move", person=agency.employee, unit=await new_unit(house, "U3"), rater=agency.superior)
    assert await house.responsible(appraisal) == (agency.rater, "definitive", None)


async def test_the_plan_of_a_revised_case_counts_as_approved(house: House) -> None:
    agency = house.agency
    appraisal = await house.planned(agency.employee)
    await house.act(
        agency.rater,
        appraisal,
        Trigger.REVISE_PLAN,
        ActionRequest.model_validate({"text": PLAN.text, "ground": "priority_changed"}, strict=False),
    )
    await house.done("move", person=agency.employee, unit=await new_unit(house), rater=agency.director)
    assert await house.stage(appraisal) == "rating"
