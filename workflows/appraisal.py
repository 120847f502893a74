"""One employee's appraisal as a durable workflow. It follows the record, and wakes when time must act on the case."""

import asyncio
import contextlib
import datetime as dt
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import FailureError

from states.codec import Json
from states.following import WORKFLOW_PREFIX, Position, continues, step_from_text
from states.stages import HOLDERS

LOOKING_TIMEOUT = dt.timedelta(seconds=6)
"""Shorter than eight seconds. After these, a worker has to tell the engine that it is still looking."""
ONE_TRY = RetryPolicy(maximum_attempts=1)
"""A failed look is tried again after a durable wait, which holds no slot of the worker."""

FIRST_WAIT, LONGEST_WAIT = dt.timedelta(seconds=2), dt.timedelta(minutes=10)
SHORTEST_SLEEP = dt.timedelta(milliseconds=1)
EARLY, LONGEST_EARLY = dt.timedelta(seconds=1), dt.timedelta(minutes=5)
"""A workflow that wakes before the database's clock has reached the moment sleeps this long; longer each time."""


@workflow.defn(name="FollowedAppraisal")
class AppraisalWorkflow:
    """Holds a position and one timer; the record holds the facts and decides.

    The input is the position to begin from (see `states.following`). Without one, the workflow asks the record.
    Nothing that arrives here decides anything. If a signal is not plainly the next step, or would end the run, the
    workflow looks at the record, and the record's answer counts.
    """

    @workflow.init
    def __init__(self, *start: Any) -> None:
        self._position = Position.from_text(start[0]) if len(start) == 1 else None
        self._unsure = self._position is None or self._position.is_closed
        self._looking = False
        self._failures = 0
        self._early = 0
        self._woken_for: dt.datetime | None = None
        self._news = 0
        self._describe()

    @workflow.run
    async def run(self, *start: Any) -> str:  # noqa: ARG002  # the engine hands every run its input
        """Follows until the record says that the case is closed; returns the closed stage, or ``unknown``.

        A request to stop is ignored: the record says when to end.
        """
        following = asyncio.create_task(self._follow())
        while not following.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.shield(following)
        return following.result()

    async def _follow(self) -> str:
        """Looks while it is unsure and sleeps while it is not, until the case is closed."""
        while self._unsure or (self._position is not None and not self._position.is_closed):
            if self._unsure or self._position is None:
                await self._look()
            else:
                await self._sleep(self._position)
                self._begin_anew_if_long()
        return self._position.stage.value if self._position else "unknown"

    @workflow.signal(
        name="followed",
        description="The record has moved on: look, or take the one next step.",
        unfinished_policy=workflow.HandlerUnfinishedPolicy.ABANDON,
    )
    async def followed(self, *told: Any) -> None:
        """Takes the step that is ``told`` (see `states.following.step_text`) if it continues the known position.

        A repetition is ignored. Anything else makes the workflow look at the record: a gap, an older step, a step that
        the lifecycle does not know, or no position at all.

        A signal that arrives during a look is handled after everything that the look's answer leads to. The engine
        does not fix the order of the two. A replay may have the other order (see `docs/versioning.md`), and the
        workflow must do the same in both.
        """
        if self._looking:
            await workflow.wait_condition(lambda: not self._looking)
        position, after = step_from_text(told[0]) if len(told) == 1 else (None, None)
        known = self._position
        if position is not None and position == known:
            return
        if position is None or known is None or not continues(known, position, after):
            self._unsure = True
        else:
            self._position = position
            # Only the record may end the run.
            self._unsure = self._unsure or position.is_closed
        self._news += 1
        self._describe()

    @workflow.query(name="position", description="Stage, sequence, due day and next wake.")
    def position(self) -> Json:
        """Where the workflow believes that the case stands, and whether it is about to ask the record."""
        known = self._position
        return {
            "sequence": known.sequence if known else 0,
            "stage": known.stage.value if known else None,
            "due": str(known.due_on) if known and known.due_on else None,
            "wake": known.wake_at.isoformat() if known and known.wake_at else None,
            "unsure": self._unsure,
            "failures": self._failures,
        }

    async def _look(self) -> None:
        """Lets time act on the record and takes over its position. Waits first if the last look failed."""
        if self._failures:
            await self._wait_after_failure()
            self._begin_anew_if_long()
        known = 0 if self._position is None else self._position.sequence
        woken_for, self._woken_for = self._woken_for, None
        self._looking = True
        try:
            answer: str = await workflow.execute_local_activity(
                "look",
                {
                    "appraisal": workflow.info().workflow_id.removeprefix(WORKFLOW_PREFIX),
                    "at": workflow.now().isoformat(),
                    "known": known,
                },
                schedule_to_close_timeout=LOOKING_TIMEOUT,
                retry_policy=ONE_TRY,
                result_type=str,
            )
        except FailureError:
            self._failures += 1
            self._describe()
            return
        finally:
            self._looking = False
        self._failures = 0
        self._position = Position.from_text(answer)
        self._unsure = False
        self._describe()
        if woken_for is not None and self._position is not None and self._position.wake_at == woken_for:
            await self._wait_for_the_clock()
        else:
            self._early = 0

    async def _sleep(self, position: Position) -> None:
        """Sleeps on one timer to the next wake. A signal ends the sleep only if the wake moves or a look is needed."""
        wake_at = position.wake_at

        def moved() -> bool:
            known = self._position
            return self._unsure or known is None or known.is_closed or known.wake_at != wake_at

        # A wake in the past gets a timer as well: the workflow must not depend on a millisecond of the clock, which a
        # replay may see differently.
        left = None if wake_at is None else max(wake_at - workflow.now(), SHORTEST_SLEEP)
        try:
            await workflow.wait_condition(moved, timeout=left)
        except TimeoutError:
            self._unsure, self._woken_for = True, wake_at

    def _begin_anew_if_long(self) -> None:
        """Continues in a new run if the history is long. Never right after a look: a replay may be a task behind."""
        if workflow.info().is_continue_as_new_suggested():
            workflow.continue_as_new(self._position.to_text() if self._position else None)

    async def _wait_for_the_clock(self) -> None:
        """Waits durably, longer each time, because the database's clock has not reached the moment of the wake."""
        self._early += 1
        await workflow.sleep(min(EARLY * 2 ** min(self._early - 1, 16), LONGEST_EARLY))

    async def _wait_after_failure(self) -> None:
        """Waits durably: longer after each failure, and each case a little differently. A signal ends the wait."""
        longest = min(FIRST_WAIT * 2 ** min(self._failures - 1, 16), LONGEST_WAIT)
        heard = self._news
        with contextlib.suppress(TimeoutError):
            await workflow.wait_condition(
                lambda: self._news != heard, timeout=longest * (0.5 + workflow.random().random() / 2)
            )

    def _describe(self) -> None:
        known = self._position
        if known is None:
            workflow.set_current_details("asks the record where the case stands")
            return
        wake = known.wake_at.isoformat(timespec="seconds") if known.wake_at else "-"
        workflow.set_current_details(
            f"stage **{known.stage}**, waits on {HOLDERS.get(known.stage) or 'nobody'}, due {known.due_on or '-'}, "
            f"sequence {known.sequence}, next wake {wake}"
            + (f", **{self._failures} looks at the record failed**" if self._failures else "")
        )
