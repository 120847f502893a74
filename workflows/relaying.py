"""The relay as a durable loop: as long as any worker lives, somebody sends the mail."""

import datetime as dt

from temporalio import workflow
from temporalio.common import RetryPolicy

ROUNDS = 200
"""Rounds in one run: a few hours, and a history of about 1 400 events."""
HEARTBEAT_TIMEOUT = dt.timedelta(seconds=15)
ROUND_TIMEOUT = dt.timedelta(minutes=10)
"""Longer than a round (one minute), its last sends and the longest wait for the database together."""
RETRY = RetryPolicy(initial_interval=dt.timedelta(seconds=1), maximum_interval=dt.timedelta(seconds=10))


@workflow.defn(name="Relay")
class RelayWorkflow:
    """Executes the relaying activity again and again. After a crash of its worker, another worker takes over."""

    @workflow.run
    async def run(self, rounds: int = ROUNDS) -> None:
        """Never returns: after ``rounds`` rounds it continues as a new run, to keep its history short."""
        for _ in range(rounds):
            await workflow.execute_activity(
                "relay_for_a_while",
                start_to_close_timeout=ROUND_TIMEOUT,
                heartbeat_timeout=HEARTBEAT_TIMEOUT,
                retry_policy=RETRY,
            )
        workflow.continue_as_new(rounds)
