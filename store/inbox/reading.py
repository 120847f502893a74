"""Reads the inbox of one person."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import Boolean, DateTime, Uuid, bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.attending.standing import STANDS
from store.inbox.conditions import IN_INBOX, UNSEEN
from store.meeting.standing import IS_OF_MEETING
from store.message.table import NoticeRow
from store.receipt.awaited import AWAITS, RULES_OF_RESPONSE
from store.rows import all_rows

# A notice lasts as long as the case stays in the notice's stage, or as long as the duty that it is about is owed.
# Entering a stage again after a send-back is another stay.
_PAGE = text(f"""
    SELECT page.id, page.template, page.stage, page.duty, page.appraisal_id, page.attended_id, page.lasts,
        COALESCE(CASE WHEN page.lasts AND page.operation_id IS NULL AND page.attended_id IS NULL AND NOT page.of_meeting
            THEN page.running_due_on END, page.due_on)
            AS due_on,
        employee.id AS employee_id, employee.name AS employee, page.cycle, sender.name AS nudger, page.rehearsal,
        page.business_at AS at, page.created_at, page.seen_at, page.awaits
    FROM (
        SELECT notice.*, cycle.name AS cycle, appraisal.employee_id,
            CASE WHEN notice.duty = '' THEN appraisal.due_on ELSE owed.due_on END AS running_due_on,
            CASE WHEN notice.attended_id IS NOT NULL THEN {STANDS} AND notice.reason <> 'done_since'
                ELSE CASE WHEN notice.duty = '' THEN appraisal.stage = notice.stage ELSE owed.id IS NOT NULL END
                    AND NOT EXISTS (
                        SELECT FROM task
                        WHERE task.appraisal_id = notice.appraisal_id AND task.duty = notice.duty
                            AND (task.stage = notice.stage OR notice.duty <> '')
                            AND task.closed_sequence > notice.occurrence)
            END AS lasts,
            CASE WHEN notice.attended_id IS NULL THEN {AWAITS} END AS awaits, {IS_OF_MEETING} AS of_meeting
        FROM notice
        JOIN appraisal ON appraisal.id = notice.appraisal_id
        JOIN cycle ON cycle.id = appraisal.cycle_id
        LEFT JOIN attended ON attended.id = notice.attended_id
        LEFT JOIN task AS owed ON owed.appraisal_id = notice.appraisal_id AND owed.duty = notice.duty
            AND owed.duty <> '' AND owed.closed_at IS NULL
        {RULES_OF_RESPONSE}
        WHERE notice.recipient_id = :person AND notice.channel = 'inbox'
            AND (NOT :unseen OR notice.state = 'delivered')
            AND (CAST(:after_id AS uuid) IS NULL OR (notice.created_at, notice.id) < (:after_at, :after_id))
        ORDER BY notice.created_at DESC, notice.id DESC LIMIT :limit
    ) AS page
    JOIN person AS employee ON employee.id = page.employee_id
    LEFT JOIN person AS sender ON sender.id = page.sender_id
    ORDER BY page.created_at DESC, page.id DESC
""").bindparams(  # noqa: S608  # its parts are constants
    bindparam("person", type_=Uuid()),
    bindparam("unseen", type_=Boolean()),
    bindparam("after_at", type_=DateTime(timezone=True)),
    bindparam("after_id", type_=Uuid()),
)
_UNSEEN = (
    select(col(NoticeRow.template), col(NoticeRow.stage), col(NoticeRow.duty), func.count().label("count"))
    .where(col(NoticeRow.recipient_id) == bindparam("person"), IN_INBOX, UNSEEN)
    .group_by(col(NoticeRow.template), col(NoticeRow.stage), col(NoticeRow.duty))
)


@dataclass(frozen=True, slots=True)
class InboxNotice:
    """One notice in somebody's inbox."""

    id: uuid.UUID
    template: str
    stage: str
    duty: str
    """What is owed beside the stage, a value of `DutyKind`; empty if it is about the stage."""
    appraisal_id: uuid.UUID
    attended_id: uuid.UUID | None
    """The survey, team or time to improve that it is about, if it is about one."""
    lasts: bool
    """Whether the case has stayed in the notice's stage, or the duty been owed, since the notice was written; of
    what is attended to, whether it goes on and the reader still has a part to do."""
    due_on: dt.date | None
    """The running due day while it ``lasts``, otherwise the due day when the notice was written."""
    employee_id: uuid.UUID
    employee: str
    cycle: str
    nudger: str | None
    """Name of the person whose nudge it is."""
    rehearsal: bool
    at: dt.datetime
    """Business moment."""
    created_at: dt.datetime
    """Real moment, by which the inbox is ordered."""
    seen_at: dt.datetime | None
    """Business moment at which it was first seen."""
    awaits: str | None
    """In a response before the receipt: the act of the employee that begins its days."""


@dataclass(frozen=True, slots=True)
class UnseenCount:
    """How many notices of one template in one stage, about the same duty if any, have not been seen."""

    template: str
    stage: str
    duty: str
    count: int


async def inbox(
    connection: AsyncConnection,
    person: uuid.UUID,
    *,
    unseen: bool,
    after: tuple[dt.datetime, uuid.UUID] | None,
    limit: int,
) -> list[InboxNotice]:
    """The person's notices, the newest first, beginning behind ``after``."""
    at, last = after or (None, None)
    rows = await connection.execute(
        _PAGE, {"person": person, "unseen": unseen, "after_at": at, "after_id": last, "limit": limit}
    )
    return all_rows(InboxNotice, rows)


async def unseen_counts(connection: AsyncConnection, person: uuid.UUID) -> list[UnseenCount]:
    """All that the person has not seen, counted."""
    return all_rows(UnseenCount, await connection.execute(_UNSEEN, {"person": person}))
