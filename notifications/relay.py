"""Moves notices from the outbox to a channel: claim, send, record."""

import asyncio
import datetime as dt
import random
from collections import deque
from collections.abc import Callable
from functools import partial

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.addressing import email_address
from notifications.channel import Channel, Envelope, PermanentFailure, TemporaryFailure
from notifications.persistence import persistently
from notifications.rendering import render
from notifications.retrying import retry_after
from store.outbox.notice import DueNotice, NoticeState, Sending
from store.outbox.repository import Outbox

BATCH = 100
AT_ONCE = 8
BEGIN_WITHIN = 10.0
"""Seconds after a claim in which sends are begun: what was asked for long ago may be done by now."""
LONGEST_SEND = 40.0
"""Seconds after which a send is given up, whatever the channel does."""
LEASE = dt.timedelta(seconds=BEGIN_WITHIN + LONGEST_SEND + 10)
"""How long a claim holds: longer than its last send can take."""

_log = structlog.get_logger(__name__)


def never() -> bool:
    """Goes on until everything claimed is sent."""
    return False


class Relay:
    """Sends what is due. Any number may work on one outbox; no database session is held during a send."""

    def __init__(
        self,
        engine: AsyncEngine,
        channel: Channel,
        public_url: str,
        *,
        batch: int = BATCH,
        at_once: int = AT_ONCE,
        lease: dt.timedelta = LEASE,
        begin_within: float = BEGIN_WITHIN,
    ) -> None:
        self._outbox = Outbox(engine)
        self._channel = channel
        self._public_url = public_url
        self._batch = batch
        self._at_once = at_once
        self._lease = lease
        self._begin_within = begin_within
        self._chance = random.SystemRandom()

    async def relay_due(self, stopping: Callable[[], bool] = never) -> int:
        """Claims and sends one batch; returns how many rows were due.

        Once ``stopping`` is true no further send begins. Notices that were claimed and not begun are given
        back. Raises the database's error when nothing can be claimed or, for minutes, nothing recorded.
        """
        claim = await self._outbox.claim(most=self._batch, lease=self._lease)
        waiting = deque(claim.notices)
        if not waiting:
            return claim.count
        ended: asyncio.Queue[Sending | None] = asyncio.Queue()
        until = asyncio.get_running_loop().time() + self._begin_within
        async with asyncio.TaskGroup() as group:
            group.create_task(self._record(ended))
            async with asyncio.TaskGroup() as senders:
                for _ in range(min(self._at_once, len(waiting))):
                    senders.create_task(self._send_in_turn(waiting, ended, until, stopping))
            ended.put_nowait(None)
        if waiting:
            await persistently(partial(self._outbox.release, tuple(waiting)))
        return claim.count

    async def _send_in_turn(
        self,
        waiting: deque[DueNotice],
        ended: asyncio.Queue[Sending | None],
        until: float,
        stopping: Callable[[], bool],
    ) -> None:
        clock = asyncio.get_running_loop().time
        while waiting and clock() < until and not stopping():
            ended.put_nowait(await self._send(waiting.popleft()))

    async def _send(self, notice: DueNotice) -> Sending:
        try:
            envelope = self._envelope(notice)
            async with asyncio.timeout(LONGEST_SEND):
                receipt = await self._channel.send(envelope)
        except PermanentFailure as failure:
            return _given_up(notice, failure.answer)
        except TemporaryFailure as failure:
            return self._postponed(notice, failure.answer)
        except TimeoutError:
            return self._postponed(notice, f"no answer within {LONGEST_SEND:.0f} seconds")
        except Exception as error:
            # A template or a channel that is broken for one notice must not hold up, or double, the others.
            _log.exception("notice_broke_sending", notice=str(notice.id), template=notice.template)
            return self._postponed(notice, f"{type(error).__name__}: {error}")
        return Sending(notice, NoticeState.SENT, receipt.answer, receipt.at)

    def _envelope(self, notice: DueNotice) -> Envelope:
        return Envelope(
            notice=notice.id,
            person=notice.recipient_id,
            address=email_address(notice),
            name=notice.recipient_name,
            message=render(notice, notice.locale, self._public_url),
            rehearsal=notice.rehearsal,
        )

    def _postponed(self, notice: DueNotice, answer: str) -> Sending:
        wait = retry_after(notice.attempt, self._chance)
        if wait is None:
            return _given_up(notice, f"given up after attempt {notice.attempt}: {answer}")
        _log.info(
            "notice_postponed", notice=str(notice.id), attempt=notice.attempt, seconds=wait.total_seconds()
        )
        return Sending(notice, NoticeState.TEMPORARY_FAILURE, answer, dt.datetime.now(dt.UTC), wait)

    async def _record(self, ended: asyncio.Queue[Sending | None]) -> None:
        """Writes what has ended, as much at a time as gathers during the write before; None is the end."""
        more = True
        while more:
            gathered = [await ended.get()]
            while not ended.empty():
                gathered.append(ended.get_nowait())
            more = None not in gathered
            sendings = tuple(sending for sending in gathered if sending is not None)
            if sendings:
                await persistently(partial(self._outbox.settle, sendings))


def _given_up(notice: DueNotice, answer: str) -> Sending:
    _log.warning("notice_given_up", notice=str(notice.id), attempt=notice.attempt)
    return Sending(notice, NoticeState.PERMANENT_FAILURE, answer, dt.datetime.now(dt.UTC))
