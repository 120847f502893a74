"""When notices leave: hours, digests, limits, preferences. Wednesday 7 January 2026 unless a test says otherwise."""

import datetime as dt
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.hours import SendingHours, hours_from
from notifications.kinds import LOCKED, Kind
from notifications.planning import Booked, Plan, Unplanned, message_id, plan
from states.national import national_calendar
from store.message.channels import CHAT, ChannelName
from store.message.notice import NoticeState

CALENDAR = national_calendar(zone="Asia/Jakarta")
WEDNESDAY = dt.date(2026, 1, 7)
THURSDAY = dt.date(2026, 1, 8)
FRIDAY = dt.date(2026, 1, 9)
MONDAY = dt.date(2026, 1, 12)


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A moment by the clock on the wall of Jakarta."""
    return CALENDAR.at(day, dt.time(hour, minute))


def notice(kind: Kind = Kind.TASK, **changes: Any) -> Unplanned:
    usual: dict[str, Any] = {
        "id": uuid.UUID(int=1),
        "recipient": uuid.UUID(int=2),
        "channel": ChannelName.EMAIL,
        "kind": kind,
        "due_on": dt.date(2026, 1, 20),
        "now": at(WEDNESDAY, 10),
        "calendar": CALENDAR,
        "hours": SendingHours(),
        "preferred": None,
        "rehearsal_cycle": None,
    }
    return Unplanned(**(usual | changes))


def planned(kind: Kind = Kind.TASK, booked: Booked | None = None, **changes: Any) -> Plan:
    return plan(notice(kind, **changes), booked or Booked())


def full(day: dt.date, messages: int = 2) -> Booked:
    """Somebody who has had so many messages of their own on a day."""
    booked = Booked()
    for number in range(messages):
        booked.book(at(day, 9, number), day, digest=False, waiting=False)
    return booked


def test_a_new_task_waits_for_the_digest_of_the_next_morning() -> None:
    assert planned() == Plan(NoticeState.DIGESTING, "digest", at(THURSDAY, 8, 30), THURSDAY, digest=True)


def test_a_reminder_of_eight_o_clock_is_in_the_digest_of_the_same_day() -> None:
    assert planned(Kind.REMINDER, now=at(WEDNESDAY, 8, 1)).slot == at(WEDNESDAY, 8, 30)


def test_a_digest_skips_the_weekend() -> None:
    assert planned(now=at(FRIDAY, 10)).slot == at(MONDAY, 8, 30)


def test_a_digest_skips_a_holiday() -> None:
    before_new_year = dt.date(2025, 12, 31)
    assert planned(now=at(before_new_year, 10)).slot == at(dt.date(2026, 1, 2), 8, 30)


def test_what_is_due_before_the_next_digest_goes_in_the_afternoon() -> None:
    assert planned(due_on=WEDNESDAY).slot == at(WEDNESDAY, 13, 30)


def test_what_is_due_on_the_day_of_the_digest_waits_for_it() -> None:
    assert planned(due_on=THURSDAY).slot == at(THURSDAY, 8, 30)


def test_what_is_due_today_and_comes_after_the_afternoon_digest_goes_at_once() -> None:
    late = at(WEDNESDAY, 15)
    assert planned(due_on=WEDNESDAY, now=late) == Plan(NoticeState.CREATED, "", late, WEDNESDAY, digest=True)


def test_what_is_due_today_does_not_wait_for_a_decent_hour() -> None:
    evening = at(WEDNESDAY, 19)
    assert planned(due_on=WEDNESDAY, now=evening).slot == evening


def test_what_is_due_on_a_saturday_is_told_on_friday() -> None:
    assert planned(due_on=dt.date(2026, 1, 10), now=at(FRIDAY, 10)).slot == at(FRIDAY, 13, 30)


def test_what_is_overdue_already_waits_for_the_digest() -> None:
    assert planned(Kind.ESCALATION, due_on=dt.date(2026, 1, 6)).slot == at(THURSDAY, 8, 30)


def test_a_result_goes_by_itself_and_at_once_within_the_hours() -> None:
    now = at(WEDNESDAY, 10)
    assert planned(Kind.RESULT) == Plan(NoticeState.CREATED, "", now, WEDNESDAY, digest=False)


@pytest.mark.parametrize(("hour", "day"), ((5, WEDNESDAY), (16, THURSDAY), (22, THURSDAY)))
def test_a_result_outside_the_hours_is_held_until_they_begin(hour: int, day: dt.date) -> None:
    held = planned(Kind.RESULT, now=at(WEDNESDAY, hour))
    assert held == Plan(NoticeState.HELD, "sending_hours", at(day, 7, 30), day, digest=False)


def test_a_result_of_friday_night_is_held_until_monday() -> None:
    assert planned(Kind.RESULT, now=at(FRIDAY, 20)).slot == at(MONDAY, 7, 30)


def test_the_hours_are_those_of_the_recipients_zone() -> None:
    papua = national_calendar(zone="Asia/Jayapura")
    held = planned(Kind.RESULT, calendar=papua, now=at(WEDNESDAY, 14, 30))
    assert held.slot == papua.at(THURSDAY, dt.time(7, 30))


def test_the_hours_are_those_of_the_agency() -> None:
    early = SendingHours(opens=dt.time(6), morning=dt.time(6, 30))
    assert planned(hours=early).slot == at(THURSDAY, 6, 30)


def test_nudges_of_five_minutes_are_gathered() -> None:
    first = planned(Kind.NUDGE, now=at(WEDNESDAY, 10, 1))
    assert first.slot == planned(Kind.NUDGE, now=at(WEDNESDAY, 10, 4)).slot == at(WEDNESDAY, 10, 5)
    assert (first.state, first.digest) == (NoticeState.HELD, True)


def test_a_nudge_at_night_rings_in_the_morning() -> None:
    assert planned(Kind.NUDGE, now=at(WEDNESDAY, 23)).slot == at(THURSDAY, 7, 30)


def test_somebody_who_has_had_enough_today_gets_it_with_the_next_digest() -> None:
    waits = planned(booked=full(WEDNESDAY), due_on=WEDNESDAY)
    assert waits == Plan(NoticeState.DIGESTING, "daily_limit", at(THURSDAY, 8, 30), THURSDAY, digest=True)


def test_a_digest_that_is_planned_anyway_takes_in_more() -> None:
    booked = full(THURSDAY, 1)
    booked.book(at(THURSDAY, 8, 30), THURSDAY, digest=True, waiting=True)
    assert planned(booked=booked).slot == at(THURSDAY, 8, 30)


def test_a_digest_that_has_left_takes_in_nothing() -> None:
    booked = full(WEDNESDAY, 1)
    booked.book(at(WEDNESDAY, 13, 30), WEDNESDAY, digest=True, waiting=False)
    assert planned(booked=booked, due_on=WEDNESDAY).slot == at(THURSDAY, 8, 30)


def test_a_result_waits_for_the_next_day_when_two_messages_have_left() -> None:
    waits = planned(Kind.RESULT, booked=full(WEDNESDAY))
    assert waits == Plan(NoticeState.HELD, "daily_limit", at(THURSDAY, 7, 30), THURSDAY, digest=False)


def test_no_limit_holds_back_a_result_on_its_last_day() -> None:
    assert planned(Kind.RESULT, booked=full(WEDNESDAY), due_on=WEDNESDAY).slot == at(WEDNESDAY, 10)


@pytest.mark.parametrize("kind", (Kind.OBJECTION, Kind.CALENDAR))
def test_news_of_an_objection_or_a_decree_goes_by_itself_and_at_once_within_the_hours(kind: Kind) -> None:
    assert planned(kind) == Plan(NoticeState.CREATED, "", at(WEDNESDAY, 10), WEDNESDAY, digest=False)


def test_news_of_an_objection_at_night_is_held_until_the_hours_begin() -> None:
    held = planned(Kind.OBJECTION, now=at(WEDNESDAY, 22))
    assert held == Plan(NoticeState.HELD, "sending_hours", at(THURSDAY, 7, 30), THURSDAY, digest=False)


def test_news_of_an_objection_joins_the_next_digest_when_two_messages_have_left() -> None:
    gathered = planned(Kind.OBJECTION, booked=full(WEDNESDAY))
    assert gathered == Plan(NoticeState.DIGESTING, "digest", at(THURSDAY, 8, 30), THURSDAY, digest=True)


def test_many_objections_of_a_day_are_not_put_off_day_by_day() -> None:
    booked = full(WEDNESDAY)
    for _ in range(5):
        plan_ = planned(Kind.OBJECTION, booked=booked)
        booked.add(plan_)
        assert plan_.day == THURSDAY


def test_a_person_may_switch_off_reminders_by_mail() -> None:
    assert planned(Kind.REMINDER, preferred=False) == Plan(NoticeState.SUPPRESSED, "preference")


@pytest.mark.parametrize("kind", sorted(LOCKED))
def test_nobody_can_switch_off_what_rights_run_from_or_what_is_late(kind: Kind) -> None:
    assert planned(kind, preferred=False).state is not NoticeState.SUPPRESSED


@pytest.mark.parametrize("channel", sorted(CHAT))
def test_news_does_not_ring_in_a_pocket_unless_it_is_asked_for(channel: ChannelName) -> None:
    assert planned(channel=channel) == Plan(NoticeState.SUPPRESSED, "preference")
    assert planned(channel=channel, preferred=True).state is NoticeState.DIGESTING


def test_chat_reminds_of_tomorrow_and_not_of_next_week() -> None:
    chat: dict[str, Any] = {
        "kind": Kind.REMINDER,
        "channel": ChannelName.WHATSAPP,
        "now": at(WEDNESDAY, 8, 1),
    }
    assert planned(**chat, due_on=THURSDAY).slot == at(WEDNESDAY, 8, 30)
    assert planned(**chat, due_on=MONDAY).reason == "not_near_enough_for_chat"


def test_one_chat_message_a_day_is_enough() -> None:
    waits = planned(Kind.ESCALATION, booked=full(THURSDAY, 1), channel=ChannelName.TELEGRAM)
    assert (waits.reason, waits.slot) == ("daily_limit", at(FRIDAY, 8, 30))


def test_a_chat_channel_that_stands_in_for_another_tells_what_it_would_not_by_itself() -> None:
    stands_in = planned(channel=ChannelName.WHATSAPP, fallback=True)
    assert stands_in.state is NoticeState.DIGESTING


def test_a_rehearsal_never_rings_in_a_pocket() -> None:
    rehearsed = planned(Kind.RESULT, channel=ChannelName.WHATSAPP, rehearsal_cycle=uuid.UUID(int=9))
    assert rehearsed == Plan(NoticeState.SUPPRESSED, "rehearsal")


def test_what_shares_its_moment_shares_its_message() -> None:
    booked = Booked()
    first, second = notice(), notice(id=uuid.UUID(int=7))
    assert message_id(first, plan(first, booked), booked) == message_id(second, plan(second, booked), booked)


def test_a_latecomer_of_a_moment_goes_into_another_message() -> None:
    booked = Booked()
    first = message_id(notice(), planned(), booked)
    booked.book(at(THURSDAY, 8, 30), THURSDAY, digest=True, waiting=False)
    assert message_id(notice(), planned(), booked) != first


def test_people_channels_and_rehearsals_have_messages_of_their_own() -> None:
    others: list[dict[str, Any]] = [
        {},
        {"recipient": uuid.UUID(int=3)},
        {"channel": ChannelName.TELEGRAM},
        {"rehearsal_cycle": uuid.UUID(int=4)},
    ]
    ids = {message_id(notice(**other), planned(), Booked()) for other in others}
    assert len(ids) == len(others)


def test_a_result_is_a_message_of_its_own() -> None:
    assert message_id(notice(Kind.RESULT), planned(Kind.RESULT), Booked()) == uuid.UUID(int=1)


def test_hours_are_read_as_an_agency_has_set_them() -> None:
    assert hours_from({"opens": "07:00", "daily": 3}) == SendingHours(opens=dt.time(7), daily=3)


def test_a_misspelt_hour_is_named() -> None:
    with pytest.raises(ValueError, match="opening"):
        hours_from({"opening": "07:00"})


KINDS = st.sampled_from(list(Kind))
MOMENTS = st.integers(0, 365 * 24 * 60).map(lambda minute: at(WEDNESDAY, 0) + dt.timedelta(minutes=minute))
DAYS = st.none() | st.dates(dt.date(2025, 12, 1), dt.date(2027, 1, 31))


@given(st.lists(st.tuples(KINDS, MOMENTS, DAYS), max_size=60))
def test_nobody_gets_more_than_two_messages_a_day_unless_a_right_would_be_lost(
    arriving: list[tuple[Kind, dt.datetime, dt.date | None]],
) -> None:
    booked = Booked()
    days: dict[dt.date, set[uuid.UUID]] = {}
    for number, (kind, now, due_on) in enumerate(sorted(arriving, key=lambda each: each[1])):
        last_day = kind in {Kind.RESULT, Kind.MEETING} and due_on is not None
        arrived = notice(kind, id=uuid.UUID(int=number), now=now, due_on=None if last_day else due_on)
        decided = plan(arrived, booked)
        assert decided.day is not None
        days.setdefault(decided.day, set()).add(message_id(arrived, decided, booked))
        booked.add(decided)
    assert all(len(ids) <= 2 for ids in days.values())


@given(KINDS, MOMENTS, DAYS)
def test_nothing_but_what_is_due_leaves_outside_the_hours(
    kind: Kind, now: dt.datetime, due_on: dt.date | None
) -> None:
    decided = planned(kind, now=now, due_on=due_on)
    assert decided.slot is not None
    assert decided.slot >= now
    day = CALENDAR.local_date(decided.slot)
    if not CALENDAR.is_working(day) or not at(day, 7, 30) <= decided.slot < at(day, 16):
        assert decided.slot == now
        assert due_on is not None
        # A meeting may begin early on its day: what tells of it is of use until the day before.
        last_day = due_on - dt.timedelta(days=1) if kind is Kind.MEETING else due_on
        assert day <= due_on
        assert last_day < CALENDAR.add_working_days(day, 1)
