"""The durable shell: acknowledgement, refusals, healing, and timers."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.recording import Recording
from states.codec import dump_appraisal, dump_command
from states.commands import Command
from states.evolve import evolve
from states.stages import Capacity
from states.triggers import Trigger
from store.appraisal.history import events_after
from tests.fixtures.agency import SmallAgency, build_agency
from tests.workflows.running import RunningAppraisal, Stagehand, stage

pytestmark = [pytest.mark.database, pytest.mark.engine]

THIRD_OF_JANUARY = dt.datetime(2026, 1, 3, 3, tzinfo=dt.UTC)
DOCUMENT = "a" * 64


@pytest_asyncio.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=2)


@pytest_asyncio.fixture
async def hand(client: Client, database: AsyncEngine, agency: SmallAgency) -> AsyncIterator[Stagehand]:
    async with stage(client, database, agency) as stagehand:
        yield stagehand


@pytest_asyncio.fixture
async def drafting(hand: Stagehand) -> RunningAppraisal:
    """An appraisal whose plan is being drafted."""
    return await _drafting(hand)


async def _drafting(hand: Stagehand) -> RunningAppraisal:
    running = await hand.launch(at=THIRD_OF_JANUARY - dt.timedelta(days=2))
    await running.wait_until(THIRD_OF_JANUARY)
    assert (await _position(running))["sequence"] == 2
    running.seen = 2
    return running


async def _position(running: RunningAppraisal) -> dict[str, Any]:
    found: dict[str, Any] = await running.handle.query("position", result_type=dict)
    return found


def submit(agency: SmallAgency, key: str = "submit", **fields: Any) -> Command:
    return Command(
        id=key,
        trigger=Trigger.SUBMIT_PLAN,
        capacity=Capacity.EMPLOYEE,
        actor=str(agency.employee),
        document=DOCUMENT,
        **fields,
    )


def by_rater(agency: SmallAgency, trigger: Trigger, key: str) -> Command:
    return Command(
        id=key, trigger=trigger, capacity=Capacity.RATER, actor=str(agency.rater), document=DOCUMENT
    )


def by_hr(agency: SmallAgency, trigger: Trigger, key: str, **fields: Any) -> Command:
    return Command(
        id=key,
        trigger=trigger,
        capacity=Capacity.HR,
        actor=str(agency.officer),
        document=DOCUMENT,
        **fields,
    )


async def _record_behind_the_engine(running: RunningAppraisal, command: Command) -> None:
    """What a worker leaves that dies between the commit and its answer: the record is ahead of the engine."""
    async with running.database.connect() as connection:
        rows = await events_after(connection, running.first.id)
    snapshot = running.first
    for row in rows[1:]:
        snapshot = evolve(snapshot, row.event)
    await Recording(running.database).record(
        {
            "appraisal": dump_appraisal(snapshot),
            "command": dump_command(command),
            "now": THIRD_OF_JANUARY.isoformat(),
            "behind": False,
        }
    )


async def test_an_action_is_acknowledged_with_stage_and_sequence(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    answer = await drafting.act(submit(agency, fingerprint="f00d"))
    assert answer == {"stage": "plan_review", "sequence": 3, "fingerprint": "f00d"}


async def test_a_repeated_action_is_recorded_once(drafting: RunningAppraisal, agency: SmallAgency) -> None:
    first = await drafting.act(submit(agency))
    again = await drafting.act(submit(agency))
    assert first == again
    assert [row.command_id for row in await drafting.events()].count("submit") == 1


async def test_a_refusal_comes_with_its_code_and_leaves_no_event(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    before = len((await drafting.handle.fetch_history()).events)
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await drafting.act(by_rater(agency, Trigger.APPROVE_PLAN, "too-soon"))
    assert isinstance(refused.value.cause, ApplicationError)
    assert refused.value.cause.type == "illegal_transition"
    assert len((await drafting.handle.fetch_history()).events) == before


async def test_after_a_refusal_the_next_action_goes_through(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    assert await drafting.try_to_act(by_rater(agency, Trigger.RATE, "no")) == "illegal_transition"
    assert (await drafting.act(submit(agency)))["stage"] == "plan_review"


async def test_of_thirty_conflicting_actions_at_once_exactly_one_is_recorded(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await asyncio.gather(*(drafting.try_to_act(submit(agency, f"submit-{number}")) for number in range(30)))
    recorded = await drafting.events()
    assert len(recorded) == 3
    winner = recorded[-1].command_id
    body = dump_command(submit(agency, winner))
    body.pop("id")
    answer = await drafting.handle.execute_update(
        "act", {**body, "seen": 2, "recorded": True}, id=winner, result_type=dict
    )
    assert answer["sequence"] == 3


async def test_a_malformed_command_is_refused_and_blocks_nobody(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    with pytest.raises(WorkflowUpdateFailedError):
        await drafting.handle.execute_update("act", {"trigger": "fly", "seen": 2}, id="malformed")
    assert (await drafting.act(submit(agency)))["stage"] == "plan_review"


async def test_an_unknown_update_name_fails_without_blocking(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    with pytest.raises(WorkflowUpdateFailedError):
        await drafting.handle.execute_update("fly", {}, id="unknown")
    assert (await drafting.act(submit(agency)))["stage"] == "plan_review"


async def test_an_action_lost_after_its_commit_is_acknowledged_when_repeated(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await _record_behind_the_engine(drafting, submit(agency))
    drafting.seen = 3
    answer = await drafting.act(submit(agency))
    assert answer["sequence"] == 3
    assert len(await drafting.events()) == 3


async def test_an_engine_that_fell_behind_catches_up_with_the_next_action(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await _record_behind_the_engine(drafting, submit(agency))
    drafting.seen = 3
    answer = await drafting.act(by_rater(agency, Trigger.APPROVE_PLAN, "approve"))
    assert answer == {"stage": "first_half", "sequence": 4, "fingerprint": ""}


async def test_an_engine_that_fell_behind_catches_up_even_with_a_refused_action(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await _record_behind_the_engine(drafting, submit(agency))
    drafting.seen = 3
    assert await drafting.try_to_act(by_rater(agency, Trigger.RATE, "no")) == "illegal_transition"
    assert (await _position(drafting))["sequence"] == 3


async def test_an_engine_that_fell_behind_catches_up_at_its_next_wake(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await _record_behind_the_engine(drafting, submit(agency))
    await drafting.wait_until(THIRD_OF_JANUARY + dt.timedelta(days=10))
    assert (await _position(drafting))["stage"] == "plan_review"
    assert (await drafting.events())[-1].kind in {"acted", "rung_reached"}


async def test_catching_up_on_request_takes_in_what_was_recorded(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await _record_behind_the_engine(drafting, submit(agency))
    assert await drafting.handle.execute_update("catch_up", result_type=int) == 3
    assert await drafting.handle.execute_update("catch_up", result_type=int) == 3


async def test_an_action_sent_while_no_worker_runs_is_carried_out_when_one_comes_back(
    client: Client, database: AsyncEngine, agency: SmallAgency
) -> None:
    async with stage(client, database, agency) as first_hand:
        running = await _drafting(first_hand)
    sent = asyncio.create_task(running.act(submit(agency)))
    await asyncio.sleep(1)
    async with stage(client, database, agency, queue=first_hand.queue):
        answer = await asyncio.wait_for(sent, 30)
    assert answer["stage"] == "plan_review"


async def test_a_workflow_without_a_cache_replays_for_every_action(
    client: Client, database: AsyncEngine, agency: SmallAgency
) -> None:
    async with stage(client, database, agency, cached_workflows=0) as hand:
        running = await _drafting(hand)
        await running.act(submit(agency))
        assert (await running.act(by_rater(agency, Trigger.APPROVE_PLAN, "approve")))["stage"] == "first_half"


async def test_one_timer_runs_at_a_time_and_a_moved_wake_replaces_it(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await drafting.act(submit(agency))
    history = await drafting.handle.fetch_history()
    started = sum(event.HasField("timer_started_event_attributes") for event in history.events)
    ended = sum(
        event.HasField("timer_canceled_event_attributes") or event.HasField("timer_fired_event_attributes")
        for event in history.events
    )
    assert started - ended == 1


async def test_wakes_come_after_the_legal_instant_and_are_recorded_at_it(
    drafting: RunningAppraisal,
) -> None:
    await drafting.wait_until(THIRD_OF_JANUARY + dt.timedelta(days=7))
    reminder = next(row for row in await drafting.events() if row.kind == "rung_reached")
    assert (reminder.at.hour, reminder.at.minute, reminder.at.second) == (1, 0, 0)


async def test_an_extension_replaces_the_rungs_of_the_old_due_day(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    until = dt.date(2026, 3, 31)
    await drafting.act(by_hr(agency, Trigger.EXTEND, "longer", until=until))
    await drafting.wait_until(THIRD_OF_JANUARY + dt.timedelta(days=60))
    assert [row.kind for row in await drafting.events()].count("lapsed") == 0


async def test_a_cancelled_appraisal_ends_its_workflow_and_never_wakes_again(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await drafting.act(by_hr(agency, Trigger.CANCEL, "cancel"))
    assert await asyncio.wait_for(drafting.handle.result(), 20) == "cancelled"
    assert (await drafting.events())[-1].body["trigger"] == "cancel"


async def test_a_suspended_appraisal_stays_listed_and_described(
    drafting: RunningAppraisal, agency: SmallAgency, client: Client
) -> None:
    await drafting.act(by_hr(agency, Trigger.SUSPEND, "suspend"))
    description = await drafting.handle.describe()
    assert description.status is WorkflowExecutionStatus.RUNNING
    listed = [found.id async for found in client.list_workflows(f"WorkflowId = '{drafting.handle.id}'")]
    assert listed in ([drafting.handle.id], [])


async def test_after_the_end_a_known_action_is_answered_and_a_new_one_is_not_found(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    answer = await drafting.act(by_hr(agency, Trigger.CANCEL, "cancel"))
    await drafting.handle.result()
    assert await drafting.act(by_hr(agency, Trigger.CANCEL, "cancel")) == answer
    with pytest.raises(RPCError) as missing:
        await drafting.act(by_hr(agency, Trigger.EXTEND, "late"))
    assert missing.value.status is RPCStatusCode.NOT_FOUND


async def test_operators_read_the_position_but_nobodys_name(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    metadata = await drafting.handle.query("__temporal_workflow_metadata")
    details = metadata.current_details
    assert "plan_drafting" in details
    assert "employee" in details
    assert str(agency.employee) not in details


async def test_no_task_of_the_workflow_fails_on_a_whole_path(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await drafting.act(submit(agency))
    await drafting.act(by_rater(agency, Trigger.APPROVE_PLAN, "approve"))
    await drafting.act(by_hr(agency, Trigger.SUSPEND, "suspend"))
    await drafting.act(by_hr(agency, Trigger.RESUME, "resume"))
    history = await drafting.handle.fetch_history()
    assert not any(event.HasField("workflow_task_failed_event_attributes") for event in history.events)


async def test_continuing_as_new_carries_position_and_clock(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await drafting.act(submit(agency))
    for number in range(700):
        code = await drafting.try_to_act(
            by_rater(agency, Trigger.RETURN_PLAN, f"r{number}")
            if number % 2 == 0
            else submit(agency, f"s{number}")
        )
        assert code is None
    description = await drafting.handle.describe()
    latest = drafting.handle._client.get_workflow_handle(drafting.handle.id)
    assert (await latest.describe()).run_id != drafting.handle.first_execution_run_id
    assert description.id == drafting.handle.id
    assert (await _position(drafting))["sequence"] == 703
