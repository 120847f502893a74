"""Records what a provider says about a message after taking it over: it arrived, it came back, it was read."""

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from store.constant import constant
from store.contact.repository import mark_bad
from store.message.channels import ChannelName
from store.message.falling_back import FALL_BACK
from store.message.table import MessageRow


class Outcome(StrEnum):
    """A later word."""

    DELIVERED = "delivered"
    SEEN = "seen"
    """Opened, as the provider says; what counts is what was seen in the inbox."""
    DELAYED = "delayed"
    """Still under way; the provider goes on trying."""
    BOUNCED = "bounced"
    """It will not arrive."""


class Taken(StrEnum):
    """What became of a later word."""

    RECORDED = "recorded"
    REPEATED = "repeated"
    """The word is on record already, or the message has ended in another way."""
    TOO_EARLY = "too_early"
    """The relay has not recorded the sending yet; the provider must say it again."""
    UNKNOWN = "unknown"
    """The message is not one of ours."""


@dataclass(frozen=True, slots=True)
class LaterWord:
    """A later word on a message: the one with this id or, if no id is given, with the channel's reference."""

    outcome: Outcome
    answer: str
    """What the provider said, word for word; up to 500 characters are kept."""
    at: dt.datetime
    """Real moment."""
    message: uuid.UUID | None = None
    channel: ChannelName | None = None
    reference: str = ""
    bad_address: bool = False
    """Whether nothing will ever arrive at the address."""


async def record_later(database: AsyncEngine, word: LaterWord) -> Taken:
    """Records a later word on a message and its notices, in one transaction; repeated words are harmless.

    After a bounce the address is marked if it is at fault, and the next channel takes the notices over.
    """
    async with database.begin() as connection:
        # The message is locked first, so that the statements below see every earlier word.
        found = (await connection.execute(*_finding(word))).one_or_none()
        if found is None:
            return Taken.UNKNOWN
        if found.state in _ON_ITS_WAY:
            return Taken.TOO_EARLY
        # A delivered e-mail may still come back: the server that reported the delivery was not the last one.
        open_states = _LEFT | {"delivered"} if found.channel == ChannelName.EMAIL else _LEFT
        parameters = {"id": found.id, "at": word.at, "answer": word.answer[:500], "reason": _reason(word)}
        match word.outcome:
            case Outcome.DELIVERED | Outcome.SEEN if found.state in _LEFT | {"delivered"}:
                seen = word.outcome is Outcome.SEEN
                changed = bool(await connection.scalar(_SEEN if seen else _DELIVERED, parameters))
                heard = await _hear(connection, found.id, "delivered", word)
                return Taken.RECORDED if changed or heard else Taken.REPEATED
            case Outcome.DELAYED if found.state in _LEFT:
                heard = await _hear(connection, found.id, "temporary_failure", word)
                return Taken.RECORDED if heard else Taken.REPEATED
            case Outcome.BOUNCED if found.state in open_states:
                await connection.execute(_BOUNCED, parameters)
                await _hear(connection, found.id, "bounced", word)
                if word.bad_address and not found.rehearsal:
                    await mark_bad(
                        connection,
                        person=found.recipient_id,
                        channel=found.channel,
                        address=found.address,
                        at=word.at,
                        answer=word.answer,
                    )
                # This is a separate statement, since it reads what the ones before have written.
                await connection.execute(FALL_BACK, {"messages": [found.id]})
                return Taken.RECORDED
            case _:
                return Taken.REPEATED


_ON_ITS_WAY = frozenset({"waiting", "sending"})
_LEFT = frozenset({"sent", "temporary_failure"})
"""Without an answer a message has failed for now. A later word shows that it was taken, so it is not sent again."""

_FOUND = select(
    col(MessageRow.id),
    col(MessageRow.recipient_id),
    col(MessageRow.channel),
    col(MessageRow.address),
    col(MessageRow.state),
    col(MessageRow.rehearsal_cycle_id).is_not(None).label("rehearsal"),
).with_for_update()


_REFERENCE = col(MessageRow.provider_reference)
_BY_ID = _FOUND.where(col(MessageRow.id) == bindparam("message"))
_BY_REFERENCE = (
    _FOUND.where(
        col(MessageRow.channel) == bindparam("channel"),
        bindparam("reference") == _REFERENCE,
        constant("") != _REFERENCE,
    )
    .order_by(col(MessageRow.created_at).desc())
    .limit(1)
)


def _finding(word: LaterWord) -> tuple[Select[*tuple[Any, ...]], dict[str, object]]:
    if word.message is not None:
        return _BY_ID, {"message": word.message}
    return _BY_REFERENCE, {"channel": word.channel, "reference": word.reference}


def _reason(word: LaterWord) -> str:
    return "bad_address" if word.bad_address else "bounced"


_DELIVERED = text("""
WITH arrived AS (
    UPDATE message SET state = 'delivered', delivered_at = :at, sent_at = COALESCE(sent_at, :at)
    WHERE id = :id AND state IN ('sent', 'temporary_failure') RETURNING id
), told AS (
    UPDATE notice SET state = 'delivered' WHERE message_id = :id AND state IN ('sent', 'temporary_failure')
    RETURNING id
)
SELECT (SELECT count(*) FROM arrived) + (SELECT count(*) FROM told)
""")
_SEEN = text("""
WITH arrived AS (
    UPDATE message SET state = 'delivered', delivered_at = :at, sent_at = COALESCE(sent_at, :at)
    WHERE id = :id AND state IN ('sent', 'temporary_failure') RETURNING id
), told AS (
    UPDATE notice SET state = 'seen' WHERE message_id = :id AND state IN ('sent', 'delivered', 'temporary_failure')
    RETURNING id
)
SELECT (SELECT count(*) FROM arrived) + (SELECT count(*) FROM told)
""")
_BOUNCED = text("""
WITH returned AS (
    UPDATE message SET state = 'permanent_failure', reason = :reason, provider_answer = :answer WHERE id = :id
)
UPDATE notice SET state = 'permanent_failure', reason = :reason
WHERE message_id = :id AND state IN ('sent', 'delivered', 'temporary_failure')
""")
_HEAR = text("""
INSERT INTO message_attempt (message_id, number, at, provider, outcome, answer)
SELECT :message, COALESCE(max(number), 0) + 1, :at,
    COALESCE((SELECT provider FROM message WHERE id = :message), ''), CAST(:outcome AS varchar), :answer
FROM message_attempt WHERE message_id = :message
HAVING NOT COALESCE(bool_or(outcome = CAST(:outcome AS varchar) AND answer = CAST(:answer AS varchar)), false)
RETURNING number
""")


async def _hear(connection: AsyncConnection, message: uuid.UUID, outcome: str, word: LaterWord) -> bool:
    """Adds the word to the attempts, once. Returns whether it was new."""
    said = {"message": message, "outcome": outcome, "at": word.at, "answer": word.answer[:500]}
    return await connection.scalar(_HEAR, said) is not None
