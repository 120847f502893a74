"""Marks what somebody has seen of the own inbox; the first moment stays."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    DateTime,
    Select,
    Update,
    Uuid,
    any_,
    bindparam,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.appraisal.table import AppraisalRow
from store.constant import constant
from store.cycle.table import Cycle
from store.inbox.conditions import IN_INBOX, UNSEEN
from store.message.notice_table import NoticeRow

_OF_PERSON = col(NoticeRow.recipient_id) == bindparam("person")
_NAMED = _OF_PERSON, col(NoticeRow.id) == any_(bindparam("notices", type_=ARRAY(Uuid())))
_UNTIL = _OF_PERSON, col(NoticeRow.created_at) <= bindparam("until")


def marking(*chosen: ColumnElement[bool]) -> Update:
    """Marks those of the chosen notices that lie unseen in an inbox, at the real moment ``now``."""
    now = bindparam("now", type_=DateTime(timezone=True))
    return (
        update(NoticeRow)
        .where(col(AppraisalRow.id) == NoticeRow.appraisal_id, col(Cycle.id) == AppraisalRow.cycle_id)
        .where(IN_INBOX, UNSEEN, *chosen)
        .values(
            {col(NoticeRow.state): "seen", col(NoticeRow.seen_at): func.business_at(col(Cycle.clock), now)}
        )
    )


def _unnoted_results(*chosen: ColumnElement[bool]) -> Select[uuid.UUID]:
    return (
        select(col(NoticeRow.appraisal_id))
        .distinct()
        .join(AppraisalRow, col(AppraisalRow.id) == NoticeRow.appraisal_id)
        .where(
            IN_INBOX,
            *chosen,
            col(NoticeRow.template) == constant("result_ready"),
            col(AppraisalRow.employee_id) == bindparam("person"),
            col(AppraisalRow.stage) == constant("response"),
            col(AppraisalRow.snapshot).op("->>")(constant("received_on")).is_(None),
            col(AppraisalRow.snapshot).op("->>")(constant("seen")).is_(None),
        )
        .order_by(col(NoticeRow.appraisal_id))
    )


_SEE_NAMED, _SEE_UNTIL = marking(*_NAMED), marking(*_UNTIL)
# Seen or not: where the engine was away when a notice was marked, the result itself is noted when it is repeated.
_RESULTS_NAMED, _RESULTS_UNTIL = _unnoted_results(*_NAMED), _unnoted_results(*_UNTIL)


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody has seen: these of his notices, or all that were written ``until`` a real moment."""

    person: uuid.UUID
    notices: Sequence[uuid.UUID] | None = None
    until: dt.datetime | None = None

    def __post_init__(self) -> None:
        """Raises `ValueError` where neither or both are given."""
        if (self.notices is None) == (self.until is None):
            raise ValueError("name either notices or a moment")

    @property
    def parameters(self) -> dict[str, Any]:
        """The same as parameters of a statement."""
        if self.notices is not None:
            return {"person": self.person, "notices": list(self.notices)}
        return {"person": self.person, "until": self.until}


async def mark_seen(connection: AsyncConnection, seen: Seen, now: dt.datetime) -> int:
    """Marks them at the real moment ``now`` and returns how many were not marked before; others' are left alone."""
    statement = _SEE_UNTIL if seen.notices is None else _SEE_NAMED
    return (await connection.execute(statement, {**seen.parameters, "now": now})).rowcount


async def results_to_note(connection: AsyncConnection, seen: Seen) -> list[uuid.UUID]:
    """The person's own appraisals whose result is told by what was seen and is not noted as received yet."""
    statement = _RESULTS_UNTIL if seen.notices is None else _RESULTS_NAMED
    return list(await connection.scalars(statement, seen.parameters))
