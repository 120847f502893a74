"""Marks what somebody has seen of the own inbox; the first moment stays."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    DateTime,
    Update,
    Uuid,
    any_,
    bindparam,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.appraisal.table import AppraisalRow
from store.cycle.table import Cycle
from store.inbox.conditions import IN_INBOX, UNSEEN
from store.message.notice_table import NoticeRow

# Seen or not: where the engine was away when a notice was marked, the result itself is noted when it is repeated.
_UNNOTED_RESULTS = (
    select(col(NoticeRow.appraisal_id))
    .distinct()
    .join(AppraisalRow, col(AppraisalRow.id) == NoticeRow.appraisal_id)
    .where(
        col(NoticeRow.template) == "result_ready",
        col(AppraisalRow.employee_id) == NoticeRow.recipient_id,
        col(AppraisalRow.stage) == "response",
        col(AppraisalRow.snapshot).op("->>")("received_on").is_(None),
        col(AppraisalRow.snapshot).op("->>")("seen").is_(None),
    )
    .order_by(col(NoticeRow.appraisal_id))
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody has seen: these of his notices, or all that were written ``until`` a real moment."""

    person: uuid.UUID
    notices: Sequence[uuid.UUID] | None = None
    until: dt.datetime | None = None

    @property
    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """The same as conditions of a statement. Raises `ValueError` where neither or both are given."""
        if (self.notices is None) == (self.until is None):
            raise ValueError("name either notices or a moment")
        if self.notices is not None:
            chosen = col(NoticeRow.id) == any_(literal(list(self.notices), ARRAY(Uuid())))
        else:
            chosen = col(NoticeRow.created_at) <= self.until
        return col(NoticeRow.recipient_id) == self.person, IN_INBOX, chosen


def marking(*conditions: ColumnElement[bool]) -> Update:
    """Marks the notices of an inbox that were not seen yet and meet the conditions, at the real moment ``now``."""
    now = bindparam("now", type_=DateTime(timezone=True))
    return (
        update(NoticeRow)
        .where(col(AppraisalRow.id) == NoticeRow.appraisal_id, col(Cycle.id) == AppraisalRow.cycle_id)
        .where(IN_INBOX, UNSEEN, *conditions)
        .values(state="seen", seen_at=func.business_at(col(Cycle.clock), now))
    )


async def mark_seen(connection: AsyncConnection, seen: Seen, now: dt.datetime) -> int:
    """Marks them at the real moment ``now`` and returns how many were not marked before; others' are left alone."""
    return (await connection.execute(marking(*seen.conditions), {"now": now})).rowcount


async def results_to_note(connection: AsyncConnection, seen: Seen) -> list[uuid.UUID]:
    """The person's own appraisals whose result is told by what was seen and is not noted as received yet."""
    return list(await connection.scalars(_UNNOTED_RESULTS.where(*seen.conditions)))
