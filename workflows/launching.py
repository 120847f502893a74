"""The launch of a cycle: thousands of appraisals, page by page. It can be paced, paused, resumed and repeated."""

import asyncio
import datetime as dt
from collections import Counter

from temporalio import workflow
from temporalio.common import RetryPolicy

from states.codec import Json

PAGE = 200
"""People launched in one transaction. Larger pages ask a busy engine less often, but a pause waits longer."""
AT_ONCE = 2
"""Pages that run at the same time: while one is reported and its next one asked for, the other launches people."""

SHOWN = ("who", "pace", "total", "seen", "started", "already", "skipped", "paused")

QUICK = dt.timedelta(seconds=30)
CHUNK_TIMEOUT = dt.timedelta(minutes=10)
SILENCE = dt.timedelta(seconds=8)
"""A worker that is silent for this long counts as dead, and another one takes its page."""
RETRY = RetryPolicy(initial_interval=dt.timedelta(seconds=1), maximum_interval=dt.timedelta(seconds=30))


Range = tuple[str | None, str | None]
"""People whose ids come after the first id and not after the second. None means the beginning, or the end."""


@workflow.defn(name="Launch")
class LaunchWorkflow:
    """Launches the chosen people of a cycle who have no started appraisal yet.

    The input is JSON: ``cycle``; ``who``, left out for everybody (see `store.cycle.selection.Selection`); ``pace``,
    the most people to start in a second, left out for no limit; and ``progress``, in a run that continues an earlier
    one. The outcome for each person is noted under the id of the first run. A new start after the end takes only
    the people who are missing: those who were skipped or failed, or came to the agency since.
    """

    @workflow.init
    def __init__(self, start: Json) -> None:
        self._cycle: str = start["cycle"]
        self._who: Json = start.get("who", {})
        self._pace: int = start.get("pace", 0)
        self._limit = min(PAGE, self._pace) if self._pace else PAGE
        self._launch = workflow.info().first_execution_run_id
        before: Json = start.get("progress", {})
        self._ranges: list[Range] = [
            (after, until) for after, until in before.get("ranges", [(before.get("after"), None)])
        ]
        self._total: int | None = before.get("total")
        self._seen: int = before.get("seen", 0)
        self._started: int = before.get("started", 0)
        self._already: int = before.get("already", 0)
        self._skipped = Counter[str](before.get("skipped", {}))
        self._failed = Counter[str](before.get("failed_for", {}))
        self._paused: bool = before.get("paused", False)
        self._done = False

    @workflow.run
    async def run(self, start: Json) -> Json:
        """Returns the progress as it stands at the end (see `progress`)."""
        if self._total is None:
            outline = await self._activity("launch_outline", {"page": self._limit}, QUICK)
            self._total = outline["people"] - outline["started"]
            bounds = outline.get("bounds", [])
            self._ranges = list(zip([None, *bounds], [*bounds, None], strict=True))
        # With a pace there is one page after the other, so that the pace is kept strictly.
        await asyncio.gather(*(self._lane() for _ in range(1 if self._pace else AT_ONCE)))
        if self._ranges:
            await workflow.wait_condition(workflow.all_handlers_finished)
            workflow.continue_as_new(start | {"progress": self._carried()})
        self._done = True
        ending = await self._activity("launch_done", {}, QUICK)
        if "outcomes" in ending:
            self._take_over(ending["outcomes"])
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self.progress()

    @workflow.query(name="progress", description="How many were started, skipped and why, failed and why.")
    def progress(self) -> Json:
        """Numbers so far: ``total`` to be seen, ``seen``, ``started``, ``already``, ``skipped`` by reason,
        ``failed`` and, by reason, ``failures``; ``who`` and ``pace`` as asked for; ``paused`` and ``done``.
        """
        carried = self._carried() | {"who": self._who, "pace": self._pace}
        return {name: carried[name] for name in SHOWN} | {
            "failed": self._failed.total(),
            "failures": dict(self._failed),
            "done": self._done,
        }

    @workflow.update(name="pause", description="Starts nobody further, once the present page is done.")
    async def pause(self) -> Json:
        """Harmless if it is already paused; returns the progress."""
        self._paused = True
        self._describe()
        return self.progress()

    @workflow.update(name="resume", description="Goes on after a pause.")
    async def resume(self) -> Json:
        """Harmless if it is not paused; returns the progress."""
        self._paused = False
        self._describe()
        return self.progress()

    async def _lane(self) -> None:
        """Launches range after range until none is left, or until this run's history is long enough."""
        while self._ranges:
            await workflow.wait_condition(lambda: not self._paused)
            if workflow.info().is_continue_as_new_suggested():
                return
            if self._ranges:
                began = workflow.time()
                entered = await self._launch_page(*self._ranges.pop(0))
                await self._keep_pace(entered, began)

    async def _launch_page(self, after: str | None, until: str | None) -> int:
        """Launches the next page of a range; returns how many of its people were not skipped."""
        page = await self._activity(
            "launch_chunk",
            {"after": after, "until": until, "limit": self._limit},
            CHUNK_TIMEOUT,
            heartbeat=SILENCE,
        )
        if page["after"] is not None:
            self._ranges.insert(0, (page["after"], until))
        self._seen += page["seen"]
        self._started += page["started"]
        self._already += page["already"]
        self._skipped.update(page["skipped"])
        self._failed.update(page["failed"])
        self._describe()
        return int(page["started"] + page["already"] + len(page["failed"]))

    async def _keep_pace(self, entered: int, began: float) -> None:
        if not self._pace or not self._ranges:
            return
        early = began + entered / self._pace - workflow.time()
        if early > 0:
            await workflow.sleep(early)

    def _take_over(self, outcomes: Json) -> None:
        """Replaces the sums of the pages by the record's numbers: a killed worker may have lost a page."""
        self._seen = outcomes["seen"]
        self._started = outcomes["started"]
        self._already = outcomes["already"]
        self._skipped = Counter(outcomes["skipped"])
        self._failed = Counter(outcomes["failed"])
        self._describe()

    async def _activity(
        self, name: str, request: Json, within: dt.timedelta, *, heartbeat: dt.timedelta | None = None
    ) -> Json:
        answer: Json = await workflow.execute_activity(
            name,
            {"cycle": self._cycle, "who": self._who, "launch": self._launch} | request,
            start_to_close_timeout=within,
            heartbeat_timeout=heartbeat,
            retry_policy=RETRY,
            result_type=dict,
        )
        return answer

    def _carried(self) -> Json:
        return {
            "ranges": self._ranges,
            "total": self._total,
            "seen": self._seen,
            "started": self._started,
            "already": self._already,
            "skipped": dict(self._skipped),
            "failed_for": dict(self._failed),
            "paused": self._paused,
        }

    def _describe(self) -> None:
        workflow.set_current_details(
            f"{self._seen} of {self._total} seen, {self._started} started, {self._already} ran already, "
            f"{self._skipped.total()} skipped, {self._failed.total()} failed"
            + (", **paused**" if self._paused else "")
        )
