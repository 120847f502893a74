"""What a full year leaves in the engine's history: eight commands and fourteen wakes, on the real engine."""

import asyncio
import datetime as dt
import uuid
from collections import Counter

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory
from temporalio.worker import UnsandboxedWorkflowRunner

from activities.queues import Queue
from states.agenda import agenda
from states.commands import Command
from states.rule_context import RuleContext
from states.simulation import ScriptedCommand, Simulation
from states.stages import Capacity
from states.triggers import Trigger
from tests.bench.figures import Figure
from tests.bench.house import house
from tests.fixtures.agency import build_agency
from tests.fixtures.cases import LAUNCHED_AT
from tests.states.builders import NATIONAL
from tests.workflows.running import RunningAppraisal, stage

YEAR = (
    (4, Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE),
    (1, Trigger.APPROVE_PLAN, Capacity.RATER),
    (3, Trigger.SUBMIT_CHECK_IN, Capacity.EMPLOYEE),
    (1, Trigger.REVIEW_CHECK_IN, Capacity.RATER),
    (2, Trigger.SUBMIT_SELF_ASSESSMENT, Capacity.EMPLOYEE),
    (1, Trigger.RATE, Capacity.RATER),
    (0, Trigger.DELIVER_RESULT, Capacity.RATER),
    (0, Trigger.AGREE, Capacity.EMPLOYEE),
)
"""Each command, and how many wakes go by before it: the stage's opening, and reminders."""

OF_THE_CLOCK = frozenset({"OPTIONS_UPDATED", "TIME_SKIPPING_TRANSITIONED"})
"""What virtual time leaves in a history; no real run has such events."""

A_WHILE = dt.timedelta(minutes=11)
"""Longer than the jitter of a wake."""


async def measure(quick: bool) -> list[Figure]:
    """Events and bytes, in all and by kind of event."""
    async with house(dynamic_configuration={"frontend.WorkflowTimeSkippingEnabled": True}) as home:
        # One check-in, as when this was first measured: the figures of years stay comparable.
        agency = await build_agency(home.database, book=NATIONAL)
        async with stage(
            home.client, home.database, agency, runner=UnsandboxedWorkflowRunner, queue=Queue.APPRAISAL
        ) as hand:
            running = await hand.launch(at=LAUNCHED_AT)
            await _live(running, str(agency.rater), Simulation(running.first), agency.rules)
            history = await running.handle.fetch_history()
    return _figures(history)


async def _live(running: RunningAppraisal, rater: str, plan: Simulation, rules: RuleContext) -> None:
    """Lives the year on the engine, led by the pure core, which knows when the next wake is."""
    await _at_rest(running)
    for wakes, trigger, capacity in YEAR:
        for _ in range(wakes):
            await _wake(running, plan, rules)
        actor = running.first.employee if capacity is Capacity.EMPLOYEE else rater
        command = Command(
            id=str(uuid.uuid4()), trigger=trigger, capacity=capacity, actor=actor, document="d" * 64
        )
        await running.tell_only(await running.record(command))
        await _at_rest(running)
        plan.give(ScriptedCommand(running.business_now, command), rules)
    while agenda(plan.appraisal, rules) is not None:
        await _wake(running, plan, rules)
    await running.handle.result()


async def _at_rest(running: RunningAppraisal) -> None:
    """Returns once no task of the workflow is left. Nobody queries it: that may cost a task of its own."""
    async with asyncio.timeout(60):
        while (await running.handle.describe()).raw_description.HasField("pending_workflow_task"):  # noqa: ASYNC110  # asked of a server
            await asyncio.sleep(0.02)


async def _wake(running: RunningAppraisal, plan: Simulation, rules: RuleContext) -> None:
    moment = agenda(plan.appraisal, rules)
    if moment is None:
        raise RuntimeError(f"nothing wakes the appraisal in {plan.appraisal.stage}")
    await running.wait_until(moment + A_WHILE)
    await _at_rest(running)
    plan.wake(running.business_now, rules)


def _words(event: HistoryEvent) -> int:
    """Bytes that are this project's own words: positions told and answered. The rest is the engine's and its SDK's."""
    answered = event.marker_recorded_event_attributes.details["result"].payloads
    told = event.workflow_execution_signaled_event_attributes.input.payloads
    return sum(len(payload.data) for payload in (*answered, *told))


def _figures(history: WorkflowHistory) -> list[Figure]:
    events, sizes = Counter[str](), Counter[str]()
    own = 0
    for event in history.events:
        name = EventType.Name(event.event_type)
        kind = name.removeprefix("EVENT_TYPE_").removeprefix("WORKFLOW_EXECUTION_")
        if kind not in OF_THE_CLOCK:
            events[kind] += 1
            sizes[kind] += event.ByteSize()
            own += _words(event)
    commands, wakes = events["SIGNALED"], events["TIMER_FIRED"]
    floor = 5 + 6 * commands + 6 * wakes
    year = f"{commands} commands, {wakes} wakes"
    return [
        Figure("history", f"{year}: events", "events", events.total(), floor, "≤ 1.0 × floor"),
        Figure(
            "history", f"{year}: size", "KB", sizes.total() / 1024, (sizes.total() - own) / 1024, "≤ 12 KB"
        ),
        *(
            Figure("history", f"{kind.lower().replace('_', ' ')} ({events[kind]})", "KB", size / 1024)
            for kind, size in sizes.most_common(8)
        ),
    ]
