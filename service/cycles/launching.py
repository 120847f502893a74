"""Creates cycles and launches them."""

import datetime as dt
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import (
    Client,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from activities.queues import Queue
from schemes.loading import builtin_names, builtin_scheme, load_scheme
from states.clock import IDENTITY, Clock
from states.codec import Json
from states.rule_context import RuleContext
from states.rules import Rulebook
from states.working_days import NATIONAL_DAYS, WorkingDays
from store.agency.rule_contexts import keep
from store.cycle.calendars import calendar_of, calendar_years
from store.cycle.keeping import add_cycle, zones_of
from store.cycle.selection import EVERYBODY, Selection
from workflows.launching import LaunchWorkflow

FIRST_YEAR, LAST_YEAR = 2019, 2043
"""From PP 30/2019 to the last year whose appraisals end within the calendars."""


USUAL_PACE = 50
"""Appraisals a second unless somebody asks for more: 14 000 people take five minutes, and the engine, which takes
several hundred starts a second, has most of its time left for those who act meanwhile."""

_WHO = "who"
"""The memo that says for whom a launch runs, to be read where no worker answers."""
_ANSWERS_WITHIN = dt.timedelta(seconds=10)


class CycleRefused(ValueError):
    """A cycle cannot be created like this; the text says what to change."""


class WorkingDaysRefused(CycleRefused):
    """Working days of the agency lie outside the years that a cycle's calendar covers.

    ``days`` holds for each the list that it is in and its place there.
    """

    def __init__(self, days: Sequence[tuple[str, int, dt.date]], years: range) -> None:
        self.days = tuple(days)
        self.years = years
        listed = ", ".join(f"{day} ({name})" for name, _, day in days)
        super().__init__(
            f"working_days: {listed}: outside {years[0]} to {years[-1]}, the years that the calendar of "
            "the cycle covers; check the year of the cycle and of the days"
        )


def scheme_named(name: str) -> Rulebook:
    """The scheme of a name that comes with kinerja, or that of the YAML file at a path.

    Raises `SchemeError` for a file with mistakes and `CycleRefused` when there is neither.
    """
    if name in builtin_names():
        return builtin_scheme(name)
    path = Path(name)
    if not path.is_file():
        raise CycleRefused(
            f"scheme: {name!r} is neither a scheme that comes with kinerja ({', '.join(builtin_names())}) "
            "nor a file; give one of these names or the path of a YAML file"
        )
    return load_scheme(path)


async def create_cycle(
    database: AsyncEngine,
    *,
    agency: uuid.UUID,
    name: str,
    year: int,
    book: Rulebook,
    clock: Clock = IDENTITY,
    working_days: WorkingDays = NATIONAL_DAYS,
) -> uuid.UUID:
    """A new cycle of an agency, with its scheme version and the calendar of every zone kept in the store.

    A ``clock`` with segments makes it a rehearsal; ``working_days`` are the agency's own. Raises
    `CycleRefused` for a year out of range or a name in use, `WorkingDaysRefused` for days that no calendar of
    the cycle covers, and `SchemeChanged` when the scheme's version is stored with other rules.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CycleRefused(f"year: {year} is out of range; give a year from {FIRST_YEAR} to {LAST_YEAR}")
    if not 0 < len(name.strip()) <= 120:
        raise CycleRefused("name: give a name of 1 to 120 characters")
    outside = list(working_days.days_outside(calendar_years(year)))
    if outside:
        raise WorkingDaysRefused(outside, calendar_years(year))
    async with database.begin() as transaction:
        zones = await zones_of(transaction, agency)
        if not zones:
            raise CycleRefused("agency: it has no units yet; import its roster first")
        for zone in zones:
            await keep(transaction, RuleContext(book, calendar_of(year, zone, working_days)))
        created = await add_cycle(
            transaction,
            agency=agency,
            name=name.strip(),
            year=year,
            scheme=book.key,
            clock=clock.to_data(),
            working_days=working_days,
        )
    if created is None:
        raise CycleRefused(f"name: the agency has a cycle called {name!r} already; give another name")
    return created


def launch_workflow_id(cycle: uuid.UUID) -> str:
    """The one workflow id of a cycle's launch."""
    return f"launch-{cycle}"


class LaunchRunning(Exception):
    """A launch of the cycle runs already, for the people of ``who``."""

    def __init__(self, who: Selection) -> None:
        self.who = who
        super().__init__("a launch for another selection of people runs")


class NoLaunchRuns(Exception):
    """There is no launch of the cycle that could be paused or resumed."""


async def launch_cycle(
    client: Client,
    cycle: uuid.UUID,
    *,
    who: Selection = EVERYBODY,
    pace: int = 0,
    queue: str = Queue.APPRAISAL,
) -> WorkflowHandle[Any, Json]:
    """Starts the launch for the people of ``who``, or gives the one that runs for the same people.

    ``pace`` is how many appraisals are started a second at most, 0 for as many as possible; a launch that
    runs keeps its own. After its end it may be started again for the rest. Raises `LaunchRunning` while one runs
    for others, and `RPCError` when the engine does not answer.
    """
    wanted = who.to_data()
    while True:
        try:
            return await client.start_workflow(
                LaunchWorkflow.run,
                {"cycle": str(cycle), "pace": pace, **({"who": wanted} if wanted else {})},
                id=launch_workflow_id(cycle),
                task_queue=queue,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
                memo={_WHO: wanted},
                static_summary="peluncuran siklus",
                rpc_timeout=_ANSWERS_WITHIN,
            )
        except WorkflowAlreadyStartedError:
            running = client.get_workflow_handle_for(LaunchWorkflow.run, launch_workflow_id(cycle))
            described = await running.describe()
            if described.status is not WorkflowExecutionStatus.RUNNING:
                continue  # It came to its end in between, so that the way is free.
            present: Json = await described.memo_value(_WHO, {}, type_hint=dict)
            if present != wanted:
                raise LaunchRunning(Selection.from_data(present)) from None
            return running


async def pause_launch(client: Client, cycle: uuid.UUID) -> Json:
    """Lets the launch start nobody further, once its present page is done; returns its progress.

    Harmless when it is paused already. Raises `NoLaunchRuns`, and `RPCError` or `TimeoutError` when engine or
    worker do not answer: it is unknown then whether they will.
    """
    return await _told(client, cycle, "pause")


async def resume_launch(client: Client, cycle: uuid.UUID) -> Json:
    """Lets a paused launch go on; otherwise like `pause_launch`."""
    return await _told(client, cycle, "resume")


async def _told(client: Client, cycle: uuid.UUID, update: str) -> Json:
    handle = client.get_workflow_handle(launch_workflow_id(cycle))
    try:
        progress: Json = await handle.execute_update(update, result_type=dict, rpc_timeout=_ANSWERS_WITHIN)
    except WorkflowUpdateRPCTimeoutOrCancelledError as error:
        raise TimeoutError(f"the launch did not answer to {update}") from error
    except WorkflowUpdateFailedError as error:
        raise NoLaunchRuns from error
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise NoLaunchRuns from error
        raise
    return progress
