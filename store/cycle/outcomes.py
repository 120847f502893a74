"""What a rehearsal led to: outcomes, lateness, notices, and the cases that are not closed."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import ARRAY, DateTime, Text, Uuid, any_, bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.appraisal.rights import CASE
from store.appraisal.table import AppraisalRow, DeadlineRow
from store.message.table import MessageRow, NoticeRow
from store.rows import all_rows, one_row

_CYCLE = bindparam("cycle", type_=Uuid())
_END = func.coalesce(col(AppraisalRow.outcome), col(AppraisalRow.stage)).label("ended")
_OUTCOMES = (
    select(_END, func.count().label("appraisals"))
    .where(col(AppraisalRow.cycle_id) == _CYCLE)
    .group_by(_END)
    .order_by(func.count().desc(), _END)
)
_DEADLINES = (
    select(
        col(DeadlineRow.rule),
        func.count().label("begun"),
        func.count(col(DeadlineRow.lapsed_at)).label("lapsed"),
    )
    .select_from(DeadlineRow)
    .join(AppraisalRow, col(AppraisalRow.id) == col(DeadlineRow.appraisal_id))
    .where(col(AppraisalRow.cycle_id) == _CYCLE)
    .group_by(col(DeadlineRow.rule))
    .order_by(col(DeadlineRow.rule))
)
_NOTICES = text("""
    SELECT notice.template,
        CASE WHEN notice.template IN ('reminder', 'escalation') THEN notice.rule ELSE '' END AS rung,
        count(*) AS written, count(message.sent_at) AS sent,
        count(*) FILTER (WHERE notice.state IN ('cancelled', 'suppressed')) AS cancelled
    FROM notice
    JOIN appraisal ON appraisal.id = notice.appraisal_id
    LEFT JOIN message ON message.id = notice.message_id AND notice.state <> 'cancelled'
    WHERE appraisal.cycle_id = :cycle AND notice.channel <> 'inbox' GROUP BY 1, 2 ORDER BY 1, 2
""").bindparams(_CYCLE)
_MESSAGES = text("""
    SELECT count(*) AS people, COALESCE(sum(sent), 0) AS sent, COALESCE(max(sent), 0) AS most,
        COALESCE(percentile_disc(0.5) WITHIN GROUP (ORDER BY sent), 0) AS median
    FROM (
        SELECT count(*) AS sent FROM message
        WHERE rehearsal_cycle_id = :cycle AND sent_at IS NOT NULL GROUP BY recipient_id
    ) AS person
""").bindparams(_CYCLE)
_DAYS = text("""
    WITH sent AS (
        SELECT message.recipient_id, message.day, count(DISTINCT message.id) AS messages, count(*) AS notices
        FROM message JOIN notice ON notice.message_id = message.id AND notice.state <> 'cancelled'
        WHERE message.rehearsal_cycle_id = :cycle AND message.sent_at IS NOT NULL GROUP BY 1, 2
    ), person_role AS (
        SELECT recipient_id, CASE
                WHEN EXISTS (SELECT FROM role_grant WHERE person_id = recipient_id AND role = 'hr') THEN 'hr'
                WHEN EXISTS (SELECT FROM assignment WHERE holder_id = recipient_id) THEN 'supervisor'
                ELSE 'staff'
            END AS role
        FROM (SELECT DISTINCT recipient_id FROM sent) AS reached
    )
    SELECT role, count(DISTINCT recipient_id) AS people, count(*) AS days, sum(messages) AS messages,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY messages) AS median, max(messages) AS most,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY notices) AS median_notices, max(notices) AS most_notices
    FROM sent JOIN person_role USING (recipient_id)
    GROUP BY role ORDER BY role DESC
""").bindparams(_CYCLE)
_SENT = select(func.count()).where(
    col(MessageRow.rehearsal_cycle_id) == _CYCLE, col(MessageRow.sent_at).is_not(None)
)
_UNSENT = bindparam(
    "unsent", ("created", "held", "digesting", "sending", "temporary_failure"), type_=ARRAY(Text())
)
_WAITING = (
    select(func.count())
    .select_from(NoticeRow)
    .join(AppraisalRow, col(AppraisalRow.id) == col(NoticeRow.appraisal_id))
    .where(
        col(AppraisalRow.cycle_id) == _CYCLE,
        col(NoticeRow.channel) != "inbox",
        col(NoticeRow.state) == any_(_UNSENT),
    )
)
# A case with the clock counts as awaited if a day is set on which it goes on; any other case, if a holder is found.
_OPEN = text(f"""
    SELECT appraisal.id AS appraisal, person.name AS employee, appraisal.stage, appraisal.holder,
        appraisal.due_on, appraisal.entered_at,
        CASE WHEN appraisal.started_at IS NULL THEN false
            WHEN appraisal.holder = 'clock' THEN appraisal.snapshot ? 'opens_on'
            ELSE EXISTS (
                SELECT FROM task
                WHERE task.appraisal_id = appraisal.id AND task.duty = '' AND task.closed_at IS NULL AND EXISTS (
                    SELECT FROM holders_of({CASE}, task.capacity,
                        business_at(cycle.clock, :now), signers(appraisal.snapshot))))
        END AS awaited
    FROM appraisal
    JOIN cycle ON cycle.id = appraisal.cycle_id
    JOIN person ON person.id = appraisal.employee_id
    WHERE appraisal.cycle_id = :cycle AND appraisal.holder IS NOT NULL
    ORDER BY appraisal.entered_at, appraisal.id
""").bindparams(_CYCLE, bindparam("now", type_=DateTime(timezone=True)))  # noqa: S608  # CASE names columns


@dataclass(frozen=True, slots=True)
class DeadlineCount:
    """How many deadlines of one rule began, and how many lapsed."""

    rule: str
    begun: int
    lapsed: int


@dataclass(frozen=True, slots=True)
class NoticeCount:
    """Notices of one template; reminders and escalations by the rung of their ladder."""

    template: str
    rung: str
    written: int
    sent: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class Messages:
    """How many messages the people got."""

    people: int
    sent: int
    most: int
    median: int


@dataclass(frozen=True, slots=True)
class DailyMessages:
    """What one day brought to one person of a role, counting only days that brought something."""

    role: str
    """``staff``, ``supervisor`` (whoever rates somebody) or ``hr``."""
    people: int
    days: int
    """Pairs of a person and a day on which a message left for him."""
    messages: int
    median: int
    """Messages to one person in one day."""
    most: int
    median_notices: int
    """Notices to one person in one day: so many messages would have left without digests."""
    most_notices: int


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An appraisal that is not closed, and whether somebody or a set day is awaited."""

    appraisal: uuid.UUID
    employee: str
    stage: str
    holder: str
    due_on: dt.date | None
    entered_at: dt.datetime
    awaited: bool


async def outcomes(connection: AsyncConnection, cycle: uuid.UUID) -> list[tuple[str, int]]:
    """How many appraisals ended with each outcome; those that have not ended count under their stage."""
    return [(row.ended, row.appraisals) for row in await connection.execute(_OUTCOMES, {"cycle": cycle})]


async def deadline_counts(connection: AsyncConnection, cycle: uuid.UUID) -> list[DeadlineCount]:
    """Deadlines by rule."""
    return all_rows(DeadlineCount, await connection.execute(_DEADLINES, {"cycle": cycle}))


async def notice_counts(connection: AsyncConnection, cycle: uuid.UUID) -> list[NoticeCount]:
    """Notices by kind."""
    return all_rows(NoticeCount, await connection.execute(_NOTICES, {"cycle": cycle}))


async def messages(connection: AsyncConnection, cycle: uuid.UUID) -> Messages:
    """Messages for each person."""
    return one_row(Messages, (await connection.execute(_MESSAGES, {"cycle": cycle})).one())


async def daily_messages(connection: AsyncConnection, cycle: uuid.UUID) -> list[DailyMessages]:
    """What one day brought to one person, for each role."""
    return all_rows(DailyMessages, await connection.execute(_DAYS, {"cycle": cycle}))


async def messages_sent(connection: AsyncConnection, cycle: uuid.UUID) -> int:
    """How many messages have been handed over so far."""
    return int(await connection.scalar(_SENT, {"cycle": cycle}) or 0)


async def notices_waiting(connection: AsyncConnection, cycle: uuid.UUID) -> int:
    """How many notices are still to be sent."""
    return int(await connection.scalar(_WAITING, {"cycle": cycle}) or 0)


async def open_cases(connection: AsyncConnection, cycle: uuid.UUID, now: dt.datetime) -> list[OpenCase]:
    """Everything that is not closed at the real moment ``now``, the longest waiting first."""
    return all_rows(OpenCase, await connection.execute(_OPEN, {"cycle": cycle, "now": now}))
