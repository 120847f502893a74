"""One thing that has moments of its own beside the cases: a survey, the result of a team, a time to improve."""

import datetime as dt
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy

from states.codec import Json

TIMEOUT = dt.timedelta(minutes=2)
RETRY = RetryPolicy(initial_interval=dt.timedelta(seconds=1), maximum_interval=dt.timedelta(minutes=5))
PREFIX = "attended-"
"""The id of the workflow is this and the id of what it attends to; it alone says what that is."""
PAUSE = dt.timedelta(seconds=1)
"""Between two looks at something whose moment has come already: the engine's clock may be behind the database's."""


@workflow.defn(name="Attending")
class AttendingWorkflow:
    """Looks, waits for the moment that the record names, and looks again, until there is nothing left to do.

    Its id says to what it attends, whatever the input: anybody who reaches the engine may start workflows. What is due
    and what became of it stand in the database alone.
    """

    @workflow.init
    def __init__(self, *start: Any) -> None:  # noqa: ARG002  # the engine hands every run its input
        self._attended = workflow.info().workflow_id.removeprefix(PREFIX)
        self._again = False

    @workflow.run
    async def run(self, *start: Any) -> str:  # noqa: ARG002
        """Returns ``ended``."""
        while True:
            self._again = False
            answer: Json = await workflow.execute_activity(
                "attend",
                {"attended": self._attended},
                start_to_close_timeout=TIMEOUT,
                retry_policy=RETRY,
                result_type=dict,
            )
            if answer["state"] == "ended":
                return "ended"
            await self._wait_until(dt.datetime.fromisoformat(answer["due"]))
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new()

    @workflow.signal(name="look_again", description="The record has changed, or a moment has passed.")
    def look_again(self) -> None:
        """Ends the present wait."""
        self._again = True

    async def _wait_until(self, moment: dt.datetime) -> None:
        left = max(moment - workflow.now(), PAUSE)
        try:
            await workflow.wait_condition(lambda: self._again, timeout=left)
        except TimeoutError:
            return
