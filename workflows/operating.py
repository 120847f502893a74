"""An operation: a change of the organisation or an extension, carried out appraisal by appraisal."""

import datetime as dt

from temporalio import workflow
from temporalio.common import RetryPolicy

from states.codec import Json

BATCH = 100
BATCH_TIMEOUT = dt.timedelta(minutes=10)
QUICK = dt.timedelta(minutes=2)
SILENCE = dt.timedelta(seconds=30)
RETRY = RetryPolicy(initial_interval=dt.timedelta(seconds=1), maximum_interval=dt.timedelta(seconds=30))


@workflow.defn(name="Operation")
class OperationWorkflow:
    """Waits until the change takes effect, then does its items. If it has a period, does the items of its end too.

    The input is JSON: ``operation``, ``due`` (real moment of effect, ISO 8601) and ``again`` (what was refused or
    failed in an earlier run is tried once more). A run after the end does only what is not done yet.
    """

    @workflow.init
    def __init__(self, start: Json) -> None:
        self._operation: str = start["operation"]
        self._due = dt.datetime.fromisoformat(start["due"])
        self._again: bool = start.get("again", False)
        self._phase: str = start.get("phase", "begin")
        self._ends_at: str | None = start.get("ends_at")
        self._paused: bool = start.get("paused", False)
        self._withdrawn = False

    @workflow.run
    async def run(self, start: Json) -> str:  # noqa: ARG002  # the engine hands every run its input
        """Returns the state in which the operation ended."""
        if self._phase == "begin":
            await self._sleep_until(self._due)
            if self._withdrawn:
                return await self._finish("withdrawn")
            begun = await self._activity("operation_begin", {"again": self._again}, QUICK)
            if begun["state"] != "running":
                return await self._finish(begun["state"], noted=True)
            self._again = False
            self._ends_at = begun.get("ends_at")
            await self._do_items("begin")
            self._phase = "end"
        if self._ends_at is not None:
            await self._wait_for_the_end(dt.datetime.fromisoformat(self._ends_at))
            await self._activity("operation_end", {}, QUICK)
            await self._do_items("end")
        return await self._finish("finished")

    @workflow.update(name="pause", description="Does nothing further once the present batch is done.")
    async def pause(self) -> None:
        """Harmless if it is already paused."""
        self._paused = True

    @workflow.update(name="resume", description="Goes on after a pause.")
    async def resume(self) -> None:
        """Harmless if it is not paused."""
        self._paused = False

    @workflow.update(name="withdraw", description="Ends a change that has not taken effect.")
    async def withdraw(self) -> bool:
        """Whether it came in time. A change that has taken effect is ended by another change."""
        in_time = self._phase == "begin" and self._due > workflow.now()
        self._withdrawn = self._withdrawn or in_time
        return in_time

    @workflow.update(name="try_again", description="Does once more what was refused or failed.")
    async def try_again(self) -> None:
        """Does nothing if nothing was refused or failed. Needed while a change waits for the end of its period."""
        self._again = True

    async def _wait_for_the_end(self, moment: dt.datetime) -> None:
        while (left := moment - workflow.now()) > dt.timedelta(0):
            try:
                await workflow.wait_condition(lambda: self._again, timeout=left)
            except TimeoutError:
                return
            self._again = False
            await self._activity("operation_begin", {"again": True}, QUICK)
            await self._do_items("begin")

    async def _sleep_until(self, moment: dt.datetime) -> None:
        left = moment - workflow.now()
        if left > dt.timedelta(0):
            try:
                await workflow.wait_condition(lambda: self._withdrawn, timeout=left)
            except TimeoutError:
                return

    async def _do_items(self, phase: str) -> None:
        more = True
        while more:
            await workflow.wait_condition(lambda: not self._paused)
            if workflow.info().is_continue_as_new_suggested():
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(self._carried(phase))
            done = await self._activity(
                "operation_batch", {"phase": phase, "limit": BATCH}, BATCH_TIMEOUT, heartbeat=SILENCE
            )
            more = done["more"]

    async def _finish(self, state: str, *, noted: bool = False) -> str:
        if not noted:
            await self._activity("operation_state", {"state": state}, QUICK)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return state

    async def _activity(
        self, name: str, request: Json, within: dt.timedelta, *, heartbeat: dt.timedelta | None = None
    ) -> Json:
        answer: Json | None = await workflow.execute_activity(
            name,
            {"operation": self._operation} | request,
            start_to_close_timeout=within,
            heartbeat_timeout=heartbeat,
            retry_policy=RETRY,
            result_type=dict,
        )
        return answer or {}

    def _carried(self, phase: str) -> Json:
        carried: Json = {
            "operation": self._operation,
            "due": self._due.isoformat(),
            "again": False,
            "phase": phase,
            "paused": self._paused,
        }
        if self._ends_at is not None:
            carried["ends_at"] = self._ends_at
        return carried
