"""Starts, pauses, resumes and follows launches for personnel officers."""

import datetime as dt
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowQueryFailedError, WorkflowQueryRejectedError
from temporalio.service import RPCError

from service.accounts.tokens import Identity
from service.cycles.checking import require_cycle
from service.launches.launching import (
    LaunchRunning,
    NoLaunchRuns,
    launch_cycle,
    launch_workflow_id,
    pause_launch,
    resume_launch,
)
from service.launches.reading import progress_on_record
from service.launches.request import NewLaunch
from service.launches.schemas import LaunchProgress
from service.launches.selecting import require_known
from service.problems import LaunchNotRunning, OtherLaunchRunning, OutcomeUnknown
from states.codec import Json
from store.database import autocommit
from translations import Locale

PROGRESS_TIMEOUT = dt.timedelta(seconds=2)

_log = structlog.get_logger(__name__)


class Launches:
    """Starts and steers launches; one for each process."""

    def __init__(self, database: AsyncEngine, client: Client) -> None:
        self._reading = autocommit(database)
        self._client = client

    async def start(
        self, identity: Identity, cycle: uuid.UUID, wanted: NewLaunch, locale: Locale
    ) -> LaunchProgress:
        """Starts the launch unless it runs, and returns its progress.

        Raises `HrOnly`, `NotFound`, `Invalid`, `OtherLaunchRunning`, and `OutcomeUnknown` if the engine is away.
        """
        async with self._reading.connect() as connection:
            await require_cycle(connection, cycle, identity)
            await require_known(connection, identity.agency, wanted.selection())
            await self._launch(cycle, wanted)
            return await progress_on_record(connection, cycle, locale)

    async def progress(self, identity: Identity, cycle: uuid.UUID, locale: Locale) -> LaunchProgress:
        """The progress by the record, and by the workflow if that answers. Raises `HrOnly`, `NotFound`."""
        async with self._reading.connect() as connection:
            await require_cycle(connection, cycle, identity)
            progress = await progress_on_record(connection, cycle, locale)
        return progress.model_copy(update={"engine": await self._told(cycle)})

    async def pause(self, identity: Identity, cycle: uuid.UUID, locale: Locale) -> LaunchProgress:
        """Pauses the launch. Raises `HrOnly`, `NotFound`, `LaunchNotRunning` and `OutcomeUnknown`."""
        return await self._steer(pause_launch, identity, cycle, locale)

    async def resume(self, identity: Identity, cycle: uuid.UUID, locale: Locale) -> LaunchProgress:
        """Lets a paused launch go on. Raises the errors of `pause`."""
        return await self._steer(resume_launch, identity, cycle, locale)

    async def _steer(
        self,
        steer: Callable[[Client, uuid.UUID], Awaitable[Json]],
        identity: Identity,
        cycle: uuid.UUID,
        locale: Locale,
    ) -> LaunchProgress:
        async with self._reading.connect() as connection:
            await require_cycle(connection, cycle, identity)
        try:
            told = await steer(self._client, cycle)
        except NoLaunchRuns:
            raise LaunchNotRunning from None
        except (RPCError, RuntimeError, TimeoutError) as error:
            _log.warning("launch_not_answering", error=type(error).__name__)
            raise OutcomeUnknown from error
        async with self._reading.connect() as connection:
            progress = await progress_on_record(connection, cycle, locale)
        return progress.model_copy(update={"engine": told})

    async def _launch(self, cycle: uuid.UUID, wanted: NewLaunch) -> None:
        try:
            await launch_cycle(self._client, cycle, who=wanted.selection(), pace=wanted.pace)
        except LaunchRunning as running:
            raise OtherLaunchRunning(who=running.who.describe()) from running
        except (RPCError, RuntimeError) as error:
            _log.warning("engine_unavailable", error=type(error).__name__)
            raise OutcomeUnknown from error

    async def _told(self, cycle: uuid.UUID) -> dict[str, Any] | None:
        """The progress that the workflow reports; None if it does not answer."""
        try:
            handle = self._client.get_workflow_handle(launch_workflow_id(cycle))
            told: dict[str, Any] = await handle.query(
                "progress", result_type=dict, rpc_timeout=PROGRESS_TIMEOUT
            )
        except (RPCError, RuntimeError, WorkflowQueryFailedError, WorkflowQueryRejectedError) as error:
            # The record has the answer too, so a missing launch or an engine that is away is no problem here.
            _log.info("launch_not_answering", error=type(error).__name__)
            return None
        return told
