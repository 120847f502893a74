"""Marks in the inbox what somebody has seen of a case."""

import datetime as dt
import uuid

from sqlalchemy import bindparam
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.inbox.seeing import marking
from store.message.table import NoticeRow

_SEE = marking(
    col(NoticeRow.appraisal_id) == bindparam("appraisal"), col(NoticeRow.recipient_id) == bindparam("person")
)


async def see(connection: AsyncConnection, appraisal: uuid.UUID, person: uuid.UUID, now: dt.datetime) -> int:
    """Marks the inbox notices of a case that somebody has not seen yet, at the real moment ``now``.

    Returns how many it marked; a notice that was marked before keeps its first moment.
    """
    result = await connection.execute(_SEE, {"appraisal": appraisal, "person": person, "now": now})
    return result.rowcount
