"""When and in which message a notice leaves: at once, in the next digest, later, or not at all. Pure.

People work in the hours of their unit, and they read one message sooner than forty. A digest in the morning
therefore gathers what can wait. A second digest in the afternoon holds what would be too late the next morning.
Results, objections and due days that a decree has moved leave in messages of their own, because rights run from them.
So do appointments, which go with a file for the calendar.
Nobody gets more than a few messages a day.
"""

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass, field, replace

from notifications.hours import SendingHours
from notifications.kinds import Kind, is_wanted
from states.calendar import WorkingCalendar
from store.message.channels import CHAT, ChannelName
from store.message.notice import NoticeState
from store.message.reasons import Reason

_DAY = dt.timedelta(days=1)
_NOT_PUT_OFF = frozenset({Kind.RESULT, Kind.MEETING})
"""What no limit of messages puts off beyond the last day on which it is of use."""
_GATHERING = dt.timedelta(minutes=5)
"""Nudges are gathered for this long, so that ten nudges make one message."""


@dataclass(frozen=True, slots=True)
class Unplanned:
    """A notice that waits to be planned, with everything on which its plan depends."""

    id: uuid.UUID
    recipient: uuid.UUID
    channel: ChannelName
    kind: Kind
    due_on: dt.date | None
    now: dt.datetime
    """Business moment."""
    calendar: WorkingCalendar
    """The recipient's."""
    hours: SendingHours
    preferred: bool | None
    rehearsal_cycle: uuid.UUID | None
    fallback: bool = False
    """Whether it stands in for a channel that failed."""


@dataclass(slots=True)
class Booked:
    """The messages to one person through one channel that are already planned or sent."""

    days: Counter[dt.date] = field(default_factory=Counter)
    """How many there are on each day."""
    gathering: set[dt.datetime] = field(default_factory=set)
    """Moments of digests that still accept notices."""
    gone: Counter[dt.datetime] = field(default_factory=Counter)
    """Moments of digests that have left or are leaving, with the number of these digests."""

    def book(self, slot: dt.datetime, day: dt.date, *, digest: bool, waiting: bool) -> None:
        """Counts a message that exists."""
        self.days[day] += 1
        if digest and waiting:
            self.gathering.add(slot)
        elif digest:
            self.gone[slot] += 1

    def add(self, plan: "Plan") -> None:
        """Counts the message of a plan, unless it was counted before."""
        if plan.slot is None or plan.day is None or (plan.digest and plan.slot in self.gathering):
            return
        self.book(plan.slot, plan.day, digest=plan.digest, waiting=True)


@dataclass(frozen=True, slots=True)
class Plan:
    """What happens to a notice: the message in which it leaves, or why it does not leave."""

    state: NoticeState
    """`CREATED` (leaves at once), `HELD`, `DIGESTING` or `SUPPRESSED`."""
    reason: str = ""
    """A code: why it waits or is suppressed."""
    slot: dt.datetime | None = None
    """Business moment from which its message may leave."""
    day: dt.date | None = None
    """The recipient's local date of ``slot``."""
    digest: bool = False
    """Whether the message gathers everything of the same moment."""


def plan(notice: Unplanned, booked: Booked) -> Plan:
    """Plans one notice, given the messages that its recipient gets anyway."""
    if notice.channel in CHAT and notice.rehearsal_cycle is not None:
        return Plan(NoticeState.SUPPRESSED, Reason.REHEARSAL)
    preferred = True if notice.fallback and notice.preferred is None else notice.preferred
    if not is_wanted(notice.kind, notice.channel, preferred):
        return Plan(NoticeState.SUPPRESSED, Reason.PREFERENCE)
    if notice.channel in CHAT and not notice.fallback and _can_be_read_elsewhere(notice):
        return Plan(NoticeState.SUPPRESSED, Reason.NOT_NEAR_ENOUGH_FOR_CHAT)
    decided = _timed(notice, booked)
    # "It stands in for another channel" is a more useful reason than why it waits.
    return replace(decided, reason=Reason.FALLBACK) if notice.fallback else decided


def _timed(notice: Unplanned, booked: Booked) -> Plan:
    match notice.kind:
        case Kind.RESULT:
            return _within_limit(notice, booked, _next_opening(notice, notice.now), digest=False)
        case Kind.MEETING if not _opens_in_time(notice):
            return _within_limit(notice, booked, notice.now, digest=False)
        case Kind.OBJECTION | Kind.CALENDAR | Kind.MEETING:
            return _alone_or_gathered(notice, booked)
        case Kind.NUDGE:
            return _within_limit(notice, booked, _gathered(notice), digest=True)
        case _:
            return _within_limit(notice, booked, _routine(notice), digest=True)


def _last_day(notice: Unplanned) -> dt.date | None:
    """The last day on which it is of use: its due day; of a meeting, which may begin early, the day before."""
    if notice.due_on is None or notice.kind is not Kind.MEETING:
        return notice.due_on
    return notice.due_on - _DAY


def _opens_in_time(notice: Unplanned) -> bool:
    """Whether the sending hours begin before the day of a meeting. One that is over is no reason for an odd hour."""
    today = notice.calendar.local_date(notice.now)
    if notice.due_on is None or notice.due_on < today:
        return True
    return notice.calendar.local_date(_next_opening(notice, notice.now)) < notice.due_on


def _alone_or_gathered(notice: Unplanned, booked: Booked) -> Plan:
    """A message of its own; one that would be more than the day may have goes into the digest, which is not held up."""
    slot = _next_opening(notice, notice.now)
    if booked.days[notice.calendar.local_date(slot)] < _limit(notice):
        return _within_limit(notice, booked, slot, digest=False)
    return _within_limit(notice, booked, _routine(notice), digest=True)


def _limit(notice: Unplanned) -> int:
    return notice.hours.daily_chat if notice.channel in CHAT else notice.hours.daily


def _can_be_read_elsewhere(notice: Unplanned) -> bool:
    """Whether a reminder needs no chat message: chat is for what is due by tomorrow, e-mail for the days before."""
    if notice.kind is not Kind.REMINDER or notice.due_on is None:
        return False
    return notice.due_on - notice.calendar.local_date(notice.now) > _DAY


def _routine(notice: Unplanned) -> dt.datetime:
    """The next morning digest or, if it comes too late for the due day, the afternoon digest or the next opening."""
    calendar, hours = notice.calendar, notice.hours
    today = calendar.local_date(notice.now)
    digest = _next_at(notice, hours.morning)
    due_on = _last_day(notice)
    if due_on is None or due_on < today or due_on >= calendar.local_date(digest):
        return digest
    afternoon = _next_at(notice, hours.afternoon)
    if calendar.local_date(afternoon) <= due_on:
        return afternoon
    opening = _next_opening(notice, notice.now)
    # A message at an odd hour is better than one that comes when nothing can be done any more.
    return opening if calendar.local_date(opening) <= due_on else notice.now


def _gathered(notice: Unplanned) -> dt.datetime:
    grain = _GATHERING.total_seconds()
    rounded = dt.datetime.fromtimestamp((notice.now.timestamp() // grain + 1) * grain, dt.UTC)
    return _next_opening(notice, rounded)


def _within_limit(notice: Unplanned, booked: Booked, slot: dt.datetime, *, digest: bool) -> Plan:
    """The plan for ``slot``, or for a later working day if the recipient has reached the limit of that day."""
    calendar, hours, limit = notice.calendar, notice.hours, _limit(notice)
    day, last_day = calendar.local_date(slot), _last_day(notice)
    late: Reason | None = None
    while booked.days[day] >= limit and not (digest and slot in booked.gathering):
        if notice.kind in _NOT_PUT_OFF and last_day is not None and day >= last_day:
            break
        day = calendar.add_working_days(day, 1)
        slot = calendar.at(day, hours.morning if digest else hours.opens)
        late = Reason.DAILY_LIMIT
    if slot <= notice.now:
        return Plan(NoticeState.CREATED, late or "", slot, day, digest)
    if digest and notice.kind is not Kind.NUDGE:
        return Plan(NoticeState.DIGESTING, late or Reason.DIGEST, slot, day, digest)
    return Plan(NoticeState.HELD, late or Reason.SENDING_HOURS, slot, day, digest)


def _next_at(notice: Unplanned, time: dt.time) -> dt.datetime:
    """The next moment after now at which it is this local time on a working day."""
    calendar = notice.calendar
    day = calendar.on_or_after(calendar.local_date(notice.now))
    moment = calendar.at(day, time)
    return moment if moment > notice.now else calendar.at(calendar.add_working_days(day, 1), time)


def _next_opening(notice: Unplanned, moment: dt.datetime) -> dt.datetime:
    """``moment`` itself if it is within the sending hours of a working day, else the next time they begin."""
    calendar, hours = notice.calendar, notice.hours
    today = calendar.local_date(moment)
    if calendar.is_working(today):
        if moment < calendar.at(today, hours.opens):
            return calendar.at(today, hours.opens)
        if moment < calendar.at(today, hours.closes):
            return moment
    return calendar.at(calendar.add_working_days(today, 1), hours.opens)


def message_id(notice: Unplanned, plan_: Plan, booked: Booked) -> uuid.UUID:
    """The id of the message in which a planned notice leaves. Notices of a digest with the same moment share one.

    A notice that comes while the digest of its moment is already leaving goes into another digest.
    """
    if not plan_.digest or plan_.slot is None:
        return notice.id
    place = f"{plan_.slot.isoformat()}|{booked.gone[plan_.slot]}"
    name = f"{notice.recipient}|{notice.channel}|{notice.rehearsal_cycle}|{place}"
    return uuid.uuid5(_NAMESPACE, name)


_NAMESPACE = uuid.UUID("7f6d0a52-0c0b-5b1e-9c43-2f1e8f0d3a11")
