"""Copies of a command that reach the engine late: after a crash, a lost answer, or a sender who hung up."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowHandle

from activities.recording import Recording
from states.appraisal import Appraisal
from states.codec import Json, dump_appraisal, dump_command
from states.commands import Command
from states.evolve import evolve
from states.stages import Capacity
from states.triggers import Trigger
from store.appraisal.history import events_after
from tests.fixtures.agency import SmallAgency, build_agency
from tests.workflows.running import RunningAppraisal, Stagehand, stage
from workflows.appraisal import AppraisalWorkflow

pytestmark = [pytest.mark.database, pytest.mark.engine]

JANUARY = dt.datetime(2026, 1, 3, 3, tzinfo=dt.UTC)


@pytest_asyncio.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


@pytest_asyncio.fixture
async def hand(client: Client, database: AsyncEngine, agency: SmallAgency) -> AsyncIterator[Stagehand]:
    async with stage(client, database, agency) as stagehand:
        yield stagehand


@pytest_asyncio.fixture
async def drafting(hand: Stagehand) -> RunningAppraisal:
    """An appraisal whose plan is being drafted."""
    running = await hand.launch(at=JANUARY - dt.timedelta(days=2))
    await running.wait_until(JANUARY)
    running.seen = 2
    return running


def by(agency: SmallAgency, capacity: Capacity, trigger: Trigger, key: str, **fields: str) -> Command:
    actors = {
        Capacity.EMPLOYEE: agency.employee,
        Capacity.RATER: agency.rater,
        Capacity.HR: agency.officer,
    }
    given = {
        name: Capacity(value) if name == "assigned_capacity" else value for name, value in fields.items()
    }
    return Command(
        id=key,
        trigger=trigger,
        capacity=capacity,
        actor=str(actors[capacity]),
        document="a" * 64,
        fingerprint=f"of {key}",
        **given,  # type: ignore[arg-type]  # the fields are named by the tests
    )


def submitting(agency: SmallAgency, key: str) -> Command:
    return by(agency, Capacity.EMPLOYEE, Trigger.SUBMIT_PLAN, key)


def returning(agency: SmallAgency, key: str) -> Command:
    return by(agency, Capacity.RATER, Trigger.RETURN_PLAN, key)


def handing_over(agency: SmallAgency, key: str) -> Command:
    return by(
        agency,
        Capacity.HR,
        Trigger.REASSIGN,
        key,
        assignee=str(agency.superior),
        assigned_capacity="rater",
    )


async def snapshot_of(running: RunningAppraisal) -> Appraisal:
    snapshot = running.first
    for row in (await running.events())[1:]:
        snapshot = evolve(snapshot, row.event)
    return snapshot


async def record_only(running: RunningAppraisal, command: Command) -> None:
    """What a worker leaves that is killed between the commit and its answer."""
    await Recording(running.database).record(
        {
            "appraisal": dump_appraisal(await snapshot_of(running)),
            "command": dump_command(command),
            "now": running.business_now.isoformat(),
            "behind": False,
        }
    )


async def late_copy(running: RunningAppraisal, command: Command, *, seen: int) -> Json:
    """The command as it was sent when its sender saw ``seen``."""
    body = dump_command(command)
    answer: Json = await running.handle.execute_update(
        "act", {**body, "seen": seen}, id=body.pop("id"), result_type=dict
    )
    return answer


async def test_a_copy_of_a_recorded_action_does_nothing_where_it_would_be_possible_again(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await record_only(drafting, submitting(agency, "lost"))
    drafting.seen = 3
    await drafting.act(returning(agency, "return"))
    answer = await late_copy(drafting, submitting(agency, "lost"), seen=2)
    assert answer == {"stage": "plan_review", "sequence": 3, "fingerprint": "of lost"}
    assert [row.command_id for row in await drafting.events()][2:] == ["lost", "return"]


async def test_a_copy_of_a_recorded_reassignment_is_answered_with_its_own_place(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await record_only(drafting, handing_over(agency, "lost"))
    drafting.seen = 3
    await drafting.act(submitting(agency, "submit"))
    answer = await late_copy(drafting, handing_over(agency, "lost"), seen=2)
    assert answer == {"stage": "plan_drafting", "sequence": 3, "fingerprint": "of lost"}
    assert len(await drafting.events()) == 4


async def test_an_action_that_was_impossible_in_between_is_refused_however_the_case_stands_now(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await drafting.act(submitting(agency, "quick"))
    await drafting.act(returning(agency, "return"))
    drafting.seen = 2
    assert await drafting.try_to_act(submitting(agency, "slow")) == "illegal_transition"
    assert "slow" not in {row.command_id for row in await drafting.events()}


async def test_an_action_that_was_possible_all_the_time_is_carried_out(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await drafting.act(handing_over(agency, "hand over"))
    await drafting.act(handing_over(agency, "once more"))
    drafting.seen = 2
    assert await drafting.try_to_act(submitting(agency, "slow")) is None


async def test_whoever_lost_the_capacity_meanwhile_acts_no_more(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await drafting.act(submitting(agency, "submit"))
    await drafting.act(handing_over(agency, "hand over"))
    drafting.seen = 3
    assert await drafting.try_to_act(returning(agency, "slow")) == "not_permitted"


async def test_a_run_that_begins_on_a_closed_case_goes_on_if_the_record_was_reopened(
    hand: Stagehand, drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    """The reopening was recorded, and then lost to the engine together with the first task of its run."""
    closed = await _finalised(drafting, agency)
    await record_only(drafting, by(agency, Capacity.HR, Trigger.REOPEN, "reopen"))
    handle = await hand.client.start_workflow(
        "Appraisal",
        {"appraisal": dump_appraisal(closed), "clock": []},
        id=f"second-{closed.id}",
        task_queue=hand.queue,
    )
    position = await _left(handle, "finalised")
    assert (position["stage"], position["sequence"]) == ("rating", closed.sequence + 1)
    await handle.terminate()


async def _left(handle: WorkflowHandle[AppraisalWorkflow, str], stage: str) -> Json:
    """The position once the run has left ``stage``; it begins there and asks the record first."""
    async with asyncio.timeout(20):
        position: Json = await handle.query("position", result_type=dict)
        while position["stage"] == stage:  # asked of a server
            await asyncio.sleep(0.05)
            position = await handle.query("position", result_type=dict)
    return position


async def test_a_run_that_begins_on_a_closed_case_ends_if_nothing_reopened_it(
    hand: Stagehand, drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    closed = await _finalised(drafting, agency)
    ended = await hand.client.execute_workflow(
        "Appraisal",
        {"appraisal": dump_appraisal(closed), "clock": []},
        id=f"second-{closed.id}",
        task_queue=hand.queue,
        result_type=str,
    )
    assert ended == "finalised"


async def _finalised(running: RunningAppraisal, agency: SmallAgency) -> Appraisal:
    steps = (
        (Capacity.EMPLOYEE, Trigger.SUBMIT_PLAN),
        (Capacity.RATER, Trigger.APPROVE_PLAN),
        (Capacity.HR, Trigger.OPEN_CHECK_IN),
        (Capacity.EMPLOYEE, Trigger.SUBMIT_CHECK_IN),
        (Capacity.RATER, Trigger.REVIEW_CHECK_IN),
        (Capacity.HR, Trigger.OPEN_EVALUATION),
        (Capacity.EMPLOYEE, Trigger.SUBMIT_SELF_ASSESSMENT),
        (Capacity.RATER, Trigger.RATE),
        (Capacity.RATER, Trigger.DELIVER_RESULT),
        (Capacity.EMPLOYEE, Trigger.AGREE),
        (Capacity.RATER, Trigger.FINALISE),
    )
    for capacity, trigger in steps:
        await running.act(by(agency, capacity, trigger, trigger.value))
    async with running.database.connect() as connection:
        assert len(await events_after(connection, running.first.id)) == len(steps) + 2
    return await snapshot_of(running)
