"""Moves notices from the outbox to the channels: plan, claim, send, record."""

import asyncio
import datetime as dt
import random
import uuid
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.addressing import address_of
from notifications.attachments import attachments_of
from notifications.channel import Channel, Envelope, PermanentFailure, SendingFailed, TemporaryFailure
from notifications.composing import content_of, may_be_switched_off
from notifications.invitation import Invitation
from notifications.persistence import persistently
from notifications.planner import Planner
from notifications.rendering import Message, render
from notifications.retrying import retry_after
from store.database import autocommit
from store.message.channels import ChannelName
from store.message.due import Copy, DueMessage, MessageState, Sending
from store.message.repository import Outbox

BATCH = 100
AT_ONCE = 8
BEGIN_WITHIN = 10.0
"""Seconds after a claim in which a send may begin. Later, the task that it asks for may be done already."""
LONGEST_SEND = 40.0
"""Seconds after which a send is given up, whatever the channel does."""
LEASE = dt.timedelta(seconds=BEGIN_WITHIN + LONGEST_SEND + 10)
"""How long a claim holds: longer than its last send can take."""

_log = structlog.get_logger(__name__)


def never() -> bool:
    """Never asks to stop: everything that was claimed is sent."""
    return False


@dataclass(frozen=True, slots=True)
class Tempo:
    """How much is done at a time."""

    batch: int = BATCH
    """Messages claimed at once."""
    at_once: int = AT_ONCE
    lease: dt.timedelta = LEASE
    begin_within: float = BEGIN_WITHIN
    """Seconds."""


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses that messages hold."""

    public_url: str
    unsubscribe: Callable[[uuid.UUID], str] | None = None
    """Makes the link with which a person switches off what may be switched off; None leaves it out."""
    reply_to: str = ""
    """The e-mail address where somebody answers; empty if nobody does."""


class Relay:
    """Sends what is due. Any number of relays may work on one outbox. No database session is held during a send.

    A channel that is slow or away does not hold up the others.
    """

    def __init__(
        self,
        database: AsyncEngine,
        channels: Mapping[ChannelName, Channel],
        links: Links,
        tempo: Tempo | None = None,
    ) -> None:
        self._planner = Planner(database, channels.keys())
        self._lines = [
            _Line(database, Outbox(database, channel=name), channel, links, tempo or Tempo())
            for name, channel in channels.items()
        ]

    async def relay_due(self, stopping: Callable[[], bool] = never) -> int:
        """Plans one batch of new notices, then claims and sends one batch of each channel.

        Returns how many rows were due. No further send begins once ``stopping`` returns true. Claimed messages whose
        send has not begun are given back. Raises the database's error if nothing can be claimed, or if nothing can
        be recorded for minutes.
        """
        planned = await self._planner.plan_waiting()
        async with asyncio.TaskGroup() as group:
            rounds = [group.create_task(line.relay_due(stopping)) for line in self._lines]
        return planned + sum(each.result() for each in rounds)


class _Line:
    """One channel's way from claim to record."""

    def __init__(
        self, database: AsyncEngine, outbox: Outbox, channel: Channel, links: Links, tempo: Tempo
    ) -> None:
        self._database = autocommit(database)
        self._outbox = outbox
        self._channel = channel
        self._links = links
        self._tempo = tempo
        self._chance = random.SystemRandom()

    async def relay_due(self, stopping: Callable[[], bool]) -> int:
        claim = await self._outbox.claim(most=self._tempo.batch, lease=self._tempo.lease)
        waiting = deque(claim.messages)
        if not waiting:
            return claim.count
        invitations = await attachments_of(self._database, claim.messages)
        ended: asyncio.Queue[Sending | None] = asyncio.Queue()
        until = asyncio.get_running_loop().time() + self._tempo.begin_within
        async with asyncio.TaskGroup() as group:
            group.create_task(self._record(ended))
            async with asyncio.TaskGroup() as senders:
                for _ in range(min(self._tempo.at_once, len(waiting))):
                    senders.create_task(self._send_in_turn(waiting, invitations, ended, until, stopping))
            ended.put_nowait(None)
        if waiting:
            await persistently(partial(self._outbox.release, tuple(waiting)))
        return claim.count

    async def _send_in_turn(
        self,
        waiting: deque[DueMessage],
        invitations: Mapping[uuid.UUID, tuple[Invitation, ...]],
        ended: asyncio.Queue[Sending | None],
        until: float,
        stopping: Callable[[], bool],
    ) -> None:
        clock = asyncio.get_running_loop().time
        while waiting and clock() < until and not stopping():
            due = waiting.popleft()
            ended.put_nowait(await self._send(due, invitations.get(due.id, ())))

    async def _send(self, due: DueMessage, invitations: tuple[Invitation, ...]) -> Sending:
        copy: Copy | None = None
        try:
            message = render(content_of(due, invitations), self._links.public_url)
            envelope = self._envelope(due, message, invitations)
            copy = Copy(
                message.template, message.template_version, message.subject, message.text, envelope.address
            )
            async with asyncio.timeout(LONGEST_SEND):
                receipt = await self._channel.send(envelope)
        except PermanentFailure as failure:
            return _given_up(due, failure.answer, failure, copy)
        except TemporaryFailure as failure:
            return self._postponed(due, failure.answer, failure, copy)
        except TimeoutError:
            return self._postponed(due, f"no answer within {LONGEST_SEND:.0f} seconds", None, copy)
        except Exception as error:
            # A template or a channel that breaks on one message must not hold up the others or send them twice.
            _log.exception("message_broke_sending", message=str(due.id), channel=due.channel.value)
            return self._postponed(due, f"{type(error).__name__}: {error}", None, copy)
        return Sending(
            due,
            MessageState.SENT,
            receipt.answer,
            receipt.at,
            provider=receipt.provider,
            reference=receipt.reference,
            copy=copy,
        )

    def _envelope(self, due: DueMessage, message: Message, invitations: tuple[Invitation, ...]) -> Envelope:
        if due.address_is_bad and not due.rehearsal:
            raise PermanentFailure("nothing arrives at this address any more", reason="bad_address")
        unsubscribe = self._links.unsubscribe if may_be_switched_off(due) else None
        return Envelope(
            id=due.id,
            person=due.recipient_id,
            address=address_of(due),
            name=due.recipient_name,
            message=message,
            rehearsal=due.rehearsal,
            unsubscribe=unsubscribe(due.recipient_id) if unsubscribe else None,
            reply_to=self._links.reply_to,
            invitations=invitations,
        )

    def _postponed(
        self, due: DueMessage, answer: str, failure: SendingFailed | None, copy: Copy | None
    ) -> Sending:
        wait = retry_after(due.attempt, self._chance)
        if wait is None:
            return _given_up(due, f"given up after attempt {due.attempt}: {answer}", failure, copy)
        _log.info("message_postponed", message=str(due.id), attempt=due.attempt, seconds=wait.total_seconds())
        return Sending(
            due,
            MessageState.TEMPORARY_FAILURE,
            answer,
            dt.datetime.now(dt.UTC),
            wait,
            reason=failure.reason if failure else "",
            provider=failure.provider if failure else "",
            copy=copy,
        )

    async def _record(self, ended: asyncio.Queue[Sending | None]) -> None:
        """Writes what has ended until None comes. One write takes everything that ended during the write before."""
        more = True
        while more:
            gathered = [await ended.get()]
            while not ended.empty():
                gathered.append(ended.get_nowait())
            more = None not in gathered
            sendings = tuple(sending for sending in gathered if sending is not None)
            if sendings:
                await persistently(partial(self._outbox.settle, sendings))


def _given_up(due: DueMessage, answer: str, failure: SendingFailed | None, copy: Copy | None) -> Sending:
    _log.warning("message_given_up", message=str(due.id), attempt=due.attempt)
    return Sending(
        due,
        MessageState.PERMANENT_FAILURE,
        answer,
        dt.datetime.now(dt.UTC),
        reason=failure.reason if failure else "",
        provider=failure.provider if failure else "",
        bad_address=failure.bad_address if failure else False,
        copy=copy,
    )
