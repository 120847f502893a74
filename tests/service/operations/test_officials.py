"""Officials change under running appraisals: who is responsible, and what is put on record."""

import datetime as dt
import uuid
from typing import Any

import pytest

from service.appraisals.request import ActionRequest
from service.problems import ChangeNotPermitted, IdempotencyKeyReused, NotFound
from states.errors import ConflictOfInterest, ParameterInvalid
from states.stages import Capacity
from states.triggers import Trigger
from tests.service.operations.conftest import House

pytestmark = [pytest.mark.database, pytest.mark.engine]

LATER = dt.date(2026, 2, 28)


async def test_a_successor_takes_over_the_running_task(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    await house.act(agency.employee, appraisal, Trigger.SUBMIT_PLAN)
    await house.done("replace_official", official=agency.rater, successor=agency.director)
    assert await house.responsible(appraisal) == (agency.director, "definitive", None)
    await house.act(agency.director, appraisal, Trigger.APPROVE_PLAN)


async def test_the_former_official_can_act_no_more(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    await house.act(agency.employee, appraisal, Trigger.SUBMIT_PLAN)
    await house.done("replace_official", official=agency.rater, successor=agency.director)
    with pytest.raises(NotFound):
        await house.act(agency.rater, appraisal, Trigger.APPROVE_PLAN)


async def test_a_replacement_is_on_the_record_of_every_open_appraisal(house: House) -> None:
    agency = house.agency
    appraisals = [await house.launch(employee) for employee in agency.employees[:3]]
    operation = await house.done("replace_official", official=agency.rater, successor=agency.director)
    assert {item.appraisal_id for item in await house.items(operation.id)} == set(appraisals)
    for appraisal in appraisals:
        assert (await house.triggers(appraisal))[-1] == "note_change"


async def test_a_replacement_leaves_the_deadline_alone(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    due_on = await house.value("SELECT due_on FROM appraisal WHERE id = :id", id=appraisal)
    await house.done("replace_official", official=agency.rater, successor=agency.director)
    assert await house.value("SELECT due_on FROM appraisal WHERE id = :id", id=appraisal) == due_on


async def test_the_successor_is_told_once_however_many_appraisals_come_over(house: House) -> None:
    agency = house.agency
    for employee in agency.employees[:3]:
        appraisal = await house.launch(employee)
        await house.act(employee, appraisal, Trigger.SUBMIT_PLAN)
    operation = await house.done("replace_official", official=agency.rater, successor=agency.director)
    told = await house.rows(
        "SELECT template FROM notice WHERE operation_id = :id AND recipient_id = :who AND channel = 'email'",
        id=operation.id,
        who=agency.director,
    )
    assert told == [("handed_over",)]


async def test_only_the_named_people_change_their_rater(house: House) -> None:
    agency = house.agency
    first, second = [await house.launch(employee) for employee in agency.employees[:2]]
    await house.done(
        "replace_official",
        official=agency.rater,
        successor=agency.director,
        people=[agency.employees[0]],
    )
    assert (await house.responsible(first) or ())[0] == agency.director
    assert (await house.responsible(second) or ())[0] == agency.rater


async def test_a_successor_from_below_is_rated_by_whoever_rated_the_official(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    await house.done("replace_official", official=agency.rater, successor=agency.employee)
    assert await house.responsible(appraisal) == (agency.superior, "definitive", None)


async def test_a_line_that_would_go_in_a_circle_is_refused(house: House) -> None:
    agency = house.agency
    with pytest.raises(ParameterInvalid) as refused:
        await house.requested("replace_official", official=agency.superior, successor=agency.employee)
    assert refused.value.field == "successor"


async def test_a_plh_acts_in_the_own_name_on_behalf_of_the_official(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    await house.act(agency.employee, appraisal, Trigger.SUBMIT_PLAN)
    await house.done(
        "appoint_substitute",
        official=agency.rater,
        substitute=agency.director,
        basis="plh",
        until=LATER,
    )
    await house.act(agency.director, appraisal, Trigger.APPROVE_PLAN)
    body = await house.value(
        "SELECT body FROM event WHERE appraisal_id = :id AND body ->> 'trigger' = 'approve_plan'",
        id=appraisal,
    )
    event_actor = await house.value(
        "SELECT actor_id FROM event WHERE appraisal_id = :id AND body ->> 'trigger' = 'approve_plan'",
        id=appraisal,
    )
    assert (event_actor, body["on_behalf_of"]) == (agency.director, str(agency.rater))


async def test_while_a_plh_acts_the_official_does_not(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    await house.act(agency.employee, appraisal, Trigger.SUBMIT_PLAN)
    await house.done(
        "appoint_substitute", official=agency.rater, substitute=agency.director, basis="plh", until=LATER
    )
    with pytest.raises(NotFound):
        await house.act(agency.rater, appraisal, Trigger.APPROVE_PLAN)


async def test_an_ended_substitution_gives_the_task_back(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    await house.done(
        "appoint_substitute", official=agency.rater, substitute=agency.director, basis="plh", until=LATER
    )
    substitution = await house.value("SELECT id FROM substitution")
    await house.done("end_substitution", substitution=substitution)
    assert await house.responsible(appraisal) == (agency.rater, "definitive", None)


async def test_a_second_substitute_for_the_same_time_is_refused(house: House) -> None:
    agency = house.agency
    await house.done(
        "appoint_substitute", official=agency.rater, substitute=agency.director, basis="plh", until=LATER
    )
    with pytest.raises(ParameterInvalid) as refused:
        await house.requested(
            "appoint_substitute", official=agency.rater, substitute=agency.head, basis="plh", until=LATER
        )
    assert refused.value.field == "official"


async def test_nobody_stands_in_for_a_substitute(house: House) -> None:
    agency = house.agency
    await house.done(
        "appoint_substitute", official=agency.director, substitute=agency.head, basis="plh", until=LATER
    )
    with pytest.raises(ParameterInvalid) as refused:
        await house.requested(
            "appoint_substitute", official=agency.rater, substitute=agency.director, basis="plh", until=LATER
        )
    assert refused.value.field == "substitute"


@pytest.mark.parametrize("basis", ("plh", "delegated"))
async def test_only_a_plt_is_appointed_without_an_end(house: House, basis: str) -> None:
    agency = house.agency
    with pytest.raises(ParameterInvalid) as refused:
        await house.requested(
            "appoint_substitute", official=agency.rater, substitute=agency.director, basis=basis
        )
    assert refused.value.field == "until"


async def test_when_the_rater_dies_the_superior_steps_in_at_once(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    await house.act(agency.employee, appraisal, Trigger.SUBMIT_PLAN)
    await house.done("absence", person=agency.rater, absence="died")
    assert await house.responsible(appraisal) == (agency.superior, "stepping_in", agency.rater)
    await house.act(agency.superior, appraisal, Trigger.APPROVE_PLAN)


async def test_a_successor_named_with_the_absence_takes_over_for_good(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    await house.done("absence", person=agency.rater, absence="retired", successor=agency.director)
    assert await house.responsible(appraisal) == (agency.director, "definitive", None)


async def test_leave_of_less_than_a_month_changes_nothing(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    operation = await house.done("absence", person=agency.rater, absence="leave", until=dt.date(2026, 1, 20))
    assert await house.responsible(appraisal) == (agency.rater, "definitive", None)
    assert await house.items(operation.id) == []


async def test_after_a_long_leave_the_rater_has_the_task_again(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    await house.done("absence", person=agency.rater, absence="leave", until=dt.date(2026, 4, 30))
    assert (await house.responsible(appraisal) or ())[0] == agency.superior
    await house.done("return", person=agency.rater)
    assert await house.responsible(appraisal) == (agency.rater, "definitive", None)


async def test_where_everybody_above_is_away_the_preview_says_so(house: House) -> None:
    agency = house.agency
    await house.launch(agency.employee)
    for official in (agency.head, agency.director, agency.superior):
        await house.done("absence", person=official, absence="retired")
    preview = await house.preview("absence", person=agency.rater, absence="retired")
    assert preview.unresolved == 1


async def test_a_preview_changes_nothing(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    preview = await house.preview("replace_official", official=agency.rater, successor=agency.director)
    assert (preview.affected, preview.relations) == (1, len(agency.employees))
    assert await house.responsible(appraisal) == (agency.rater, "definitive", None)
    assert await house.value("SELECT count(*) FROM operation") == 0


async def test_a_preview_names_who_would_be_responsible(house: House) -> None:
    agency = house.agency
    await house.launch(agency.employee)
    preview = await house.preview("replace_official", official=agency.rater, successor=agency.director)
    (line,) = preview.lines
    assert line.assignee is not None
    assert line.assignee.startswith("Director")


async def test_the_same_key_orders_once(house: House) -> None:
    agency = house.agency
    await house.launch(agency.employee)
    operations = [
        await house.requested(
            "replace_official", key="once", official=agency.rater, successor=agency.director
        )
        for _ in range(2)
    ]
    assert operations[0].id == operations[1].id
    await house.settled(operations[0].id)
    assert await house.value("SELECT count(*) FROM assignment WHERE operation_id IS NOT NULL") == len(
        agency.employees
    )


async def test_another_change_under_the_same_key_is_refused(house: House) -> None:
    agency = house.agency
    await house.requested("replace_official", key="once", official=agency.rater, successor=agency.director)
    with pytest.raises(IdempotencyKeyReused):
        await house.requested("replace_official", key="once", official=agency.rater, successor=agency.head)


async def test_somebody_who_is_no_personnel_officer_orders_nothing(house: House) -> None:
    agency = house.agency
    with pytest.raises(ChangeNotPermitted):
        await house.requested(
            "replace_official", by=agency.director, official=agency.rater, successor=agency.director
        )


async def test_an_official_delegates_the_own_tasks(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    operation = await house.done(
        "appoint_substitute",
        by=agency.rater,
        official=agency.rater,
        substitute=agency.director,
        basis="delegated",
        until=LATER,
    )
    assert await house.responsible(appraisal) == (agency.director, "delegated", agency.rater)
    assert [item.outcome for item in await house.items(operation.id)] == ["done"]


async def test_an_officer_orders_nothing_about_himself(house: House) -> None:
    agency = house.agency
    with pytest.raises(ConflictOfInterest):
        await house.requested("absence", person=agency.officer, absence="study")


async def test_an_officer_s_own_appraisal_is_left_out_of_the_own_order_and_listed(house: House) -> None:
    agency = house.agency
    own = await house.launch(agency.officer)
    operation = await house.done("replace_official", official=agency.director, successor=agency.head)
    listed = {item.appraisal_id: (item.outcome, item.code) for item in await house.items(operation.id)}
    assert listed[own] == ("refused", "conflict_of_interest")


@pytest.mark.parametrize("field", ("official", "successor"))
async def test_a_person_of_another_agency_is_unknown_here(house: House, field: str) -> None:
    agency = house.agency
    named: dict[str, Any] = {"official": agency.rater, "successor": agency.director} | {field: uuid.uuid4()}
    with pytest.raises(ParameterInvalid) as refused:
        await house.requested("replace_official", **named)
    assert refused.value.field == field


async def test_somebody_who_has_left_succeeds_nobody(house: House) -> None:
    agency = house.agency
    await house.done("absence", person=agency.head, absence="retired")
    with pytest.raises(ParameterInvalid) as refused:
        await house.requested("replace_official", official=agency.rater, successor=agency.head)
    assert refused.value.field == "successor"


async def test_a_disputed_rater_is_corrected_for_this_and_every_later_appraisal(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    await house.act(
        agency.employee, appraisal, Trigger.DISPUTE_RATER, ActionRequest(text="Bukan atasan saya")
    )
    assert await house.stage(appraisal) == "suspended"
    answer = ActionRequest(
        text="Benar", assignee=agency.director, assigned_capacity=Capacity.RATER, capacity=Capacity.HR
    )
    await house.act(agency.officer, appraisal, Trigger.ANSWER_DISPUTE, answer)
    assert await house.responsible(appraisal) == (agency.director, "definitive", None)
    kept = await house.value(
        """SELECT holder_id FROM assignment
        WHERE employee_id = :id AND appraisal_id IS NULL AND valid_until IS NULL""",
        id=agency.employee,
    )
    assert kept == agency.director
