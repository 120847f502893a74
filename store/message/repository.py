"""Claims, settles and releases messages: one statement each, safe for any number of relays."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from store.database import autocommit
from store.message.channels import ChannelName
from store.message.claiming import CLAIM, ClaimedRow, due_message
from store.message.due import Claim, DueMessage, MessageState, Sending
from store.message.falling_back import FALL_BACK
from store.message.settling import RELEASE, SETTLE, released, settled
from store.rows import all_rows


class Outbox:
    """The messages of one channel, waiting or on their way."""

    def __init__(self, database: AsyncEngine, *, channel: ChannelName = ChannelName.EMAIL) -> None:
        self._transactional = database
        self._engine = autocommit(database)
        self._channel = channel

    async def claim(self, *, most: int, lease: dt.timedelta) -> Claim:
        """Takes up to ``most`` due messages for as long as ``lease``, and cancels what is no longer wanted.

        This includes messages whose earlier claim has run out because their sender died. While the channel is
        paused nothing is due.
        """
        parameters = {"channel": self._channel.value, "most": most, "lease": lease}
        async with self._engine.connect() as connection:
            rows = all_rows(ClaimedRow, await connection.execute(CLAIM, parameters))
        messages = tuple(due_message(row, self._channel) for row in rows if row.state == MessageState.SENDING)
        return Claim(messages, cancelled=len(rows) - len(messages))

    async def settle(self, sendings: Sequence[Sending]) -> None:
        """Records how attempts ended; repeating it changes nothing.

        Notices that failed for good are written again for the next channel, in the same transaction.
        """
        content = settled(sendings)
        if any(sending.state is MessageState.PERMANENT_FAILURE for sending in sendings):
            async with self._transactional.begin() as connection:
                await _settle_and_fall_back(connection, content)
        else:
            async with self._engine.connect() as connection:
                await connection.execute(SETTLE, content)

    async def release(self, messages: Sequence[DueMessage]) -> None:
        """Gives back claimed messages that were not tried; the claim does not count as an attempt."""
        async with self._engine.connect() as connection:
            await connection.execute(RELEASE, released(messages))


async def _settle_and_fall_back(connection: AsyncConnection, content: dict[str, str]) -> None:
    failed = (await connection.execute(SETTLE, content)).scalars().all()
    if failed:
        await connection.execute(FALL_BACK, {"messages": list(failed)})
