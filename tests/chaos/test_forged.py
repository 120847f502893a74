"""Nothing that arrives at the engine's port decides anything, and nothing that arrives there stops a case."""

import asyncio
import datetime as dt
import gc
import uuid
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import (
    Client,
    WorkflowExecutionStatus,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
)

from activities.starting import APPRAISAL_WORKFLOW
from service.temporal.registry import appraisal_worker
from states.clock import Clock
from tests.chaos.engine_findings import of_tasks_failing
from tests.chaos.port import BARE, BROKEN, GARBAGE, PLAUSIBLE, UNREADABLE, Port
from tests.fixtures.agency import build_agency

pytestmark = [
    pytest.mark.engine,
    pytest.mark.database,
    pytest.mark.timeout(120),
    # What the SDK leaves behind of a run that could not even begin.
    pytest.mark.filterwarnings("ignore:coroutine '_WorkflowInstanceImpl"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

DRAFTING = dt.datetime(2026, 1, 3, 3, tzinfo=dt.UTC)
REMINDED = dt.datetime(2026, 1, 8, 1, tzinfo=dt.UTC)
"""The first reminder of the plan, seven working days before it is due."""
_UNREADABLE = ((UNREADABLE,), (BARE,), (BROKEN,))
"""Input that no worker can decode: the run never gets so far as to ask the record."""
RATE = 600.0
"""Ten minutes a second: wakes of one instant lie within a second, and the reminder is half an hour away."""


async def _port(client: Client, database: AsyncEngine, employees: int, now: dt.datetime = DRAFTING) -> Port:
    clock = Clock.from_data([[dt.datetime.now(dt.UTC).isoformat(), now.isoformat(), RATE]])
    agency = await build_agency(database, employees=employees, clock=clock.to_data())
    port = Port(client, database, agency, f"forged-{uuid.uuid4()}", clock)
    await port.create()
    return port


@pytest.fixture
async def port(client: Client, database: AsyncEngine) -> AsyncIterator[Port]:
    """As many cases as there are forgeries, and a worker."""
    port = await _port(client, database, max(len(GARBAGE), len(PLAUSIBLE)))
    async with appraisal_worker(client, database, queue=port.queue):
        yield port
    gc.collect()


async def _under_way(port: Port) -> list[tuple[object, ...]]:
    """The events, once the plans may be drafted."""
    await port.tell()
    await _until(port, 2 * len(port.cases))
    assert await port.not_in_line() == []
    return list(await port.events())


async def _until(port: Port, events: int) -> None:
    """Returns once so many events are on record, and no more."""
    for _ in range(200):
        if len(await port.events()) >= events:
            break
        await asyncio.sleep(0.1)
    assert len(await port.events()) == events


async def test_a_signal_that_nobody_would_send_changes_nothing(port: Port) -> None:
    before = await _under_way(port)
    await asyncio.gather(*map(port.signal, port.cases, GARBAGE))
    assert await port.not_in_line() == []
    assert await of_tasks_failing(port.client, port.cases) == []
    assert await port.events() == before


async def test_a_plausible_step_changes_no_event_and_the_next_true_word_puts_it_right(port: Port) -> None:
    before = await _under_way(port)
    forged = port.cases[: len(PLAUSIBLE)]
    for _ in range(2):
        await asyncio.gather(
            *(port.signal(case, [step]) for case, step in zip(forged, PLAUSIBLE, strict=True))
        )
    assert await of_tasks_failing(port.client, forged) == []
    await port.tell_all()
    assert await port.not_in_line() == []
    assert await of_tasks_failing(port.client, port.cases) == []
    assert await port.events() == before


async def test_a_forged_step_to_the_far_future_is_put_right_once_the_true_wake_is_due(
    client: Client, database: AsyncEngine
) -> None:
    port = await _port(client, database, 1, REMINDED - 12 * dt.timedelta(seconds=RATE))
    async with appraisal_worker(client, database, queue=port.queue):
        before = await _under_way(port)
        [case] = port.cases
        await port.signal(case, ["3 plan_drafting 2099-01-20 2099-01-13T01:00:00Z 2"])
        await asyncio.sleep((port.clock.real(REMINDED) - dt.datetime.now(dt.UTC)).total_seconds() + 1.5)
        position = await port.handle(case).query("position", result_type=dict)
        assert (position["sequence"], await port.events()) == (3, before)
        assert await port.sweeper.mark_overdue() == 0
        await port.make_overdue([case])
        assert await port.sweeper.mark_overdue() == 1
        await port.tell()
        await _until(port, len(before) + 1)
        assert await port.not_in_line() == []
        assert [event[2] for event in await port.events()][len(before) :] == ["rung_reached"]


async def test_a_start_under_the_name_of_a_case_does_not_keep_it_from_being_followed(port: Port) -> None:
    starts = [
        *GARBAGE,
        ("1 scheduled - 2099-01-01T00:00:00Z",),
        ("7 plan_review 2099-01-31 2099-01-24T01:00:00Z",),
    ][-len(port.cases) :]
    await asyncio.gather(*map(port.start, port.cases, starts))
    await port.tell()
    unreadable = [case for case, start in zip(port.cases, starts, strict=True) if start in _UNREADABLE]
    assert await port.not_in_line([case for case in port.cases if case not in unreadable]) == []
    await _replaced(port, unreadable)
    await _until(port, 2 * len(port.cases))


async def _replaced(port: Port, wedged: list[uuid.UUID]) -> None:
    """Once they have missed their moment, they are told of again, and the patrol replaces those that do not hear."""
    replaced = 0
    for _ in range(60):
        await port.make_overdue(wedged)
        await port.sweeper.mark_overdue()
        await port.tell()
        replaced += await port.patrol.replace_wedged()
        if replaced >= len(wedged):
            break
        # Each signal lets the engine count the attempts from one.
        await asyncio.sleep(0.5)
    await port.tell()
    assert await port.not_in_line() == []
    assert await of_tasks_failing(port.client, port.cases) == []


async def test_what_holds_the_name_of_a_case_and_cannot_follow_it_is_replaced(port: Port) -> None:
    cases = iter(port.cases)
    wedged = elsewhere, unknown, launch, operation = [next(cases) for _ in range(4)]
    later, again, short = (next(cases) for _ in range(3))
    await port.start(elsewhere, [], task_queue=f"elsewhere-{uuid.uuid4()}")
    await port.start(unknown, [], kind="Nobody")
    await port.start(launch, ["nonsense"], kind="Launch")
    await port.start(operation, [{}], kind="Operation")
    await port.start(later, [], start_delay=dt.timedelta(days=3_650))
    await port.start(again, [], cron_schedule="0 0 1 1 *")
    await port.start(short, [], execution_timeout=dt.timedelta(seconds=1))
    await port.tell()
    await asyncio.sleep(1.5)
    # It was told of in time, and ended all the same.
    await port.make_overdue([short])
    await _replaced(port, wedged)
    await _until(port, 2 * len(port.cases))


async def test_a_workflow_that_was_ended_from_outside_is_started_again_once_it_is_due(port: Port) -> None:
    before = await _under_way(port)
    await port.handle(port.cases[0]).terminate("forged")
    await port.handle(port.cases[1]).cancel()
    await port.make_overdue(port.cases[:2])
    await port.sweeper.mark_overdue()
    await port.tell()
    assert await port.not_in_line() == []
    assert await port.events() == before


async def test_strays_are_ended_and_the_cases_go_on(port: Port) -> None:
    before = await _under_way(port)
    strays = {
        f"appraisal-{uuid.uuid4()}": "Nobody",
        f"appraisal-{port.cases[0]}-again": "Nobody",
        f"APPRAISAL-{port.cases[0]}": APPRAISAL_WORKFLOW,
        f"appraisal-{port.cases[0].hex}": APPRAISAL_WORKFLOW,
        "no-case": "Nobody",
        "x" * 900: "Nobody",
        "Peluncuran 🚀": "Appraisal",
    }
    for name, kind in strays.items():
        await port.start(port.cases[0], ["1 scheduled - 2099-01-01T00:00:00Z"], kind=kind, id=name)
    await port.start(port.cases[0], [UNREADABLE], id=f"appraisal-{uuid.uuid4()}")
    ended = 0
    for _ in range(50):
        ended += await port.patrol.end_strays()
        if ended > len(strays):
            break
        # The engine's list of what runs is a little late.
        await asyncio.sleep(0.2)
    assert (ended, await port.patrol.end_strays()) == (len(strays) + 1, 0)
    for name in strays:
        described = await port.client.get_workflow_handle(name).describe()
        assert described.status is WorkflowExecutionStatus.TERMINATED
    assert await port.not_in_line() == []
    assert await port.events() == before


async def test_a_start_for_a_case_that_is_not_on_record_ends_by_itself(port: Port) -> None:
    case = uuid.uuid4()
    await port.start(case, [])
    assert await port.handle(case).result() == "unknown"


async def test_updates_and_queries_that_do_not_exist_are_refused(port: Port) -> None:
    before = await _under_way(port)
    handle = port.handle(port.cases[0])
    for name in ("act", "catch_up", "followed"):
        with pytest.raises(WorkflowUpdateFailedError):
            await handle.execute_update(name, args=["forged"])
    with pytest.raises(WorkflowQueryFailedError):
        await handle.query("decide", args=["forged"])
    await handle.signal("act", args=["forged"])
    assert await port.not_in_line() == []
    assert await of_tasks_failing(port.client, port.cases) == []
    assert await port.events() == before
