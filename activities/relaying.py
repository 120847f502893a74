"""The activity that keeps the mail moving."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity

from notifications.channel import Channel
from notifications.relay import Links, Relay
from store.message.channels import ChannelName

ROUND = dt.timedelta(seconds=60)
"""How long one execution works before it reports to its workflow."""
_POLL_SECONDS = 1.0
_HEARTBEAT_SECONDS = 3.0


class Relaying:
    """Sends what the outbox holds, in rounds."""

    def __init__(
        self,
        database: AsyncEngine,
        channels: Mapping[ChannelName, Channel],
        links: Links,
        *,
        round_length: dt.timedelta = ROUND,
    ) -> None:
        self._relay = Relay(database, channels, links)
        self._channels = channels
        self._round = round_length

    @activity.defn(name="relay_for_a_while")
    async def relay_for_a_while(self) -> int:
        """Relays for about a minute and returns how many notices were due; ends early if the worker stops.

        However it ends, it first finishes and records the sends that have begun.
        """
        loop = asyncio.get_running_loop()
        until, due = loop.time() + self._round.total_seconds(), 0
        cancelled = asyncio.Event()
        heartbeats = asyncio.create_task(_beat())
        try:
            while loop.time() < until and not activity.is_worker_shutdown():
                count = await self._one_batch(cancelled)
                due += count
                if count == 0:
                    await _idle()
        finally:
            heartbeats.cancel()
            for channel in self._channels.values():
                await channel.close()
        return due

    async def _one_batch(self, cancelled: asyncio.Event) -> int:
        def stopping() -> bool:
            return cancelled.is_set() or activity.is_worker_shutdown()

        batch = asyncio.create_task(self._relay.relay_due(stopping))
        try:
            return await asyncio.shield(batch)
        except asyncio.CancelledError:
            cancelled.set()
            await batch
            raise


async def _beat() -> None:
    """Tells the engine that this worker lives. If it dies, another takes over within seconds."""
    while True:
        activity.heartbeat()
        await asyncio.sleep(_HEARTBEAT_SECONDS)


async def _idle() -> None:
    """Waits a moment for new notices, or less if the worker is to stop."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(activity.wait_for_worker_shutdown(), _POLL_SECONDS)
