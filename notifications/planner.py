"""Plans the notices that nobody has planned yet, a batch at a time."""

import datetime as dt
import json
import uuid
from collections import defaultdict
from collections.abc import Collection
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from notifications.hours import HoursInvalid, SendingHours, hours_from
from notifications.kinds import kind_of
from notifications.planning import Booked, Plan, Unplanned, message_id, plan
from states.calendar import LAST_DAY, OutsideCalendar, WorkingCalendar, content_key
from states.clock import Clock
from states.stages import Stage
from store.message.channels import ChannelName
from store.message.notice import NoticeState
from store.message.reasons import Reason
from store.message.unplanned import (
    BookedRow,
    PlannedRow,
    UnplannedRow,
    booked,
    calendars,
    may_plan,
    unplanned,
    write_plans,
)

BATCH = 1000
_DAY = dt.timedelta(days=1)

_log = structlog.get_logger(__name__)

_Mailbox = tuple[uuid.UUID, str, uuid.UUID | None]
"""Recipient, channel and rehearsal. Each rehearsal has its own time, so its messages are counted apart."""


class Planner:
    """Decides when and in which message each new notice leaves. Caches calendars, which never change."""

    def __init__(
        self, database: AsyncEngine, configured: Collection[ChannelName], *, batch: int = BATCH
    ) -> None:
        self._engine = database
        self._configured = frozenset(configured)
        self._batch = batch
        self._contents: dict[str, dict[str, Any]] = {}
        self._calendars: dict[tuple[str, str], WorkingCalendar] = {}
        self._hours: dict[str, SendingHours] = {}
        self._clocks: dict[str, Clock] = {}

    async def plan_waiting(self) -> int:
        """Plans one batch and returns how many notices it held; also 0 if another planner is at work."""
        async with self._engine.begin() as connection:
            if not await may_plan(connection):
                return 0
            rows = await unplanned(connection, self._batch)
            if rows:
                await self._load_calendars(connection, rows)
                await write_plans(connection, await self._planned(connection, rows))
        return len(rows)

    async def _load_calendars(self, connection: AsyncConnection, rows: list[UnplannedRow]) -> None:
        missing = {row.calendar for row in rows} - self._contents.keys()
        if missing:
            self._contents |= await calendars(connection, sorted(missing))

    async def _planned(self, connection: AsyncConnection, rows: list[UnplannedRow]) -> list[PlannedRow]:
        now = dt.datetime.now(dt.UTC)
        clocks = [self._clock_of(row) for row in rows]
        waiting = [self._unplanned(row, clock.business(now)) for row, clock in zip(rows, clocks, strict=True)]
        since = min(each.now for each in waiting).date() - _DAY
        recipients = sorted({each.recipient for each in waiting})
        book = _book(await booked(connection, recipients, since))
        planned = []
        for notice, clock in zip(waiting, clocks, strict=True):
            mailbox = book[notice.recipient, notice.channel, notice.rehearsal_cycle]
            decided = self._decided(notice, mailbox)
            mailbox.add(decided)
            planned.append(_row(notice, decided, mailbox, clock))
        return planned

    def _decided(self, notice: Unplanned, mailbox: Booked) -> Plan:
        if notice.channel not in self._configured:
            return Plan(NoticeState.SUPPRESSED, Reason.CHANNEL_NOT_CONFIGURED)
        # A forgotten rehearsal runs into years without a calendar. It must not stop the other notices.
        beyond = Plan(NoticeState.SUPPRESSED, Reason.BEYOND_CALENDAR)
        try:
            return beyond if notice.now.date() >= LAST_DAY else plan(notice, mailbox)
        except OutsideCalendar:
            return beyond

    def _unplanned(self, row: UnplannedRow, now: dt.datetime) -> Unplanned:
        kind = kind_of(row.template, Stage(row.stage), row.duty)
        return Unplanned(
            id=row.id,
            recipient=row.recipient_id,
            channel=ChannelName(row.channel),
            kind=kind,
            due_on=row.due_on,
            now=now,
            calendar=self._calendar_of(row),
            hours=self._hours_of(row),
            preferred=(row.preferred or {}).get(kind.value),
            rehearsal_cycle=row.rehearsal_cycle_id,
            fallback=row.fallback,
        )

    def _calendar_of(self, row: UnplannedRow) -> WorkingCalendar:
        """The working days of the case's agency, in the time zone of the place where the recipient works."""
        key = row.calendar, row.zone
        if key not in self._calendars:
            told = WorkingCalendar.from_data(self._contents[row.calendar])
            days = told.working_weekdays, told.closed
            self._calendars[key] = WorkingCalendar(content_key(row.zone, *days), row.zone, *days)
        return self._calendars[key]

    def _hours_of(self, row: UnplannedRow) -> SendingHours:
        key = json.dumps(row.sending_hours, sort_keys=True)
        if key not in self._hours:
            self._hours[key] = self._read_hours(row)
        return self._hours[key]

    def _read_hours(self, row: UnplannedRow) -> SendingHours:
        try:
            return hours_from(row.sending_hours)
        except HoursInvalid as invalid:
            # One agency's hours, which are set by hand, must not stop everybody's mail.
            _log.error("sending_hours_invalid", field=invalid.field, problem=str(invalid))
            return SendingHours()

    def _clock_of(self, row: UnplannedRow) -> Clock:
        key = json.dumps(row.clock)
        if key not in self._clocks:
            self._clocks[key] = Clock.from_data(row.clock)
        return self._clocks[key]


def _book(rows: list[BookedRow]) -> defaultdict[_Mailbox, Booked]:
    book: defaultdict[_Mailbox, Booked] = defaultdict(Booked)
    for row in rows:
        mailbox = book[row.recipient_id, row.channel, row.rehearsal_cycle_id]
        mailbox.book(row.slot, row.day, digest=row.digest, waiting=row.waiting)
    return book


def _row(notice: Unplanned, decided: Plan, mailbox: Booked, clock: Clock) -> PlannedRow:
    return PlannedRow(
        id=notice.id,
        state=decided.state.value,
        reason=decided.reason,
        message=message_id(notice, decided, mailbox) if decided.slot is not None else None,
        slot=decided.slot,
        day=decided.day,
        digest=decided.digest,
        leaves_at=clock.real(decided.slot) if decided.slot is not None else None,
    )
