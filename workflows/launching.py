"""The launch of a cycle: thousands of appraisals, page by page, to be paused, resumed and repeated."""

import datetime as dt
from collections import Counter

from temporalio import workflow
from temporalio.common import RetryPolicy

from states.codec import Json

PAGE = 200
FAILURES_NAMED = 100
"""So many appraisals that could not be started are named; all of them are counted."""

SHOWN = ("total", "seen", "started", "already", "skipped", "failed", "failures", "paused")

QUICK = dt.timedelta(seconds=30)
CHUNK_TIMEOUT = dt.timedelta(minutes=10)
SILENCE = dt.timedelta(seconds=20)
RETRY = RetryPolicy(initial_interval=dt.timedelta(seconds=1), maximum_interval=dt.timedelta(seconds=30))


@workflow.defn(name="Launch")
class LaunchWorkflow:
    """Launches everybody of a cycle who has no started appraisal yet.

    The input is JSON: ``cycle`` and, in a run that goes on with an earlier one, ``progress``. Starting it
    again after its end takes only who is missing: those who failed, or came to the agency since.
    """

    @workflow.init
    def __init__(self, start: Json) -> None:
        self._cycle: str = start["cycle"]
        before: Json = start.get("progress", {})
        self._after: str | None = before.get("after")
        self._total: int | None = before.get("total")
        self._before: int = before.get("before", 0)
        self._seen: int = before.get("seen", 0)
        self._started: int = before.get("started", 0)
        self._already: int = before.get("already", 0)
        self._failed: int = before.get("failed", 0)
        self._skipped = Counter[str](before.get("skipped", {}))
        self._failures: list[str] = list(before.get("failures", []))
        self._paused: bool = before.get("paused", False)
        self._done = False

    @workflow.run
    async def run(self, start: Json) -> Json:  # noqa: ARG002  # the engine hands every run its input
        """Returns the progress as it stands at the end (see `progress`)."""
        if self._total is None:
            outline = await self._activity("launch_outline", {}, QUICK)
            self._before = outline["started"]
            self._total = outline["people"] - self._before
        while not self._done:
            await workflow.wait_condition(lambda: not self._paused)
            if workflow.info().is_continue_as_new_suggested():
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new({"cycle": self._cycle, "progress": self._carried()})
            await self._launch_page()
        # The record knows better than the sum of the pages, of which a killed worker may have lost one.
        outline = await self._activity("launch_done", {}, QUICK)
        self._started = outline["started"] - self._before - self._already
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self.progress()

    @workflow.query(name="progress", description="How many were started, skipped and why, and failed.")
    def progress(self) -> Json:
        """Numbers so far: ``total`` to be seen, ``seen``, ``started``, ``already``, ``skipped`` by reason,
        ``failed`` with the first of them as ``failures`` (appraisal ids); ``paused`` and ``done``.
        """
        carried = self._carried()
        return {name: carried[name] for name in SHOWN} | {"done": self._done}

    @workflow.update(name="pause", description="Starts nobody further, once the present page is done.")
    async def pause(self) -> Json:
        """Harmless when paused already; returns the progress."""
        self._paused = True
        self._describe()
        return self.progress()

    @workflow.update(name="resume", description="Goes on after a pause.")
    async def resume(self) -> Json:
        """Harmless when not paused; returns the progress."""
        self._paused = False
        self._describe()
        return self.progress()

    async def _launch_page(self) -> None:
        page = await self._activity(
            "launch_chunk", {"after": self._after, "limit": PAGE}, CHUNK_TIMEOUT, heartbeat=SILENCE
        )
        self._after = page["after"]
        self._done = self._after is None
        self._seen += page["seen"]
        self._started += page["started"]
        self._already += page["already"]
        self._failed += len(page["failed"])
        self._skipped.update(page["skipped"])
        self._failures = [*self._failures, *page["failed"]][:FAILURES_NAMED]
        self._describe()

    async def _activity(
        self, name: str, request: Json, within: dt.timedelta, *, heartbeat: dt.timedelta | None = None
    ) -> Json:
        answer: Json = await workflow.execute_activity(
            name,
            {"cycle": self._cycle} | request,
            start_to_close_timeout=within,
            heartbeat_timeout=heartbeat,
            retry_policy=RETRY,
            result_type=dict,
        )
        return answer

    def _carried(self) -> Json:
        return {
            "after": self._after,
            "total": self._total,
            "before": self._before,
            "seen": self._seen,
            "started": self._started,
            "already": self._already,
            "failed": self._failed,
            "skipped": dict(self._skipped),
            "failures": self._failures,
            "paused": self._paused,
        }

    def _describe(self) -> None:
        workflow.set_current_details(
            f"{self._seen} of {self._total} seen, {self._started} started, {self._already} ran already, "
            f"{sum(self._skipped.values())} skipped, {self._failed} failed"
            + (", **paused**" if self._paused else "")
        )
