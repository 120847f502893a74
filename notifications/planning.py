"""When and with what a notice leaves: at once, in the next digest, later, or not at all. Pure.

People work in the hours of their unit, and one message is read sooner than forty. So what can wait is gathered
into one message in the morning; what the morning would tell too late goes in the afternoon; what the employee's
rights run from goes by itself. Nobody gets more than a few messages a day.
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
_GATHERING = dt.timedelta(minutes=5)
"""How long people who nudge are waited for, so that ten nudges make one message."""


@dataclass(frozen=True, slots=True)
class Unplanned:
    """A notice that waits to be planned, with what the plan depends on."""

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
    """The messages that are planned or sent already to one person through one channel."""

    days: Counter[dt.date] = field(default_factory=Counter)
    """How many there are on each day."""
    gathering: set[dt.datetime] = field(default_factory=set)
    """Moments of digests that still take something in."""
    gone: Counter[dt.datetime] = field(default_factory=Counter)
    """Moments of digests that have left, or are leaving, and how many did."""

    def book(self, slot: dt.datetime, day: dt.date, *, digest: bool, waiting: bool) -> None:
        """Counts a message that there is."""
        self.days[day] += 1
        if digest and waiting:
            self.gathering.add(slot)
        elif digest:
            self.gone[slot] += 1

    def add(self, plan: "Plan") -> None:
        """Counts the message that a plan puts its notice into, unless it was there before."""
        if plan.slot is None or plan.day is None or (plan.digest and plan.slot in self.gathering):
            return
        self.book(plan.slot, plan.day, digest=plan.digest, waiting=True)


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of a notice: the message it leaves with, or why none."""

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
    """Decides on one notice, given what its recipient gets anyway."""
    if notice.channel in CHAT and notice.rehearsal_cycle is not None:
        return Plan(NoticeState.SUPPRESSED, Reason.REHEARSAL)
    preferred = True if notice.fallback and notice.preferred is None else notice.preferred
    if not is_wanted(notice.kind, notice.channel, preferred):
        return Plan(NoticeState.SUPPRESSED, Reason.PREFERENCE)
    if notice.channel in CHAT and not notice.fallback and _can_be_read_elsewhere(notice):
        return Plan(NoticeState.SUPPRESSED, Reason.NOT_NEAR_ENOUGH_FOR_CHAT)
    decided = _timed(notice, booked)
    # That it stands in for another channel says more than why it waits.
    return replace(decided, reason=Reason.FALLBACK) if notice.fallback else decided


def _timed(notice: Unplanned, booked: Booked) -> Plan:
    match notice.kind:
        case Kind.RESULT:
            return _within_limit(notice, booked, _next_opening(notice, notice.now), digest=False)
        case Kind.NUDGE:
            return _within_limit(notice, booked, _gathered(notice), digest=True)
        case _:
            return _within_limit(notice, booked, _routine(notice), digest=True)


def _can_be_read_elsewhere(notice: Unplanned) -> bool:
    """A chat message is for what is due by tomorrow; the days before belong to the e-mail."""
    if notice.kind is not Kind.REMINDER or notice.due_on is None:
        return False
    return notice.due_on - notice.calendar.local_date(notice.now) > _DAY


def _routine(notice: Unplanned) -> dt.datetime:
    """The next digest, unless that would be after the due day: then whatever comes before."""
    calendar, hours = notice.calendar, notice.hours
    today = calendar.local_date(notice.now)
    digest = _next_at(notice, hours.morning)
    due_on = notice.due_on
    if due_on is None or due_on < today or due_on >= calendar.local_date(digest):
        return digest
    afternoon = _next_at(notice, hours.afternoon)
    if calendar.local_date(afternoon) <= due_on:
        return afternoon
    opening = _next_opening(notice, notice.now)
    # Told at an odd hour, or told when nothing can be done any more: the hour gives way.
    return opening if calendar.local_date(opening) <= due_on else notice.now


def _gathered(notice: Unplanned) -> dt.datetime:
    grain = _GATHERING.total_seconds()
    rounded = dt.datetime.fromtimestamp((notice.now.timestamp() // grain + 1) * grain, dt.UTC)
    return _next_opening(notice, rounded)


def _within_limit(notice: Unplanned, booked: Booked, slot: dt.datetime, *, digest: bool) -> Plan:
    """The plan for ``slot``, or for the next working day's digest when the recipient has had enough that day."""
    calendar, hours = notice.calendar, notice.hours
    limit = hours.daily_chat if notice.channel in CHAT else hours.daily
    day = calendar.local_date(slot)
    late: Reason | None = None
    while booked.days[day] >= limit and not (digest and slot in booked.gathering):
        if notice.kind is Kind.RESULT and notice.due_on is not None and day >= notice.due_on:
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
    """The next moment, after now, of a local time on a working day."""
    calendar = notice.calendar
    day = calendar.on_or_after(calendar.local_date(notice.now))
    moment = calendar.at(day, time)
    return moment if moment > notice.now else calendar.at(calendar.add_working_days(day, 1), time)


def _next_opening(notice: Unplanned, moment: dt.datetime) -> dt.datetime:
    """``moment`` itself within the sending hours of a working day, else when they begin next."""
    calendar, hours = notice.calendar, notice.hours
    today = calendar.local_date(moment)
    if calendar.is_working(today):
        if moment < calendar.at(today, hours.opens):
            return calendar.at(today, hours.opens)
        if moment < calendar.at(today, hours.closes):
            return moment
    return calendar.at(calendar.add_working_days(today, 1), hours.opens)


def message_id(notice: Unplanned, plan_: Plan, booked: Booked) -> uuid.UUID:
    """The message that a planned notice leaves with: the same for whatever shares its moment, so planned once.

    What comes when the digest of its moment is leaving already goes into another one.
    """
    if not plan_.digest or plan_.slot is None:
        return notice.id
    place = f"{plan_.slot.isoformat()}|{booked.gone[plan_.slot]}"
    name = f"{notice.recipient}|{notice.channel}|{notice.rehearsal_cycle}|{place}"
    return uuid.uuid5(_NAMESPACE, name)


_NAMESPACE = uuid.UUID("7f6d0a52-0c0b-5b1e-9c43-2f1e8f0d3a11")
