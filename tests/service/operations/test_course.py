"""The course of an operation: later effect, end of its period, withdrawal, pause, crash and rerun."""

import asyncio
import datetime as dt
import uuid

import pytest
from sqlalchemy import text
from temporalio.testing import ActivityEnvironment

from activities.operating import Operating
from activities.starting import appraisal_workflow_id
from service.operations.starting import operation_workflow_id
from service.problems import NotFound, OperationEnded
from states.clock import Clock
from store.database import autocommit
from store.operation import items, keeping, repository
from tests.service.operations.conftest import House

pytestmark = [pytest.mark.database, pytest.mark.engine]


async def today(house: House) -> dt.date:
    """The day in the agency's rehearsal."""
    clock = Clock.from_data(
        await house.value("SELECT clock FROM cycle WHERE id = :id", id=house.agency.cycle)
    )
    return house.agency.rules.calendar.local_date(clock.business(dt.datetime.now(dt.UTC)))


async def until_rater(house: House, appraisal: uuid.UUID, person: uuid.UUID) -> None:
    async with asyncio.timeout(40):
        while (await house.responsible(appraisal) or ())[0] != person:  # noqa: ASYNC110  # asked of a server
            await asyncio.sleep(0.1)


async def until_noted(house: House, appraisal: uuid.UUID, times: int) -> None:
    async with asyncio.timeout(40):
        while (await house.triggers(appraisal)).count("note_change") < times:  # noqa: ASYNC110  # asked of a server
            await asyncio.sleep(0.1)


async def test_a_change_takes_effect_on_its_day_and_not_before(hurried_house: House) -> None:
    house, agency = hurried_house, hurried_house.agency
    appraisal = await house.launch(agency.employee)
    day = await today(house) + dt.timedelta(days=4)
    await house.requested(
        "replace_official", official=agency.rater, successor=agency.director, effective_on=day
    )
    assert await house.responsible(appraisal) == (agency.rater, "definitive", None)
    await until_rater(house, appraisal, agency.director)
    assert await today(house) >= day


async def test_when_the_period_of_a_plh_is_over_the_return_is_noted_by_itself(hurried_house: House) -> None:
    house, agency = hurried_house, hurried_house.agency
    appraisal = await house.launch(agency.employee)
    await house.done(
        "appoint_substitute",
        official=agency.rater,
        substitute=agency.director,
        basis="plh",
        until=await today(house) + dt.timedelta(days=3),
    )
    assert (await house.triggers(appraisal)).count("note_change") == 1
    await until_noted(house, appraisal, 2)
    assert await house.responsible(appraisal) == (agency.rater, "definitive", None)


async def test_when_an_absence_is_over_the_clock_runs_on_by_itself(hurried_house: House) -> None:
    house, agency = hurried_house, hurried_house.agency
    appraisal = await house.launch(agency.employee)
    await house.done(
        "absence",
        person=agency.employee,
        absence="unpaid_leave",
        until=await today(house) + dt.timedelta(days=3),
    )
    assert await house.stage(appraisal) == "suspended"
    await house.until_stage(appraisal, "plan_drafting")


async def test_a_change_that_has_not_taken_effect_can_be_withdrawn(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    operation = await house.requested(
        "replace_official",
        official=agency.rater,
        successor=agency.director,
        effective_on=dt.date(2026, 3, 1),
    )
    await house.operations.withdraw(house.identity(agency.officer), operation.id)
    found = await house.operations.operation(house.identity(agency.officer), operation.id)
    assert found.state == "withdrawn"
    assert await house.client.get_workflow_handle(operation_workflow_id(operation.id)).result() == "withdrawn"
    assert await house.responsible(appraisal) == (agency.rater, "definitive", None)


async def test_what_has_taken_effect_is_not_withdrawn(house: House) -> None:
    agency = house.agency
    operation = await house.done("replace_official", official=agency.rater, successor=agency.director)
    with pytest.raises(OperationEnded):
        await house.operations.withdraw(house.identity(agency.officer), operation.id)


async def test_a_change_that_became_impossible_meanwhile_is_refused_and_says_why(house: House) -> None:
    agency = house.agency
    await house.launch(agency.employee)
    operation = await house.requested(
        "replace_official",
        official=agency.rater,
        successor=agency.director,
        effective_on=dt.date(2026, 3, 1),
    )
    await house.done("absence", person=agency.director, absence="died")
    activity = Operating(house.database, house.commands)
    answer = await ActivityEnvironment().run(activity.begin, {"operation": str(operation.id), "again": False})
    found = await house.operations.operation(house.identity(agency.officer), operation.id)
    assert (answer["state"], found.state) == ("refused", "refused")
    assert (found.refusal or {})["field"] == "successor"


async def test_beginning_twice_changes_relations_once(house: House) -> None:
    agency = house.agency
    await house.launch(agency.employee)
    operation = await house.done("replace_official", official=agency.rater, successor=agency.director)
    before = await house.value("SELECT count(*) FROM assignment")
    activity = Operating(house.database, house.commands)
    await ActivityEnvironment().run(activity.begin, {"operation": str(operation.id), "again": False})
    assert await house.value("SELECT count(*) FROM assignment") == before


async def test_a_batch_that_is_done_again_does_nothing_twice(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    operation = await house.done("replace_official", official=agency.rater, successor=agency.director)
    async with house.database.begin() as transaction:
        await items.settle(transaction, operation.id, "begin", [items.Settled(appraisal, "pending")])
    activity = Operating(house.database, house.commands)
    await ActivityEnvironment().run(
        activity.batch, {"operation": str(operation.id), "phase": "begin", "limit": 10}
    )
    assert (await house.triggers(appraisal)).count("note_change") == 1
    assert [item.outcome for item in await house.items(operation.id)] == ["done"]


async def outcomes(house: House, operation: uuid.UUID) -> dict[uuid.UUID, tuple[str, str]]:
    """Outcome and code of each item."""
    async with autocommit(house.database).connect() as connection:
        lines = await repository.items(connection, operation, outcome=None, after=None, limit=10)
    return {line.appraisal_id: (line.outcome, line.code) for line in lines}


async def until_done(house: House, operation: uuid.UUID, appraisal: uuid.UUID) -> None:
    async with asyncio.timeout(40):
        while (await outcomes(house, operation)).get(appraisal) != ("done", ""):  # noqa: ASYNC110  # asked of a server
            await asyncio.sleep(0.05)


async def test_a_case_that_somebody_holds_is_done_once_it_is_free_and_the_others_before(house: House) -> None:
    agency = house.agency
    stuck, free = [await house.launch(employee) for employee in agency.employees[:2]]
    async with house.database.connect() as connection, connection.begin():
        # As long as somebody else writes it.
        held = text("SELECT id FROM appraisal WHERE id = :id FOR NO KEY UPDATE")
        await connection.execute(held, {"id": stuck})
        operation = await house.requested("extend", cycle=agency.cycle, until=dt.date(2026, 2, 10))
        await until_done(house, operation.id, free)
        assert (await outcomes(house, operation.id))[stuck] == ("pending", "case_busy")
    await until_done(house, operation.id, stuck)
    assert [(await house.triggers(case)).count("extend") for case in (stuck, free)] == [1, 1]


async def test_a_case_that_cannot_be_decided_fails_and_the_others_are_done(house: House) -> None:
    agency = house.agency
    damaged, sound = [await house.launch(employee) for employee in agency.employees[:2]]
    await house.run(
        "UPDATE appraisal SET snapshot = jsonb_set(snapshot, '{calendar}', '\"unknown\"') WHERE id = :id",
        id=damaged,
    )
    operation = await house.done("extend", cycle=agency.cycle, until=dt.date(2026, 2, 10))
    assert await outcomes(house, operation.id) == {
        damaged: ("failed", "case_damaged:RulesUnknown"),
        sound: ("done", ""),
    }


async def test_a_case_that_the_database_refuses_to_write_fails_and_the_others_are_done(house: House) -> None:
    agency = house.agency
    refused, sound = [await house.launch(employee) for employee in agency.employees[:2]]
    await house.run(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'not this one'; END $$"
    )
    await house.run(
        "CREATE TRIGGER refusing BEFORE UPDATE ON appraisal FOR EACH ROW"
        f" WHEN (OLD.id = '{refused}') EXECUTE FUNCTION refuse()"
    )
    operation = await house.done("extend", cycle=agency.cycle, until=dt.date(2026, 2, 10))
    found = await outcomes(house, operation.id)
    assert found[sound] == ("done", "")
    assert found[refused] == ("failed", "case_damaged:DBAPIError")


async def test_operations_are_carried_out_on_cases_whose_workflows_are_gone(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    await house.until_followed(appraisal)
    await house.client.get_workflow_handle(appraisal_workflow_id(appraisal)).terminate()
    await house.done("extend", cycle=agency.cycle, until=dt.date(2026, 2, 10))
    assert (await house.triggers(appraisal)).count("extend") == 1
    assert (await house.until_followed(appraisal))["due"] == "2026-02-10"


async def test_a_rerun_takes_only_what_was_not_done(house: House) -> None:
    agency = house.agency
    first, second = [await house.launch(employee) for employee in agency.employees[:2]]
    operation = await house.done("extend", cycle=agency.cycle, until=dt.date(2026, 2, 10))
    await house.client.get_workflow_handle(operation_workflow_id(operation.id)).result()
    async with house.database.begin() as transaction:
        await items.settle(
            transaction, operation.id, "begin", [items.Settled(first, "failed", "update_failed")]
        )
    await house.operations.rerun(house.identity(agency.officer), operation.id)
    async with asyncio.timeout(30):
        while {item.outcome for item in await house.items(operation.id)} != {"done"}:  # noqa: ASYNC110  # asked of a server
            await asyncio.sleep(0.05)
    async with autocommit(house.database).connect() as connection:
        lines = await repository.items(connection, operation.id, outcome=None, after=None, limit=10)
    assert {line.appraisal_id for line in lines} == {first, second}
    assert (await house.triggers(second)).count("extend") == 1


async def test_a_paused_operation_goes_on_after_it_is_resumed(house: House) -> None:
    agency = house.agency
    operation = await house.requested(
        "replace_official",
        official=agency.rater,
        successor=agency.director,
        effective_on=dt.date(2026, 3, 1),
    )
    handle = house.client.get_workflow_handle(operation_workflow_id(operation.id))
    await handle.execute_update("pause")
    await handle.execute_update("resume")
    with pytest.raises(OperationEnded):
        await house.operations.resume(house.identity(agency.officer), operation.id)


async def test_an_operation_of_another_person_is_not_seen_by_an_employee(house: House) -> None:
    agency = house.agency
    operation = await house.requested("replace_official", official=agency.rater, successor=agency.director)
    with pytest.raises(NotFound):
        await house.operations.operation(house.identity(agency.employee), operation.id)


async def test_what_was_refused_is_tried_again_while_the_period_lasts(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    operation = await house.done(
        "appoint_substitute",
        official=agency.rater,
        substitute=agency.director,
        basis="plh",
        until=dt.date(2026, 2, 28),
    )
    async with house.database.begin() as transaction:
        await items.settle(
            transaction, operation.id, "begin", [items.Settled(appraisal, "failed", "update_failed")]
        )
    await house.operations.rerun(house.identity(agency.officer), operation.id)
    async with asyncio.timeout(30):
        while {item.outcome for item in await house.items(operation.id)} != {"done"}:  # noqa: ASYNC110  # asked of a server
            await asyncio.sleep(0.05)


async def test_an_operation_that_has_just_ended_is_not_called_paused(house: House) -> None:
    agency = house.agency
    operation = await house.done("replace_official", official=agency.rater, successor=agency.director)
    await house.client.get_workflow_handle(operation_workflow_id(operation.id)).result()
    async with autocommit(house.database).connect() as connection:
        moved = await keeping.set_state(connection, operation.id, "paused", only=("running",))
        found = await repository.one(connection, operation.id)
    assert found is not None
    assert (moved, found.state) == (False, "finished")


async def test_when_a_study_assignment_is_over_it_is_rated_and_a_new_period_begins(
    hurried_house: House,
) -> None:
    house, agency = hurried_house, hurried_house.agency
    appraisal = await house.launch(agency.employee)
    last = await today(house) + dt.timedelta(days=3)
    await house.done("absence", person=agency.employee, absence="study", until=last)
    await house.until_stage(appraisal, "rating")
    begun = "SELECT period_from FROM appraisal WHERE employee_id = :id AND period = 2"
    async with asyncio.timeout(30):
        while not await house.rows(begun, id=agency.employee):  # noqa: ASYNC110  # the engine tells nobody
            await asyncio.sleep(0.05)
    assert await house.value(begun, id=agency.employee) == last + dt.timedelta(days=1)
    ended = await house.value("SELECT period_until FROM appraisal WHERE id = :id", id=appraisal)
    assert ended == last
