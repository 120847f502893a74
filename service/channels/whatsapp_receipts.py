"""Takes the receipts that Meta sends for WhatsApp messages."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.whatsapp import error_told
from notifications.whatsapp_errors import Verdict, verdict_of
from store.message.channels import ChannelName
from store.message.delivery_reports import LaterWord, Outcome, Taken, record_later

_OUTCOMES = {"delivered": Outcome.DELIVERED, "read": Outcome.SEEN, "failed": Outcome.BOUNCED}
"""``sent`` is left out: it says no more than the answer to the sending call."""

_log = structlog.get_logger(__name__)


async def take_receipts(database: AsyncEngine, content: object, now: dt.datetime) -> bool:
    """Records every receipt of a call; False if a receipt preceded the note of its sending and must come again."""
    taken: Counter[Taken] = Counter()
    for word in receipts_in(content, now):
        taken[await record_later(database, word)] += 1
    _log.info("whatsapp_receipts", **{kind.value: number for kind, number in taken.items()})
    return not taken[Taken.TOO_EARLY]


def receipts_in(content: object, now: dt.datetime) -> Iterator[LaterWord]:
    """Every receipt of a call. Other reports of Meta are skipped, and so are malformed ones."""
    for entry in _list(content, "entry"):
        for change in _list(entry, "changes"):
            for status in _list(_get(change, "value"), "statuses"):
                word = _word(status, now)
                if word is not None:
                    yield word


def _word(status: object, now: dt.datetime) -> LaterWord | None:
    name, reference = _get(status, "status"), _get(status, "id")
    outcome = _OUTCOMES.get(name) if isinstance(name, str) else None
    if outcome is None or not isinstance(reference, str):
        return None
    errors = _list(status, "errors")
    code, told = error_told(errors[0]) if errors else (None, str(name))
    return LaterWord(
        outcome=outcome,
        answer=told or str(name),
        at=_moment(_get(status, "timestamp"), now),
        message=_own_id(_get(status, "biz_opaque_callback_data")),
        channel=ChannelName.WHATSAPP,
        reference=reference,
        bad_address=outcome is Outcome.BOUNCED and verdict_of(code, 200) is Verdict.BAD_ADDRESS,
    )


def _moment(timestamp: object, now: dt.datetime) -> dt.datetime:
    """The moment by Meta's clock, or now if Meta's clock is ahead of ours."""
    if isinstance(timestamp, str) and timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 11:
        return min(dt.datetime.fromtimestamp(int(timestamp), dt.UTC), now)
    return now


def _own_id(data: object) -> uuid.UUID | None:
    try:
        return uuid.UUID(hex=data) if isinstance(data, str) else None
    except ValueError:
        return None


def _get(content: object, name: str) -> Any:
    return content.get(name) if isinstance(content, dict) else None


def _list(content: object, name: str) -> list[Any]:
    found = _get(content, name)
    return found if isinstance(found, list) else []
