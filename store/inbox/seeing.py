"""Marks what a person has seen in his own inbox; the first moment stays."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    DateTime,
    Update,
    Uuid,
    any_,
    bindparam,
    func,
    or_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.appraisal.table import AppraisalRow
from store.cycle.table import Cycle
from store.inbox.conditions import IN_INBOX, UNSEEN
from store.message.table import NoticeRow

_NOTICES = bindparam("notices", type_=ARRAY(Uuid()))
_UNTIL = bindparam("until", type_=DateTime(timezone=True))
_CHOSEN = (
    col(NoticeRow.recipient_id) == bindparam("person"),
    or_(_NOTICES.is_(None), col(NoticeRow.id) == any_(_NOTICES)),
    or_(_UNTIL.is_(None), col(NoticeRow.created_at) <= _UNTIL),
)


def marking(*chosen: ColumnElement[bool]) -> Update:
    """Marks the chosen notices that lie unseen in an inbox, at the real moment ``now``."""
    now = bindparam("now", type_=DateTime(timezone=True))
    return (
        update(NoticeRow)
        .where(col(AppraisalRow.id) == NoticeRow.appraisal_id, col(Cycle.id) == AppraisalRow.cycle_id)
        .where(IN_INBOX, UNSEEN, *chosen)
        .values(
            {col(NoticeRow.state): "seen", col(NoticeRow.seen_at): func.business_at(col(Cycle.clock), now)}
        )
    )


_SEE = marking(*_CHOSEN)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person has seen: certain notices, or all of his that were written ``until`` a real moment."""

    person: uuid.UUID
    notices: Sequence[uuid.UUID] | None = None
    until: dt.datetime | None = None

    @property
    def parameters(self) -> dict[str, Any]:
        """The same as parameters of a statement. Raises `ValueError` if neither or both are given."""
        if (self.notices is None) == (self.until is None):
            raise ValueError("name either notices or a moment")
        notices = None if self.notices is None else list(self.notices)
        return {"person": self.person, "notices": notices, "until": self.until}


async def mark_seen(connection: AsyncConnection, seen: Seen, now: dt.datetime) -> int:
    """Marks them at the real moment ``now`` and returns how many were unmarked. Others' notices stay as they are."""
    return (await connection.execute(_SEE, {**seen.parameters, "now": now})).rowcount
