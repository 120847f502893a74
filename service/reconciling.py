"""Brings the engine in line with the record: after a crash, a restored backup or a lost engine store."""

import asyncio
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError, RPCStatusCode

from activities.queues import Queue
from activities.starting import (
    APPRAISAL_WORKFLOW,
    AppraisalStart,
    appraisal_workflow_id,
    start_options,
)
from states.codec import load_appraisal
from store.agency.regimes import regime_of
from store.appraisal.reconciling import OpenAppraisal

AT_ONCE = 16


class Finding(StrEnum):
    """What was found of an appraisal, and so what was done."""

    IN_LINE = "in_line"
    CAUGHT_UP = "caught_up"
    """The engine had missed recorded events and has them now."""
    STARTED = "started"
    """The engine had no running workflow for it and has one now, from where the record stands."""
    AHEAD = "ahead"
    """The engine knows events that the record lacks: an old copy of the database. Nothing was done."""


class Reconciling:
    """Compares and repairs; reads cost the engine no events, and repeating is harmless."""

    def __init__(self, engine: AsyncEngine, client: Client, *, queue: str = Queue.APPRAISAL) -> None:
        self._engine = engine
        self._client = client
        self._queue = queue

    async def page(self, appraisals: list[OpenAppraisal]) -> list[Finding]:
        """Reconciles some appraisals. Raises `RPCError` when the engine does not answer."""
        slots = asyncio.Semaphore(AT_ONCE)

        async def one(appraisal: OpenAppraisal) -> Finding:
            async with slots:
                return await self._one(appraisal)

        return await asyncio.gather(*(one(appraisal) for appraisal in appraisals))

    async def _one(self, appraisal: OpenAppraisal) -> Finding:
        handle = self._client.get_workflow_handle(appraisal_workflow_id(appraisal.id))
        try:
            running = (await handle.describe()).status is WorkflowExecutionStatus.RUNNING
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            running = False
        if not running:
            await self._start(appraisal)
            return Finding.STARTED
        position = await handle.query("position", result_type=dict)
        if position["sequence"] == appraisal.sequence:
            return Finding.IN_LINE
        # The record may have grown since it was read, so only the engine's own comparison counts.
        caught_up: int = await handle.execute_update("catch_up", result_type=int)
        return Finding.AHEAD if caught_up == position["sequence"] > appraisal.sequence else Finding.CAUGHT_UP

    async def _start(self, appraisal: OpenAppraisal) -> None:
        snapshot = load_appraisal(appraisal.snapshot)
        start = AppraisalStart(
            snapshot,
            await regime_of(self._engine, snapshot),
            appraisal.cycle,
            appraisal.unit,
            appraisal.clock,
        )
        await self._client.start_workflow(
            APPRAISAL_WORKFLOW,
            start.workflow_input,
            **start_options(
                appraisal.id,
                year=snapshot.year,
                cycle=appraisal.cycle,
                unit=appraisal.unit,
                queue=self._queue,
            ),
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
