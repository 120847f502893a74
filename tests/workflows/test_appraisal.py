"""The workflow follows the record: steps, gaps, forgeries, timers, and what it does when it cannot look."""

import asyncio
import datetime as dt
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.common import RawValue
from temporalio.worker import UnsandboxedWorkflowRunner

from states.commands import Command
from states.following import Position, step_text
from states.stages import Capacity, Stage
from states.triggers import Trigger
from tests.fixtures.agency import SmallAgency, build_agency
from tests.workflows.running import RunningAppraisal, Stagehand, stage
from workflows import appraisal

pytestmark = [pytest.mark.database, pytest.mark.engine]

THIRD_OF_JANUARY = dt.datetime(2026, 1, 3, 3, tzinfo=dt.UTC)
FAR = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)


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
    assert (await running.position())["sequence"] == 2
    return running


def by(agency: SmallAgency, capacity: Capacity, trigger: Trigger, key: str = "", **fields: Any) -> Command:
    actors = {
        Capacity.EMPLOYEE: agency.employee,
        Capacity.RATER: agency.rater,
        Capacity.HR: agency.officer,
    }
    return Command(
        id=key or uuid.uuid4().hex,
        trigger=trigger,
        capacity=capacity,
        actor=str(actors[capacity]),
        document="a" * 64,
        **fields,
    )


def submitting(agency: SmallAgency) -> Command:
    return by(agency, Capacity.EMPLOYEE, Trigger.SUBMIT_PLAN)


def returning(agency: SmallAgency) -> Command:
    return by(agency, Capacity.RATER, Trigger.RETURN_PLAN)


def approving(agency: SmallAgency) -> Command:
    return by(agency, Capacity.RATER, Trigger.APPROVE_PLAN)


def cancelling(agency: SmallAgency) -> Command:
    return by(agency, Capacity.HR, Trigger.CANCEL)


async def looks(running: RunningAppraisal) -> int:
    """How often the workflow has asked the record."""
    history = await running.handle.fetch_history()
    return sum(event.HasField("marker_recorded_event_attributes") for event in history.events)


async def forge(running: RunningAppraisal, *told: Any) -> None:
    """Somebody at the engine's port sends the signal."""
    await running.handle.signal("followed", args=list(told))


async def until_stage(running: RunningAppraisal, wanted: str) -> None:
    async with asyncio.timeout(30):
        while (await running.position())["stage"] != wanted:  # noqa: ASYNC110  # asked of a server
            await asyncio.sleep(0.05)


async def until_sure(running: RunningAppraisal, looked: int) -> None:
    """Returns once the workflow has looked more often than before, and is sure again."""
    async with asyncio.timeout(30):
        while await looks(running) <= looked or (await running.position())["unsure"]:  # noqa: ASYNC110  # asked of a server
            await asyncio.sleep(0.05)


async def test_a_step_that_continues_what_is_known_is_taken_without_a_look(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    before = await looks(drafting)
    await drafting.act(submitting(agency))
    position = await drafting.position()
    assert (position["stage"], position["sequence"]) == ("plan_review", 3)
    assert await looks(drafting) == before


async def test_the_same_step_told_twice_changes_nothing_and_asks_nothing(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    case = await drafting.record(submitting(agency))
    await drafting.tell(case)
    before, looked = await drafting.position(), await looks(drafting)
    await drafting.tell_only(case)
    await asyncio.sleep(0.5)
    assert await drafting.position() == before
    assert await looks(drafting) == looked


async def test_a_gap_makes_the_workflow_ask_the_record(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    looked = await looks(drafting)
    await drafting.record(submitting(agency))
    await drafting.tell(await drafting.record(returning(agency)))
    position = await drafting.position()
    assert (position["stage"], position["sequence"]) == ("plan_drafting", 4)
    assert await looks(drafting) == looked + 1


async def test_an_older_step_that_comes_late_leaves_the_workflow_where_the_record_is(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    late = await drafting.record(submitting(agency))
    await drafting.tell(await drafting.record(returning(agency)))
    looked = await looks(drafting)
    await drafting.tell_only(late)
    await until_sure(drafting, looked)
    assert (await drafting.position())["sequence"] == 4


async def test_steps_that_come_in_the_other_order_end_where_the_record_is(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    first = await drafting.record(submitting(agency))
    second = await drafting.record(approving(agency))
    await drafting.tell_only(second)
    await drafting.tell(first)
    await until_stage(drafting, "first_half")
    assert (await drafting.position())["sequence"] == 4


async def test_a_step_that_was_never_told_is_found_at_the_next_wake(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await drafting.record(submitting(agency))
    await drafting.wait_until(THIRD_OF_JANUARY + dt.timedelta(days=10))
    assert (await drafting.position())["stage"] == "plan_review"


@pytest.mark.parametrize(
    "told",
    (
        "nonsense",
        "",
        "3 plan_review 2026-01-31 - 2 2",
        "99 finalised - - 2",
        "-3 plan_review - - 2",
        "3 no_stage - - 2",
        "3 plan_review 31-01-2026 - 2",
        "3 plan_review - 2026-01-31T00:00:00 2",
        "9999999999999999999999 plan_review - - 1",
        "3 finalised - - 2",
        3,
        None,
        ["3 plan_review - - 2"],
        {"sequence": 3},
    ),
    ids=str,
)
async def test_what_is_no_next_step_makes_the_workflow_look_and_find_nothing(
    drafting: RunningAppraisal, told: Any
) -> None:
    before, looked = await drafting.position(), await looks(drafting)
    await forge(drafting, told)
    await until_sure(drafting, looked)
    assert await drafting.position() == before
    assert len(await drafting.events()) == 2


async def test_a_forged_end_is_not_believed(drafting: RunningAppraisal, agency: SmallAgency) -> None:
    await forge(drafting, step_text(2, Position(3, Stage.CANCELLED)))
    await until_stage(drafting, "plan_drafting")
    assert not await drafting.is_closed()


async def test_a_forged_step_with_a_far_wake_gives_way_to_the_true_one(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await forge(drafting, step_text(2, Position(3, Stage.PLAN_REVIEW, None, FAR)))
    await until_stage(drafting, "plan_review")
    await drafting.tell_only(await drafting.told_anew())
    await until_stage(drafting, "plan_drafting")
    assert (await drafting.position())["wake"] < FAR.isoformat()


@pytest.mark.parametrize("arguments", ((), ("a", "b", "c"), ({"deep": [1, {"er": None}]},)), ids=str)
async def test_a_signal_of_another_form_wedges_nothing(
    drafting: RunningAppraisal, agency: SmallAgency, arguments: tuple[Any, ...]
) -> None:
    await forge(drafting, *arguments)
    await drafting.act(submitting(agency))
    assert (await drafting.position())["stage"] == "plan_review"


async def test_a_run_under_the_name_of_no_case_ends_by_itself(hand: Stagehand) -> None:
    for name in (f"appraisal-{uuid.uuid4()}", "appraisal-", "x", "appraisal-' OR 1=1"):
        handle = await hand.client.start_workflow(
            "FollowedAppraisal", id=f"{name}", task_queue=hand.queue, result_type=str
        )
        assert await asyncio.wait_for(handle.result(), 20) == "unknown"


@pytest.mark.parametrize("start", (7, {"a": 1}, "99 finalised - -", "1 scheduled - nonsense"), ids=str)
async def test_a_run_begun_with_nonsense_asks_the_record(hand: Stagehand, start: Any) -> None:
    handle = await hand.client.start_workflow(
        "FollowedAppraisal", start, id=f"appraisal-{uuid.uuid4()}", task_queue=hand.queue, result_type=str
    )
    assert await asyncio.wait_for(handle.result(), 20) == "unknown"


async def test_a_run_that_is_asked_to_stop_goes_on(drafting: RunningAppraisal, agency: SmallAgency) -> None:
    await drafting.handle.cancel()
    await drafting.act(submitting(agency))
    assert (await drafting.position())["stage"] == "plan_review"


async def test_signals_that_nobody_can_read_wedge_nothing(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    unreadable = Payload(metadata={"encoding": b"binary/unheard-of"}, data=b"\x00\xff")
    broken = Payload(metadata={"encoding": b"json/plain"}, data=b"{")
    for payload in (unreadable, broken):
        await forge(drafting, RawValue(payload))
    await drafting.act(submitting(agency))
    assert (await drafting.position())["stage"] == "plan_review"


async def test_one_timer_runs_at_a_time_and_a_moved_wake_replaces_it(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await drafting.act(submitting(agency))
    history = await drafting.handle.fetch_history()
    started = sum(event.HasField("timer_started_event_attributes") for event in history.events)
    ended = sum(
        event.HasField("timer_canceled_event_attributes") or event.HasField("timer_fired_event_attributes")
        for event in history.events
    )
    assert started - ended == 1


async def test_a_wake_that_stays_keeps_its_timer(drafting: RunningAppraisal, agency: SmallAgency) -> None:
    before = (await drafting.handle.fetch_history()).events
    handed = {"assignee": str(agency.superior), "assigned_capacity": Capacity.RATER}
    await drafting.act(by(agency, Capacity.HR, Trigger.REASSIGN, **handed))
    after = (await drafting.handle.fetch_history()).events
    assert not any(
        event.HasField("timer_canceled_event_attributes") or event.HasField("timer_started_event_attributes")
        for event in after[len(before) :]
    )


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
    await drafting.act(by(agency, Capacity.HR, Trigger.EXTEND, until=until))
    await drafting.wait_until(THIRD_OF_JANUARY + dt.timedelta(days=60))
    assert [row.kind for row in await drafting.events()].count("lapsed") == 0


async def test_a_cancelled_appraisal_ends_its_workflow_and_never_wakes_again(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await drafting.act(cancelling(agency))
    assert await asyncio.wait_for(drafting.handle.result(), 20) == "cancelled"
    assert (await drafting.events())[-1].body["trigger"] == "cancel"


async def test_a_case_that_is_closed_and_reopened_before_the_engine_hears_of_it_goes_on(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await _finalise_on_record(drafting, agency)
    await drafting.tell(await drafting.record(by(agency, Capacity.HR, Trigger.REOPEN)))
    assert (await drafting.position())["stage"] == "rating"


async def test_a_reopened_case_gets_a_run_of_its_own(drafting: RunningAppraisal, agency: SmallAgency) -> None:
    await _finalise_on_record(drafting, agency)
    await drafting.tell_only(await drafting.told_anew())
    assert await asyncio.wait_for(drafting.handle.result(), 20) == "finalised"
    first_run = drafting.run
    await drafting.tell(await drafting.record(by(agency, Capacity.HR, Trigger.REOPEN)))
    assert (await drafting.position())["stage"] == "rating"
    assert drafting.run != first_run


async def test_an_end_told_of_a_case_that_was_reopened_since_does_not_end_the_run(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    closing = await _finalise_on_record(drafting, agency)
    await drafting.record(by(agency, Capacity.HR, Trigger.REOPEN))
    await drafting.tell_only(closing)
    await until_stage(drafting, "rating")
    assert not await drafting.is_closed()


async def test_a_case_whose_record_is_damaged_waits_and_goes_on_once_it_is_mended(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    damage = "UPDATE appraisal SET snapshot = jsonb_set(snapshot, '{rulebook}', CAST(:book AS jsonb))"
    whole = (await drafting.snapshot()).rulebook
    await _run(drafting.database, damage, book='"gone@1"')
    await forge(drafting, "look")
    async with asyncio.timeout(30):
        while not (await drafting.position())["failures"]:  # noqa: ASYNC110  # asked of a server
            await asyncio.sleep(0.05)
    trouble = "SELECT trouble FROM following WHERE appraisal_id = :id"
    assert await _value(drafting.database, trouble, id=drafting.id) == "RulesUnknown"
    await _run(drafting.database, damage, book=f'"{whole}"')
    async with asyncio.timeout(60):
        while (await drafting.position())["unsure"]:  # noqa: ASYNC110  # asked of a server
            await asyncio.sleep(0.1)
    assert await _value(drafting.database, trouble, id=drafting.id) == ""


async def test_word_from_the_record_ends_the_wait_after_a_failed_look(
    client: Client, database: AsyncEngine, agency: SmallAgency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appraisal, "FIRST_WAIT", dt.timedelta(minutes=8))
    # A sandbox would have its own copy of what is changed here.
    async with stage(client, database, agency, runner=UnsandboxedWorkflowRunner) as hand:
        running = await _drafting(hand)
        await _run(database, "UPDATE appraisal SET snapshot = '{}'")
        for failures in (1, 2, 3):
            await forge(running, "look")
            async with asyncio.timeout(30):
                while (await running.position())["failures"] < failures:  # noqa: ASYNC110  # asked of a server
                    await asyncio.sleep(0.05)


async def test_no_task_of_the_workflow_fails_while_its_record_is_damaged(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await _run(drafting.database, "UPDATE appraisal SET snapshot = '{}'")
    await forge(drafting, "look")
    async with asyncio.timeout(30):
        while (await drafting.position())["failures"] < 2:  # noqa: ASYNC110  # asked of a server
            await asyncio.sleep(0.1)
    history = await drafting.handle.fetch_history()
    assert not any(event.HasField("workflow_task_failed_event_attributes") for event in history.events)


async def test_a_workflow_without_a_cache_replays_for_every_step(
    client: Client, database: AsyncEngine, agency: SmallAgency
) -> None:
    async with stage(client, database, agency, cached_workflows=0) as hand:
        running = await _drafting(hand)
        await running.act(submitting(agency))
        await running.act(approving(agency))
        assert (await running.position())["stage"] == "first_half"


async def test_a_step_told_while_no_worker_runs_is_taken_when_one_comes_back(
    client: Client, database: AsyncEngine, agency: SmallAgency
) -> None:
    async with stage(client, database, agency) as first_hand:
        running = await _drafting(first_hand)
    await running.tell_only(await running.record(submitting(agency)))
    async with stage(client, database, agency, queue=first_hand.queue):
        await until_stage(running, "plan_review")


async def test_a_suspended_appraisal_stays_listed_and_described(
    drafting: RunningAppraisal, agency: SmallAgency, client: Client
) -> None:
    await drafting.act(by(agency, Capacity.HR, Trigger.SUSPEND))
    description = await drafting.handle.describe()
    assert description.status is WorkflowExecutionStatus.RUNNING
    listed = [found.id async for found in client.list_workflows(f"WorkflowId = '{drafting.handle.id}'")]
    assert listed in ([drafting.handle.id], [])


async def test_operators_read_stage_holder_and_due_day_but_nobodys_name(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    metadata = await drafting.handle.query("__temporal_workflow_metadata")
    details = metadata.current_details
    assert "plan_drafting" in details
    assert "employee" in details
    assert "2026-01-20" in details
    assert str(agency.employee) not in details


async def test_no_task_of_the_workflow_fails_on_a_whole_path(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    await drafting.act(submitting(agency))
    await drafting.act(approving(agency))
    await drafting.act(by(agency, Capacity.HR, Trigger.SUSPEND))
    await drafting.act(by(agency, Capacity.HR, Trigger.RESUME))
    history = await drafting.handle.fetch_history()
    assert not any(event.HasField("workflow_task_failed_event_attributes") for event in history.events)


async def test_continuing_as_new_carries_the_position(
    drafting: RunningAppraisal, agency: SmallAgency
) -> None:
    first_run = drafting.run
    for number in range(1_100):
        await forge(drafting, str(number))
        if number % 50 == 0:
            await until_stage(drafting, "plan_drafting")
    async with asyncio.timeout(60):
        while (await drafting.handle.describe()).run_id == first_run:
            await forge(drafting, "once more")
            await asyncio.sleep(0.1)
    await drafting.tell(await drafting.record(submitting(agency)))
    assert (await drafting.position())["sequence"] == 3


async def _finalise_on_record(running: RunningAppraisal, agency: SmallAgency) -> Any:
    case = None
    for capacity, trigger in (
        (Capacity.EMPLOYEE, Trigger.SUBMIT_PLAN),
        (Capacity.RATER, Trigger.APPROVE_PLAN),
        (Capacity.HR, Trigger.OPEN_CHECK_IN),
        (Capacity.EMPLOYEE, Trigger.SUBMIT_CHECK_IN),
        (Capacity.RATER, Trigger.REVIEW_CHECK_IN),
        (Capacity.HR, Trigger.OPEN_CHECK_IN),
        (Capacity.EMPLOYEE, Trigger.SUBMIT_CHECK_IN),
        (Capacity.RATER, Trigger.REVIEW_CHECK_IN),
        (Capacity.HR, Trigger.OPEN_EVALUATION),
        (Capacity.EMPLOYEE, Trigger.SUBMIT_SELF_ASSESSMENT),
        (Capacity.RATER, Trigger.RATE),
        (Capacity.RATER, Trigger.DELIVER_RESULT),
        (Capacity.EMPLOYEE, Trigger.AGREE),
        (Capacity.RATER, Trigger.FINALISE),
    ):
        case = await running.record(by(agency, capacity, trigger))
    return case


async def _run(database: AsyncEngine, statement: str, **parameters: Any) -> None:
    async with database.begin() as connection:
        await connection.execute(text(statement), parameters)


async def _value(database: AsyncEngine, query: str, **parameters: Any) -> Any:
    async with database.connect() as connection:
        return await connection.scalar(text(query), parameters)
